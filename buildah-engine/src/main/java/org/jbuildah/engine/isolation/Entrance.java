package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.linux.LinuxException;
import org.jspecify.annotations.Nullable;

/**
 * The last part of a step's way in, and what tells one isolation from another: what lies over the root, and how the process comes to
 * run there. One for each step; its methods are called in the order in which they stand here, all but {@link #refused} and {@link
 * #close} by the step's own thread.
 */
interface Entrance extends AutoCloseable {
    /** Directories that the root must have beside those that every step finds; what is made for it is gone afterwards. */
    List<String> places();

    /** While files can still be made, and all threads share one table of descriptors. */
    void prepare(Backstage backstage) throws IOException;

    /**
     * Lays over the root what every step finds there, and what this one has beside it.
     *
     * @param root a descriptor of the root directory
     * @param init has been started and may not have answered yet
     */
    void furnish(Furnishing furnishing, BoxMounts mounts, int root, Init init) throws IOException, InterruptedException;

    /**
     * Starts the process. The working directory is the root directory, which is a mount.
     *
     * @return the process to wait for, a child of this one
     */
    Program.Start start(Init init, Streams streams) throws LinuxException;

    /** Once the thread has ended: why the process may not run although it was started. */
    @Nullable
    Throwable refused();

    /** When no process of the step is left. */
    @Override
    void close() throws IOException;
}
