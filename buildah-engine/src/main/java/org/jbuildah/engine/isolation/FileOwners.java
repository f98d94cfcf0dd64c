package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.ResolveFlag;
import org.jbuildah.engine.rootfs.AskedOwners;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the owners that were asked for, on the files themselves: an extended attribute goes with a file when it is renamed, linked or
 * copied up by overlayfs, and is gone with it. Files that can have none (symlinks, FIFOs, sockets) are held open to the end, so that
 * their inode is not another's meanwhile and their last name can be told.
 *
 * <p>Its thread's working directory is {@code /proc}.
 */
final class FileOwners implements AutoCloseable {
    private static final byte[] ITSELF = {};
    private static final String NO_CHANGE = Ids.AS_IS + ":" + Ids.AS_IS;

    private final Linux linux;
    private final Identity creator;
    private final int mostHeld;
    private final long began;
    private final Map<List<Long>, Held> held = new HashMap<>();
    private long rootMount;
    private Set<Long> lentMounts = Set.of();

    private record Held(int fd, String owner) {}

    /** An owner as processes are told of it. */
    record Owner(long uid, long gid) {
        boolean root() {
            return uid == 0 && gid == 0;
        }
    }

    /**
     * @param creator what the process makes belongs to it anyhow
     * @param mostHeld how many files may be held open
     * @param began when, in seconds since 1970
     */
    FileOwners(Linux linux, Identity creator, int mostHeld, long began) {
        this.linux = linux;
        this.creator = creator;
        this.mostHeld = mostHeld;
        this.began = began;
    }

    /**
     * @param root the mount of the step's root directory; what is on another one is not part of the image
     * @param lent mounts whose files have owners of their own all the same
     */
    void mounts(long root, Set<Long> lent) {
        rootMount = root;
        lentMounts = Set.copyOf(lent);
    }

    /** Whether an owner may be kept there: the machine's own files and those of the kernel are none of our business. */
    boolean keeps(int fd) throws LinuxException {
        long mount = linux.mountId(fd);
        return mount == rootMount || lentMounts.contains(mount);
    }

    /**
     * Does what chown(2) does but for the owner: copies the file up, clears set-user-ID bits and capabilities, changes its ctime, or
     * fails. Then remembers the owner.
     *
     * @param uid -1 as in chown(2), and so {@code gid}
     */
    void change(int fd, int uid, int gid) throws LinuxException {
        FileStatus before = linux.lstat(fd, ITSELF);
        linux.fchownat(fd, ITSELF, uid == Ids.AS_IS ? -1 : 0, gid == Ids.AS_IS ? -1 : 0);
        if (uid != Ids.AS_IS || gid != Ids.AS_IS) {
            remember(fd, before, uid, gid);
        }
    }

    /**
     * To whom a file belongs, if it is not the one that the kernel tells of.
     *
     * @param path to the file, which may be a link of {@code /proc} to an open one
     * @param fd opens the file; asked only where that is needed
     */
    @Nullable
    Owner known(byte[] path, Opening fd) throws LinuxException {
        byte[] mark = mark(path);
        if (mark == null && held.isEmpty() && creatorIsRoot()) {
            return null; // what has no mark is new
        }
        if (mark == null) {
            return unmarked(fd.open());
        }
        Owner owner = parsed(new String(mark, UTF_8));
        return owner.root() ? null : owner;
    }

    /** Opens a file, or has it open. */
    interface Opening {
        int open() throws LinuxException;
    }

    private byte @Nullable [] mark(byte[] path) throws LinuxException {
        try {
            return linux.getxattr(path, AskedOwners.OWNER);
        } catch (LinuxException e) {
            return null; // the kernel will say what is wrong
        }
    }

    private boolean creatorIsRoot() {
        return creator.users().effective() == 0 && creator.groups().effective() == 0;
    }

    private @Nullable Owner unmarked(int fd) throws LinuxException {
        FileStatus status = linux.lstat(fd, ITSELF);
        Held known = held.get(key(status));
        if (known != null) {
            return parsed(known.owner);
        }
        boolean special = !status.isRegular() && !status.isDirectory();
        if (!keeps(fd) || (special && status.mtimeSeconds() < began)) {
            return null;
        }
        return new Owner(
                Integer.toUnsignedLong(creator.users().effective()),
                Integer.toUnsignedLong(creator.groups().effective()));
    }

    private Owner parsed(String text) {
        int colon = text.indexOf(':');
        String uid = text.substring(0, colon);
        String gid = text.substring(colon + 1);
        String nobodyAsked = Integer.toString(Ids.AS_IS);
        return new Owner(
                uid.equals(nobodyAsked) ? Integer.toUnsignedLong(creator.users().effective()) : Long.parseLong(uid),
                gid.equals(nobodyAsked)
                        ? Integer.toUnsignedLong(creator.groups().effective())
                        : Long.parseLong(gid));
    }

