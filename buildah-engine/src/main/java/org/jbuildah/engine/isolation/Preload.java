package org.jbuildah.engine.isolation;

import java.util.List;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.NotedCall;
import org.jbuildah.engine.linux.ResolveFlag;
import org.jbuildah.engine.rootfs.AskedOwners;
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
                ChrootResult.class,
                Credentials.class,
                Descendants.class,
                Errno.class,
                FileAction.Dup2.class,
                FileAction.Open.class,
                FileStatus.class,
                LinuxException.class,
                Privileges.class,
                Pipes.class,
                Program.class,
                Program.Start.class,
                PseudoTerminal.class,
                UlimitGate.class,
                Answers.class,
                AskedOwners.Named.class,
                Caller.class,
                EmulatedCall.Form.class,
                FileAnswers.class,
                FileOwners.class,
                Identities.class,
                Identity.class,
                Ids.class,
                NotedCall.class,
                ProcFolders.class,
                ResolveFlag.class);
        for (Class<?> type : needed) {
            load(type, type.getName());
            for (Class<?> inner : type.getDeclaredClasses()) {
                load(inner, inner.getName());
            }
        }
        for (Class<?> switching : List.of(Answers.class, FileAnswers.class)) {
            load(switching, switching.getName() + "$1"); // the compiler's table of an enum's constants
        }
    }

    private static void load(Class<?> near, String name) {
        try {
            Class.forName(name, true, near.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new LinkageError(name, e);
        }
    }
}
