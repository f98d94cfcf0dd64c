package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.ProcessSpec;

/** Finds a program on the step's own PATH, as execvp(3) does, and starts it. */
final class Program {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** What execve(2) says of the program, and not of the machine. */
    private static final Set<Errno> OF_THE_PROGRAM = Set.of(
            Errno.ENOENT,
            Errno.EACCES,
            Errno.ENOEXEC,
            Errno.ENOTDIR,
            Errno.EISDIR,
            Errno.ELOOP,
            Errno.ENAMETOOLONG,
            Errno.EINVAL,
            Errno.EPERM,
            Errno.ETXTBSY,
            Errno.E2BIG,
            Errno.EIO,
            Errno.OTHER);

    private final Linux linux;
    private final List<String> arguments;
    private final List<String> environment;

    Program(Linux linux, ProcessSpec process) {
        this(linux, process.arguments(), process.environment());
    }

    Program(Linux linux, List<String> arguments, List<String> environment) {
        this.linux = linux;
        this.arguments = arguments;
        this.environment = environment;
    }

    /** Either a process, or why there is none. */
    record Start(int pid, Errno refusal) {
        static Start of(int pid) {
            return new Start(pid, Errno.OTHER);
        }

        static Start refused(Errno errno) {
            return new Start(-1, errno);
        }
    }

    /** In the calling thread's root directory and as its user. */
    Start start(List<FileAction> files) throws LinuxException {
        Errno refusal = Errno.ENOENT;
        for (String candidate : candidates()) {
            try {
                int pid = linux.posixSpawn(candidate, arguments, environment, files);
                return Start.of(pid);
            } catch (LinuxException e) {
                if (!OF_THE_PROGRAM.contains(e.errno())) {
                    throw e;
                }
                if (e.errno() == Errno.EACCES) {
                    refusal = Errno.EACCES; // the search goes on, but "not found" would be untrue now
                } else if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
                    return Start.refused(e.errno());
                }
            }
        }
        return Start.refused(refusal);
    }

    private List<String> candidates() {
        String name = arguments.get(0);
        if (name.indexOf('/') >= 0) {
            return List.of(name);
        }
        List<String> candidates = new ArrayList<>();
        for (String folder : path().split(":", -1)) {
            String candidate =
                    folder.isEmpty() ? "./" + name : folder + "/" + name; // an empty element is the current directory
            if (!name.isEmpty() && linux.exists(Linux.AT_FDCWD, candidate.getBytes(UTF_8))) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    /** The last PATH counts, as for a shell. */
    private String path() {
        String path = DEFAULT_PATH;
        for (String variable : environment) {
            if (variable.startsWith("PATH=")) {
                path = variable.substring("PATH=".length());
            }
        }
        return path;
    }
}