    private void remember(int fd, FileStatus before, int uid, int gid) throws LinuxException {
        if (before.isRegular() || before.isDirectory()) {
            byte[] path = itself(fd);
            byte[] old = linux.getxattr(path, AskedOwners.OWNER);
            String text = merged(old == null ? NO_CHANGE : new String(old, UTF_8), uid, gid);
            try {
                linux.setxattr(path, AskedOwners.OWNER, text.getBytes(UTF_8));
                return;
            } catch (LinuxException e) {
                if (e.errno() != Errno.EOPNOTSUPP) {
                    throw e;
                }
            }
        }
        hold(fd, before, uid, gid);
    }

    private void hold(int fd, FileStatus file, int uid, int gid) throws LinuxException {
        List<Long> key = key(file);
        Held known = held.get(key);
        if (known != null) {
            held.put(key, new Held(known.fd, merged(known.owner, uid, gid)));
            return;
        }
        boolean usual =
                uid == creator.users().effective() && gid == creator.groups().effective();
        if (usual && file.mtimeSeconds() >= began) {
            return; // made by this step, and its own: that is what it would be in any case
        }
        if (held.size() >= mostHeld) {
            throw new LinuxException("chown", "", Errno.ENFILE.number());
        }
        int kept = linux.openat(Linux.AT_FDCWD, itself(fd), OpenFlag.PATH, 0);
        held.put(key, new Held(kept, merged(NO_CHANGE, uid, gid)));
    }

    /** What is said of files that cannot bear it, before the first question; one that a mount covers is not seen. */
    void learn(int root, List<AskedOwners.Named> files) throws LinuxException {
        for (AskedOwners.Named file : files) {
            int fd;
            try {
                fd = linux.openat2(root, file.path(), OpenFlag.PATH | OpenFlag.NOFOLLOW, 0, ResolveFlag.IN_ROOT);
            } catch (LinuxException e) {
                continue;
            }
            boolean kept = held.size() < mostHeld && linux.mountId(fd) == rootMount;
            if (!kept || held.putIfAbsent(key(linux.lstat(fd, ITSELF)), new Held(fd, file.owner())) != null) {
                linux.close(fd);
            }
        }
    }

    private static List<Long> key(FileStatus file) {
        return List.of((long) file.deviceMajor(), (long) file.deviceMinor(), file.inode());
    }

    private static String merged(String old, int uid, int gid) {
        int colon = old.indexOf(':');
        String oldUid = old.substring(0, colon);
        String oldGid = old.substring(colon + 1);
        return (uid == Ids.AS_IS ? oldUid : Integer.toUnsignedString(uid)) + ":"
                + (gid == Ids.AS_IS ? oldGid : Integer.toUnsignedString(gid));
    }

    /** Makes a file that stands for a device. */
    void makeDevice(int directory, byte[] name, String device, int permissions, Identity maker) throws LinuxException {
        linux.mknodat(directory, name, 0100000 | permissions, 0, 0);
        try {
            int fd = linux.openat(directory, name, OpenFlag.PATH | OpenFlag.NOFOLLOW, 0);
            try {
                linux.setxattr(itself(fd), AskedOwners.DEVICE, device.getBytes(UTF_8));
                String owner = merged(
                        NO_CHANGE, maker.users().fileSystem(), maker.groups().fileSystem());
                linux.setxattr(itself(fd), AskedOwners.OWNER, owner.getBytes(UTF_8));
            } finally {
                linux.close(fd);
            }
        } catch (LinuxException e) {
            linux.unlinkat(directory, name, false);
            throw e;
        }
    }

    static byte[] itself(int fd) {
        return ("self/fd/" + fd).getBytes(UTF_8);
    }

    /** What cannot be read off the files of the image; called once no process of the step is left. Files that have no name any more are left out. */
    List<AskedOwners.Named> named() throws LinuxException {
        List<AskedOwners.Named> named = new ArrayList<>();
        for (Held file : held.values()) {
            if (linux.mountId(file.fd) == rootMount
                    && linux.lstat(file.fd, ITSELF).links() > 0) {
                named.add(new AskedOwners.Named(linux.readlinkat(Linux.AT_FDCWD, itself(file.fd)), file.owner));
            }
        }
        return named;
    }

    @Override
    public void close() throws LinuxException {
        for (Held file : held.values()) {
            linux.close(file.fd);
        }
        held.clear();
    }
}
