package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.rootfs.AskedOwners;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;

/** Runs one process in one root file system, to its end. Lives in the worker. */
public interface Isolation {
    /** Makes the root directory; called on the step's own thread in its own mount namespace. */
    interface RootDirectory {
        Path mount() throws IOException;

        /** Owners that the layers say and neither the disk nor a mark holds; asked only where ids are emulated. */
        default List<AskedOwners.Named> unmarked() throws IOException {
            return List.of();
        }

        /** Hears, after the end of the process, which owners it asked for; only where its ids were emulated. */
        default void own(AskedOwners asked) {}
    }

    /**
     * Runs the process. When it returns, no process of the step is left, and everything that was mounted is gone with its
     * namespace; placeholders that were made for mounts are gone from the root unless the process changed them.
     *
     * @param trees puts up what the mounts of the process take files from
     * @throws IOException if the box cannot be built; a program that cannot be started is an {@link ExitStatus.NotStarted}
     */
    ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, OutputSink output)
            throws IOException, InterruptedException;

    /** The same, with a terminal of its own for the process, which shows there what it writes and reads what is typed there. */
    ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, Terminal.Session terminal)
            throws IOException, InterruptedException;
}
