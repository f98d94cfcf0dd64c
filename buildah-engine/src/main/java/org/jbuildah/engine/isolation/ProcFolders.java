package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * Where {@code /proc} has a process. In a container with masked paths no {@code /proc} of our own pid namespace can be mounted, and
 * the one in sight has other numbers: there the {@code NSpid} line of each process tells which one it is.
 *
 * <p>Its thread's working directory is {@code /proc}.
 */
final class ProcFolders {
    private static final String NAMESPACES = "NSpid:";

    private final Linux linux;
    private final boolean ours;
    private final int level;
    private final Map<Integer, String> found = new HashMap<>();

    ProcFolders(Linux linux) throws IOException {
        this.linux = linux;
        String[] numbers = numbers("self");
        this.level = numbers.length - 1;
        String seen = new String(linux.readlinkat(Linux.AT_FDCWD, "self".getBytes(UTF_8)), UTF_8);
        this.ours = seen.equals(numbers[level]);
    }

    /** The folder of a thread, by its number in our pid namespace. */
    String of(int pid) throws IOException {
        if (ours) {
            return Integer.toString(pid);
        }
        String known = found.get(pid);
        if (known != null && is(known, pid)) {
            return known;
        }
        String folder = search(pid);
        found.put(pid, folder);
        return folder;
    }

    private String search(int pid) throws IOException {
        List<String> processes = digits(".");
        for (String process : processes) {
            if (is(process, pid)) {
                return process;
            }
        }
        for (String process : processes) {
            for (String thread : digits(process + "/task")) {
                if (is(process + "/task/" + thread, pid)) {
                    return process + "/task/" + thread;
                }
            }
        }
        throw new LinuxException("open /proc", Integer.toString(pid), Errno.ESRCH.number());
    }

    private List<String> digits(String folder) {
        try {
            int fd = linux.openat(Linux.AT_FDCWD, folder.getBytes(UTF_8), OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
            try {
                return linux.getdents(fd).stream()
                        .map(name -> new String(name, UTF_8))
                        .filter(name -> Character.isDigit(name.charAt(0)))
                        .toList();
            } finally {
                linux.close(fd);
            }
        } catch (LinuxException gone) {
            return List.of();
        }
    }

    private boolean is(String folder, int pid) {
        try {
            String[] numbers = numbers(folder);
            return numbers.length > level && numbers[level].equals(Integer.toString(pid));
        } catch (IOException gone) {
            return false;
        }
    }

    private String[] numbers(String folder) throws IOException {
        return field(folder, NAMESPACES).split("\\s+", -1);
    }

    /** The value of a line of {@code status}; empty where there is none such. */
    String field(String folder, String name) throws IOException {
        int fd = linux.openat(Linux.AT_FDCWD, (folder + "/status").getBytes(UTF_8), OpenFlag.RDONLY, 0);
        try {
            byte[] buffer = new byte[8192];
            int length = 0;
            int more;
            while (length < buffer.length && (more = linux.read(fd, buffer, length, buffer.length - length)) > 0) {
                length += more;
            }
            for (String line : new String(buffer, 0, length, UTF_8).split("\n", -1)) {
                if (line.startsWith(name)) {
                    return line.substring(name.length()).strip();
                }
            }
            return "";
        } finally {
            linux.close(fd);
        }
    }
}
