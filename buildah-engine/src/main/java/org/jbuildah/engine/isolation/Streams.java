package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.Credentials;

/** Standard input, output and error of a step's process: its ends and ours. */
interface Streams {
    /** Makes them; on the step's thread, while that shares the descriptors of all threads. */
    void open(Backstage backstage, Credentials user) throws IOException;

    /**
     * What the process does to have them.
     *
     * @param nothing a descriptor of {@code /dev/null}
     * @param terminals where it finds what {@link Backstage#terminals} was
     */
    List<FileAction> actions(int nothing, String terminals);

    /** The process has its ends, or never will: the copies that were for it are closed. */
    void handOver() throws LinuxException;

    /** The process is there; called on a thread that has not left the host. */
    void begin();

    /** The descriptor where what it writes is read. */
    int out();

    /** The same for standard error; negative where that comes with all else. */
    int err();

    /** After the last process of the step. */
    void close() throws LinuxException;
}
