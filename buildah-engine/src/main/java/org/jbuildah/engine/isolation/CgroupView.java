package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountAttribute;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * What an OCI runtime sees of control groups: the unified hierarchy, read-only, from the worker's own group down. So every machine looks
 * alike, be its hierarchies those of version 1, of version 2 or both (which crun refuses), and no runtime can leave a group behind.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/cgroup_namespaces.7.html">cgroup_namespaces(7)</a>
 */
final class CgroupView {
    private static final String PLACE = "/sys/fs/cgroup";

    private CgroupView() {}

    /**
     * In the calling thread's mount namespace. Where the kernel refuses, things stay as they are: then it is for the runtime to say what
     * it misses.
     *
     * @return whether it could be made
     */
    static boolean cover(Linux linux) {
        try {
            linux.unshare(CloneFlag.NEWCGROUP); // the mount's root, and in a user namespace what makes it possible
            byte[] place = PLACE.getBytes(UTF_8);
            linux.mount("cgroup2", place, "cgroup2", MountFlag.NOSUID | MountFlag.NODEV | MountFlag.NOEXEC, null);
            int fd = linux.openat(Linux.AT_FDCWD, place, OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
            try {
                MountRestriction.add(linux, fd, PLACE, false, MountAttribute.RDONLY);
            } finally {
                linux.close(fd);
            }
            return true;
        } catch (LinuxException e) {
            return false;
        }
    }
}
