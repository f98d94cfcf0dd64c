package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.ResolveFlag;
import org.jspecify.annotations.Nullable;

/**
 * A place inside a root directory, found by openat2(2) as if that directory were {@code /}, and mounted on through its descriptor:
 * a symlink of the image, {@code /etc -> /host/etc} say, leads nowhere outside.
 */
final class MountPoint implements AutoCloseable {
    private static final byte[] ITSELF = {};

    private final Linux linux;
    private final int fd;
    private final String path;

    private MountPoint(Linux linux, int fd, String path) {
        this.linux = linux;
        this.fd = fd;
        this.path = path;
    }

    static MountPoint in(Linux linux, int rootFd, String path) throws LinuxException {
        int fd = linux.openat2(rootFd, path.getBytes(UTF_8), OpenFlag.PATH, 0, ResolveFlag.IN_ROOT);
        return new MountPoint(linux, fd, path);
    }

    /** Null where there is nothing at the path. */
    static @Nullable MountPoint ifPresent(Linux linux, int rootFd, String path) throws LinuxException {
        try {
            return in(linux, rootFd, path);
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return null;
            }
            throw e;
        }
    }

    boolean isDirectory() throws LinuxException {
        return linux.lstat(fd, ITSELF).isDirectory();
    }

    int descriptor() {
        return fd;
    }

    /** Where the descriptor is as a path, for mount(2); of this thread's own table, which {@code /proc/self} would not show. */
    String throughProc() {
        return "/proc/thread-self/fd/" + fd;
    }

    void mount(@Nullable String source, @Nullable String type, long flags, @Nullable String data)
            throws LinuxException {
        try {
            linux.mount(source, throughProc().getBytes(UTF_8), type, flags, data);
        } catch (LinuxException e) {
            String what = source == null ? type == null ? "" : type : source;
            throw new LinuxException("mount " + what + " on", path, e.number());
        }
    }

    /** Mounts the place upon itself, so that attributes can be given to it alone. */
    void bindItself() throws LinuxException {
        mount(throughProc(), null, MountFlag.BIND | MountFlag.REC, null);
    }

    /** Adds attributes to the mount that this place is the root of; open it after the mount, not before. */
    void restrict(boolean recursive, long attributes) throws LinuxException {
        MountRestriction.add(linux, fd, throughProc(), recursive, attributes);
    }

    @Override
    public void close() throws LinuxException {
        linux.close(fd);
    }
}
