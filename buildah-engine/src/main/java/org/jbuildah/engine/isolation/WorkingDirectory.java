package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.ResolveFlag;
import org.jbuildah.engine.rootfs.AskedOwners;
import org.jbuildah.engine.rootfs.Credentials;

/** The directory that a process starts in. One that the image lacks is made for the process's user, as BuildKit does, and becomes part of the layer. */
final class WorkingDirectory {
    private final Linux linux;
    private final int rootFd;
    private final Credentials user;
    private final boolean noted;

    private WorkingDirectory(Linux linux, int rootFd, Credentials user, boolean noted) {
        this.linux = linux;
        this.rootFd = rootFd;
        this.user = user;
        this.noted = noted;
    }

    /**
     * In a root file system whose files have their owners.
     *
     * @param rootFd a descriptor of the root directory, not closed here; symlinks are followed inside of it only
     * @param user who owns what is made
     */
    static WorkingDirectory of(Linux linux, int rootFd, Credentials user) {
        return new WorkingDirectory(linux, rootFd, user, false);
    }

    /** In one whose files belong to root, and where other owners are noted beside them. */
    static WorkingDirectory whereOwnersAreNoted(Linux linux, int rootFd, Credentials user) {
        return new WorkingDirectory(linux, rootFd, user, true);
    }

    /** @param path absolute; a part of it that is there and no directory is left for the start of the process to find */
    void ensure(String path) throws LinuxException {
        for (int end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1)) {
            ensureLast(path.substring(0, end));
        }
        ensureLast(path);
    }

    private void ensureLast(String path) throws LinuxException {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        if (name.isEmpty() || isThere(path)) {
            return;
        }
        int parent = open(slash <= 0 ? "/" : path.substring(0, slash));
        try {
            linux.mkdirat(parent, name.getBytes(UTF_8), 0755);
            give(parent, name);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) { // a symlink that leads nowhere
                throw e;
            }
        } finally {
            linux.close(parent);
        }
    }

    private boolean isThere(String path) throws LinuxException {
        try {
            linux.close(open(path));
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    private int open(String path) throws LinuxException {
        return linux.openat2(rootFd, path.getBytes(UTF_8), OpenFlag.PATH, 0, ResolveFlag.IN_ROOT);
    }

    private void give(int parent, String name) throws LinuxException {
        if (noted) {
            byte[] path = ("/proc/thread-self/fd/" + parent + "/" + name).getBytes(UTF_8);
            linux.lsetxattr(path, AskedOwners.OWNER, (user.uid() + ":" + user.gid()).getBytes(UTF_8));
            return;
        }
        if (user.uid() == 0 && user.gid() == 0) {
            return;
        }
        try {
            linux.fchownat(parent, name.getBytes(UTF_8), user.uid(), user.gid());
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.EPERM) { // an id that is not mapped here owns nothing
                throw e;
            }
        }
    }
}
