package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountFlag;

/** Makes mounts read-only, nodev and the like: by mount_setattr(2), or where it is missing (before 5.12) by remounting. */
final class MountRestriction {
    private static final byte[] ITSELF = {};

    /** Flags of statfs(2) that have the same value in mount(2). */
    private static final long KEPT = 0x1 | 0x2 | 0x4 | 0x8 | 0x400 | 0x800;

    private static final long STATFS_RELATIME = 0x1000;
    private static final long MOUNT_RELATIME = 1L << 21;

    private MountRestriction() {}

    /** @param path the same mount as {@code fd}, for mount(2) */
    static void add(Linux linux, int fd, String path, boolean recursive, long attributes) throws LinuxException {
        try {
            linux.mountSetattr(fd, ITSELF, recursive, attributes);
        } catch (LinuxException e) {
            // EPERM: a container's seccomp profile older than the call
            if (e.errno() != Errno.ENOSYS && e.errno() != Errno.EPERM) {
                throw e;
            }
            remount(linux, path.getBytes(UTF_8), attributes);
        }
    }

    /** The flags that are there must be named again: in a user namespace taking one away is refused. */
    private static void remount(Linux linux, byte[] path, long attributes) throws LinuxException {
        long present = linux.mountFlags(path);
        long flags = (present & KEPT) | ((present & STATFS_RELATIME) != 0 ? MOUNT_RELATIME : 0) | attributes;
        linux.mount(null, path, null, MountFlag.BIND | MountFlag.REMOUNT | flags, null);
    }
}
