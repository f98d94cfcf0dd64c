package org.jbuildah.engine.rootfs;

/** Hears what a process writes, in the order in which it was read. */
public interface OutputSink {
    void output(boolean standardError, byte[] bytes);
}
