package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountAttribute;
import org.jbuildah.engine.linux.MountFlag;
import org.jspecify.annotations.Nullable;

/** Lays /dev, /sys and /proc over a root directory, in the calling thread's mount namespace. */
final class Furnishing {
    private static final long NO_PRIVILEGE = MountFlag.NOSUID | MountFlag.NODEV | MountFlag.NOEXEC;
    private static final long ALL_RESTRICTIONS =
            MountAttribute.RDONLY | MountAttribute.NOSUID | MountAttribute.NODEV | MountAttribute.NOEXEC;

    private static final Map<String, String> LINKS = Map.of(
            "fd", "/proc/self/fd",
            "stdin", "/proc/self/fd/0",
            "stdout", "/proc/self/fd/1",
            "stderr", "/proc/self/fd/2",
            "core", "/proc/kcore",
            "ptmx", "pts/ptmx");

    private final Linux linux;
    private final int rootFd;
    private final Backstage backstage;

    Furnishing(Linux linux, int rootFd, Backstage backstage) {
        this.linux = linux;
        this.rootFd = rootFd;
        this.backstage = backstage;
    }

    private MountPoint at(String path) throws LinuxException {
        return MountPoint.in(linux, rootFd, path);
    }

    // ---- /dev

    /** A tmpfs that knows no devices, with the few that a step may use bound into it one by one. */
    void dev(long sharedMemoryInBytes) throws LinuxException {
        mount("/dev", "tmpfs", MountFlag.NOSUID | MountFlag.NODEV, "mode=0755,size=65536k");
        try (MountPoint dev = at("/dev")) {
            for (Map.Entry<String, String> link : LINKS.entrySet()) {
                linux.symlinkat(utf8(link.getValue()), dev.descriptor(), utf8(link.getKey()));
            }
            for (String folder : List.of("shm", "pts", "mqueue")) {
                linux.mkdirat(dev.descriptor(), utf8(folder), 0755);
            }
            for (Backstage.Device device : Backstage.DEVICES) {
                linux.mknodat(dev.descriptor(), utf8(device.name()), 0100666, 0, 0);
            }
        }
        for (Backstage.Device device : Backstage.DEVICES) {
            bind(backstage.device(device), "/dev/" + device.name(), MountAttribute.RDONLY | MountAttribute.NOSUID);
        }
        mount("/dev/shm", "tmpfs", NO_PRIVILEGE, "mode=1777,size=" + sharedMemoryInBytes);
        try (MountPoint terminals = at("/dev/pts")) {
            terminals.mount(backstage.terminals(), null, MountFlag.MOVE, null);
        }
        unlessRefused("/dev/mqueue", "mqueue");
    }

    private void unlessRefused(String path, String type) throws LinuxException {
        try {
            mount(path, type, NO_PRIVILEGE, null);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EPERM && e.errno() != Errno.ENODEV) {
                throw e;
            }
        }
    }

    // ---- /sys

    /** The worker's, read-only with all that is mounted in it: one of our own would need a network namespace of our own. */
    void sys() throws LinuxException {
        try (MountPoint sys = at("/sys")) {
            sys.mount("/sys", null, MountFlag.BIND, null);
            cgroups();
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            // in a user namespace mounts are only to be had together with those that cover parts of them
            try (MountPoint sys = at("/sys")) {
                sys.mount("/sys", null, MountFlag.BIND | MountFlag.REC, null);
            }
        }
        restrict("/sys", true, ALL_RESTRICTIONS);
    }

    private void cgroups() throws LinuxException {
        MountPoint cgroups = MountPoint.ifPresent(linux, rootFd, "/sys/fs/cgroup");
        if (cgroups != null) {
            try (cgroups) {
                cgroups.mount("/sys/fs/cgroup", null, MountFlag.BIND | MountFlag.REC, null);
            }
        }
    }

    // ---- /proc

    /** @param fresh whether {@link Init} could mount one; else it is the worker's, and steps must not run side by side */
    void proc(boolean fresh) throws LinuxException {
        try (MountPoint proc = at("/proc")) {
            if (fresh) {
                proc.mount(backstage.proc(), null, MountFlag.MOVE, null);
            } else {
                proc.mount("/proc", null, MountFlag.BIND | MountFlag.REC, null);
            }
        }
    }

    /** After {@link #proc} and {@link #sys}. */
    void covers(List<String> masked, List<String> readOnly) throws LinuxException {
        for (String path : masked) {
            MountPoint place = MountPoint.ifPresent(linux, rootFd, path);
            if (place != null) {
                try (place) {
                    String cover = place.isDirectory() ? backstage.emptyDirectory() : backstage.device(Backstage.NULL);
                    place.mount(cover, null, MountFlag.BIND, null);
                }
            }
        }
        for (String path : readOnly) {
            MountPoint place = MountPoint.ifPresent(linux, rootFd, path);
            if (place != null) {
                try (place) {
                    place.bindItself();
                }
                restrict(path, true, ALL_RESTRICTIONS);
            }
        }
    }

    private void bind(String source, String target, long attributes) throws LinuxException {
        try (MountPoint place = at(target)) {
            place.mount(source, null, MountFlag.BIND, null);
        }
        restrict(target, false, attributes);
    }

    private void mount(String path, String type, long flags, @Nullable String data) throws LinuxException {
        try (MountPoint place = at(path)) {
            place.mount(type, type, flags, data);
        }
    }

    /** The place is opened anew, so that what was mounted there is meant and not what lies below. */
    private void restrict(String path, boolean recursive, long attributes) throws LinuxException {
        try (MountPoint place = at(path)) {
            place.restrict(recursive, attributes);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
