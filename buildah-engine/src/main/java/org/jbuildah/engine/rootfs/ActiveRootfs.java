package org.jbuildah.engine.rootfs;

import java.io.IOException;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.oci.DiffId;

/** A root file system in use by one step. Closing it kills what still runs, unmounts, and discards it unless committed. */
public interface ActiveRootfs extends AutoCloseable {
    /**
     * Runs a process to its end.
     *
     * @param output hears both streams as they come, from one thread
     * @throws IOException if the process could not be started for a reason that is not the user's
     */
    ExitStatus run(ProcessSpec process, OutputSink output) throws IOException;

    /**
     * Runs a process on a person's terminal: it has a terminal of its own, shows there what it writes, and hears what is typed.
     *
     * @throws IOException as above, or if the terminal is gone
     */
    ExitStatus run(ProcessSpec process, Terminal.Session terminal) throws IOException;

    /** Once no process is left: writes the change as a layer into the content store and indexes it. */
    DiffId commit() throws IOException;

    @Override
    void close();
}
