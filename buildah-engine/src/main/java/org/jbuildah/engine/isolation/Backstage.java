package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountAttribute;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.AskedOwners;

/**
 * A small file system in memory, seen by one step's thread only, from which files and devices are bound into the step's root. It is
 * read-only once filled, and so is every bind of it: even root in a step cannot change the mode of a device or write a secret back.
 */
final class Backstage {
    /** A character device that every step has. */
    record Device(String name, int major, int minor) {}

    static final Device NULL = new Device("null", 1, 3);

    static final Device[] DEVICES = {
        NULL,
        new Device("zero", 1, 5),
        new Device("full", 1, 7),
        new Device("random", 1, 8),
        new Device("urandom", 1, 9),
        new Device("tty", 5, 0)
    };

    private static final String WORKSHOP = "/workshop";
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int FIFO = 0010000;
    private static final int MOST_TRIES = 1000;

    private final Linux linux;
    private final String folder;
    private boolean ownDevices;
    private int files;

    private Backstage(Linux linux, Path folder) {
        this.linux = linux;
        this.folder = folder.toString();
    }

    /** @param folder any directory; only the calling thread's mount namespace sees the mount on it */
    static Backstage mount(Linux linux, Path folder) throws LinuxException {
        Backstage backstage = new Backstage(linux, folder);
        linux.mount("jbuildah", bytes(backstage.folder), "tmpfs", MountFlag.NOSUID, "mode=0700");
        linux.mkdirat(Linux.AT_FDCWD, bytes(backstage.proc()), 0555);
        linux.mkdirat(Linux.AT_FDCWD, bytes(backstage.emptyDirectory()), 0);
        linux.mkdirat(Linux.AT_FDCWD, bytes(backstage.folder + WORKSHOP), 0700);
        linux.mkdirat(Linux.AT_FDCWD, bytes(backstage.terminals()), 0755);
        backstage.ownDevices = backstage.makeDevices();
        backstage.mountTerminals();
        return backstage;
    }

    /** An instance of the step's own, in which no other terminal exists. Group 5 is tty; a user namespace may not know it. */
    private void mountTerminals() throws LinuxException {
        String options = "newinstance,ptmxmode=0666,mode=0620";
        long flags = MountFlag.NOSUID | MountFlag.NOEXEC;
        try {
            linux.mount("devpts", bytes(terminals()), "devpts", flags, options + ",gid=5");
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            linux.mount("devpts", bytes(terminals()), "devpts", flags, options);
        }
    }

    /** Devices can be made by real root only; in a user namespace the worker's are lent. */
    private boolean makeDevices() throws LinuxException {
        try {
            for (Device device : DEVICES) {
                byte[] path = bytes(folder + "/" + device.name);
                linux.mknodat(Linux.AT_FDCWD, path, CHARACTER_DEVICE | 0666, device.major, device.minor);
            }
            return usable();
        } catch (LinuxException e) {
            if (e.errno() == Errno.EPERM || e.errno() == Errno.EACCES) {
                return false;
            }
            throw e;
        }
    }

    /** A node that can be made is not yet one that can be opened: a user namespace's tmpfs and a device cgroup refuse. */
    private boolean usable() throws LinuxException {
        try {
            linux.close(linux.openat(Linux.AT_FDCWD, bytes(folder + "/null"), OpenFlag.RDWR, 0));
            return true;
        } catch (LinuxException e) {
            return false;
        }
    }

    /** Where {@link Init} mounts {@code /proc}. */
    String proc() {
        return folder + "/proc";
    }

    /** What becomes {@code /dev/pts}. */
    String terminals() {
        return folder + "/pts";
    }

    /** Covers a directory that is to be hidden. */
    String emptyDirectory() {
        return folder + "/empty";
    }

    /** A file system in memory of its own that stays writable; gives its directory. */
    String workshop() throws LinuxException {
        String place = folder + WORKSHOP;
        linux.mount("jbuildah", bytes(place), "tmpfs", MountFlag.NOSUID | MountFlag.NODEV, "mode=0700");
        return place;
    }

    String device(Device device) {
        return (ownDevices ? folder : "/dev") + "/" + device.name;
    }

    /** Writes a file of root's and gives its path. */
    String file(byte[] content, int mode) throws LinuxException {
        return file(content, new Access(0, 0, mode));
    }

    /** Writes a file and gives its path. */
    String file(byte[] content, Access access) throws LinuxException {
        String path = folder + "/file" + files++;
        int fd = linux.openat(Linux.AT_FDCWD, bytes(path), OpenFlag.WRONLY | OpenFlag.CREAT | OpenFlag.EXCL, 0);
        try {
            linux.write(fd, content, 0, content.length);
        } finally {
            linux.close(fd);
        }
        give(path, access);
        return path;
    }

    /** A FIFO that anybody may open; gives its path. */
    String fifo() throws LinuxException {
        String path = folder + "/fifo";
        linux.mknodat(Linux.AT_FDCWD, bytes(path), FIFO | 0666, 0, 0);
        return path;
    }

    /** A socket that is listened on, and its path. */
    record Socket(ServerSocketChannel door, String path) {}

    Socket socket(Access access) throws IOException {
        String name = "socket" + files++;
        ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        int fd = linux.openat(Linux.AT_FDCWD, bytes(folder), OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
        try {
            // through the descriptor: an address has room for 108 bytes only
            door.bind(UnixDomainSocketAddress.of("/proc/self/fd/" + fd + "/" + name));
            give(folder + "/" + name, access);
        } catch (IOException e) {
            door.close();
            throw e;
        } finally {
            linux.close(fd);
        }
        return new Socket(door, folder + "/" + name);
    }

    private void give(String path, Access access) throws LinuxException {
        if (access.uid() != 0 || access.gid() != 0) {
            own(path, access.uid(), access.gid());
        }
        linux.fchmodat(Linux.AT_FDCWD, bytes(path), access.mode()); // after chown, which clears setuid bits
    }

    /** An owner that does not exist here is marked for {@link FileOwners}, where the kernel's tmpfs can have marks (6.6). */
    void own(String path, int uid, int gid) throws LinuxException {
        try {
            linux.fchownat(Linux.AT_FDCWD, bytes(path), uid, gid);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            mark(path, uid + ":" + gid);
        }
    }

    private void mark(String path, String owner) throws LinuxException {
        try {
            linux.lsetxattr(bytes(path), AskedOwners.OWNER, bytes(owner));
        } catch (LinuxException e) {
            if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.EPERM) { // EPERM: sockets have none
                throw e;
            }
        }
    }

    /** After this nothing more is written. Not nodev, because devices are bound from here. */
    void seal() throws LinuxException {
        int fd = linux.openat(Linux.AT_FDCWD, bytes(folder), OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
        try {
            int tries = 0;
            while (!sealed(fd)) {
                if (++tries > MOST_TRIES) {
                    throw new LinuxException("mount_setattr", folder, Errno.EBUSY.number());
                }
                LockSupport.parkNanos(1_000_000);
            }
        } finally {
            linux.close(fd);
        }
    }

    /** False while a process that another thread starts has, until it runs its program, a copy of a descriptor that was written to. */
    private boolean sealed(int fd) throws LinuxException {
        try {
            MountRestriction.add(linux, fd, folder, false, MountAttribute.RDONLY | MountAttribute.NOSUID);
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.EBUSY) {
                return false;
            }
            throw e;
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(UTF_8);
    }
}
