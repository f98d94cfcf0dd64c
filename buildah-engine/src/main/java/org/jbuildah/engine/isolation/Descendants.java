package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * The processes that come from this one. Where it is a subreaper, that is every process that any of them ever started and that still
 * runs, whatever sessions they made; {@code /proc/PID/stat} tells the parent of everybody's processes, unlike {@code /proc/PID/root}.
 */
final class Descendants {
    /** Enough for a process that starts others as fast as it can to lose the race. */
    private static final int MOST_ROUNDS = 1000;

    private static final int KILL = 9;

    private final Linux linux;
    private final int proc;
    private final int self;

    /** @param proc a descriptor of {@code /proc}, which serves on after the root directory was changed */
    Descendants(Linux linux, int proc) {
        this.linux = linux;
        this.proc = proc;
        this.self = linux.getpid();
    }

    /** Kills all of them and waits for their end. */
    void end() throws LinuxException {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Set<Integer> found = find();
            if (found.isEmpty()) {
                return;
            }
            for (int pid : found) {
                kill(pid);
            }
            for (int pid : found) {
                reap(pid);
            }
        }
        throw new LinuxException("kill", "processes of the step", Errno.EAGAIN.number());
    }

    private void kill(int pid) throws LinuxException {
        try {
            linux.kill(pid, KILL);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
    }

    /** One that is another's child yet becomes ours when that has ended: another round finds it. */
    private void reap(int pid) throws LinuxException {
        try {
            linux.wait4(pid);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ECHILD) {
                throw e;
            }
        }
    }

    private Set<Integer> find() throws LinuxException {
        Map<Integer, Integer> parents = new HashMap<>();
        int folder = linux.openat(proc, new byte[] {'.'}, OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        try {
            for (byte[] name : linux.getdents(folder)) {
                String text = new String(name, ISO_8859_1);
                if (Character.isDigit(text.charAt(0))) {
                    int parent = parent(text);
                    if (parent > 0) {
                        parents.put(Integer.parseInt(text), parent);
                    }
                }
            }
        } finally {
            linux.close(folder);
        }
        return of(self, parents);
    }

    /** @param parents of every process */
    static Set<Integer> of(int ancestor, Map<Integer, Integer> parents) {
        Set<Integer> found = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<Integer, Integer> process : parents.entrySet()) {
                int parent = process.getValue();
                if ((parent == ancestor || found.contains(parent)) && found.add(process.getKey())) {
                    more = true;
                }
            }
        }
        return found;
    }

    /** 0 for one that has gone. */
    private int parent(String pid) throws LinuxException {
        byte[] text = new byte[512];
        int length;
        try {
            int fd = linux.openat(proc, (pid + "/stat").getBytes(UTF_8), OpenFlag.RDONLY, 0);
            try {
                length = linux.read(fd, text, 0, text.length);
            } finally {
                linux.close(fd);
            }
        } catch (LinuxException gone) {
            return 0;
        }
        return parentIn(new String(text, 0, length, ISO_8859_1));
    }

    /** @param stat as in proc(5); the name of the program, in parentheses, may hold anything */
    static int parentIn(String stat) {
        String[] words = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return words.length < 2 ? 0 : Integer.parseInt(words[1]);
    }
}
