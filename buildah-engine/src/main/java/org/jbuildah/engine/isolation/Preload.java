package org.jbuildah.engine.isolation;

import java.util.List;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.Credentials;

/**
 * Initialises what a thread needs that has left the host's files: a class file in a directory could not be found any more. Classes of
 * the JDK are no concern, its image is mapped into memory.
 */
final class Preload {
    private Preload() {}

    static void classes() {
        List<Class<?>> needed = List.of(
                Capabilities.class,
                Credentials.class,
                Errno.class,
                FileAction.Dup2.class,
                FileAction.Open.class,
                FileStatus.class,
                LinuxException.class,
                Privileges.class,
                Program.class,
                Program.Start.class,
                UlimitGate.class);
        for (Class<?> type : needed) {
            try {
                Class.forName(type.getName(), true, type.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new LinkageError(type.getName(), e);
            }
        }
    }
}
