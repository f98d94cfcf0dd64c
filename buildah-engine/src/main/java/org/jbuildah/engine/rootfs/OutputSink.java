package org.jbuildah.engine.rootfs;

import java.io.IOException;

/** Hears what a process writes, in the order in which it was read. One that can hear no more ends the process by its failure. */
public interface OutputSink {
    void output(boolean standardError, byte[] bytes) throws IOException;
}
