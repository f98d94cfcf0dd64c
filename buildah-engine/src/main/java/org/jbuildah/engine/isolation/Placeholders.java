package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jspecify.annotations.Nullable;

/**
 * Empty files and directories that are made so that something can be mounted on them, and taken away afterwards.
 *
 * <p>Law: when the process changed nothing, the root directory is as it was, modification times of directories included. What the
 * process changed stays: a directory that is no longer empty, or has another owner or mode.
 *
 * <p>Symlinks are followed inside the root only, also to targets that do not exist yet: {@code /etc/resolv.conf} that points to
 * {@code ../run/systemd/resolve/stub-resolv.conf} makes that file and its directories.
 */
final class Placeholders implements AutoCloseable {
    private static final byte[] HERE = {'.'};
    private static final int MOST_SYMLINKS = 40;
    private static final int NEW_FILE = 0100644;
    private static final int NEW_DEVICE = 0020666;

    /** What is made. */
    private record Kind(int mode, int major, int minor) {
        static final Kind DIRECTORY = new Kind(0040755, 0, 0);
    }

    /** Names are kept as ISO 8859-1 text: one character a byte, whatever the bytes are. */
    private record Made(int parentFd, String name, FileStatus status) {}

    private final Linux linux;
    private final int rootFd;
    private final List<Made> made = new ArrayList<>();
    private final List<Integer> descriptors = new ArrayList<>();

    /** @param rootFd a descriptor of the root directory, not closed here */
    Placeholders(Linux linux, int rootFd) {
        this.linux = linux;
        this.rootFd = rootFd;
    }

    /** Sees to it that something is at the path; what is made there is a directory. */
    void directory(String path) throws LinuxException {
        ensure(path, Kind.DIRECTORY);
    }

    /** Sees to it that something is at the path; what is made there is an empty file. */
    void file(String path) throws LinuxException {
        ensure(path, new Kind(NEW_FILE, 0, 0));
    }

    /** Sees to it that something is at the path; what is made there is a device that everybody may use. */
    void device(String path, int major, int minor) throws LinuxException {
        ensure(path, new Kind(NEW_DEVICE, major, minor));
    }

    private void ensure(String path, Kind last) throws LinuxException {
        Deque<String> rest = new ArrayDeque<>();
        push(rest, new String(path.getBytes(UTF_8), ISO_8859_1));
        List<Integer> trail = new ArrayList<>(List.of(rootFd));
        int symlinks = 0;
        while (!rest.isEmpty()) {
            String name = rest.removeFirst();
            int parent = trail.get(trail.size() - 1);
            if (name.equals("..")) {
                if (trail.size() > 1) {
                    trail.remove(trail.size() - 1);
                }
                continue;
            }
            FileStatus status = statusOf(parent, name);
            if (status == null) {
                status = make(parent, name, rest.isEmpty() ? last : Kind.DIRECTORY);
            } else if (status.isSymlink()) {
                if (++symlinks > MOST_SYMLINKS) {
                    throw new LinuxException("openat2", path, Errno.ELOOP.number());
                }
                String target = new String(linux.readlinkat(parent, bytes(name)), ISO_8859_1);
                if (target.startsWith("/")) {
                    trail.subList(1, trail.size()).clear();
                }
                push(rest, target);
                continue;
            }
            if (!rest.isEmpty()) {
                trail.add(open(parent, name));
            }
        }
    }

    private static void push(Deque<String> rest, String path) {
        List<String> names = new ArrayList<>(List.of(path.split("/", -1)));
        Collections.reverse(names);
        for (String name : names) {
            if (!name.isEmpty() && !name.equals(".")) {
                rest.addFirst(name);
            }
        }
    }

    private int open(int parent, String name) throws LinuxException {
        int fd = linux.openat(parent, bytes(name), OpenFlag.PATH | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
        descriptors.add(fd);
        return fd;
    }

    private FileStatus make(int parent, String name, Kind kind) throws LinuxException {
        FileStatus before = linux.lstat(parent, HERE);
        if (kind.equals(Kind.DIRECTORY)) {
            linux.mkdirat(parent, bytes(name), 0755);
        } else {
            linux.mknodat(parent, bytes(name), kind.mode, kind.major, kind.minor);
            if (kind.mode == NEW_DEVICE) {
                linux.fchmodat(parent, bytes(name), NEW_DEVICE & 0777); // whatever the umask is
            }
        }
        FileStatus status = linux.lstat(parent, bytes(name));
        made.add(new Made(parent, name, status));
        restoreTime(parent, before);
        return status;
    }

    /** Takes the unchanged ones away, the last made first. No process may be left that uses the root directory. */
    void remove() throws LinuxException {
        Collections.reverse(made);
        for (Made placeholder : made) {
            remove(placeholder);
        }
        made.clear();
    }

    private void remove(Made placeholder) throws LinuxException {
        FileStatus now = statusOf(placeholder.parentFd, placeholder.name);
        if (now == null || changed(placeholder.status, now)) {
            return;
        }
        FileStatus parent = linux.lstat(placeholder.parentFd, HERE);
        try {
            linux.unlinkat(placeholder.parentFd, bytes(placeholder.name), now.isDirectory());
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOTEMPTY || e.errno() == Errno.EEXIST) {
                return; // the process put something into the directory
            }
            throw e;
        }
        restoreTime(placeholder.parentFd, parent);
    }

    private static boolean changed(FileStatus made, FileStatus now) {
        boolean same = made.mode() == now.mode() && made.uid() == now.uid() && made.gid() == now.gid();
        return !same || (now.isRegular() && now.size() != 0);
    }

    private void restoreTime(int directory, FileStatus status) throws LinuxException {
        linux.utimensat(directory, HERE, status.mtimeSeconds(), status.mtimeNanos());
    }

    private @Nullable FileStatus statusOf(int parent, String name) throws LinuxException {
        try {
            return linux.lstat(parent, bytes(name));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return null;
            }
            throw e;
        }
    }

    private static byte[] bytes(String name) {
        return name.getBytes(ISO_8859_1);
    }

    @Override
    public void close() throws LinuxException {
        for (int fd : descriptors) {
            linux.close(fd);
        }
        descriptors.clear();
    }
}
