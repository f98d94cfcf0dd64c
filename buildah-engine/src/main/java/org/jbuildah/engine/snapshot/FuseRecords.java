package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * The records of fuse-overlayfs, in every form that it writes or reads: a removal is a character device 0:0 of that name, or where
 * those cannot be made a file {@code .wh.NAME}; an opaque directory has one of three xattrs, or a file {@code .wh..wh..opq}, or both.
 * Every directory that it makes is opaque, whatever is below.
 *
 * <p>A regular file that was copied up has an xattr with the name it had below. Directories and symlinks have none: a directory
 * that is not opaque was copied up; a symlink counts as copied up where the lowers have one of that name and target. One that a step
 * renamed counts as new therefore.
 *
 * <p>What we write ourselves are the files: they need neither a device nor an xattr, and so can be on any file system.
 *
 * @see <a href="https://github.com/containers/fuse-overlayfs">fuse-overlayfs</a>
 */
record FuseRecords(Linux linux) implements OverlayRecords {
    static final byte[] OPAQUE = Names.utf8(".wh..wh..opq");
    private static final byte[] REMOVED = Names.utf8(".wh.");
    private static final String ORIGIN = "user.fuseoverlayfs.origin";
    private static final Set<String> OPAQUE_XATTRS =
            Set.of("user.fuseoverlayfs.opaque", "user.overlay.opaque", "trusted.overlay.opaque");
    private static final int CREATE = OpenFlag.WRONLY | OpenFlag.CREAT | OpenFlag.NOFOLLOW;

    @Override
    public Meaning meaning(byte[] name, FileStatus status) {
        if (Arrays.equals(name, OPAQUE)) {
            return new Meaning.Opaqueness();
        }
        if (startsWithMarker(name)) {
            return new Meaning.Removal(Arrays.copyOfRange(name, REMOVED.length, name.length));
        }
        return StandaloneUnpacker.isWhiteout(status) ? new Meaning.Removal(name) : new Meaning.Itself();
    }

    private static boolean startsWithMarker(byte[] name) {
        return name.length > REMOVED.length && Arrays.equals(name, 0, REMOVED.length, REMOVED, 0, REMOVED.length);
    }

    @Override
    public boolean removes(int base, byte[] directory, byte[] name) throws IOException {
        return present(base, Names.join(Names.join(directory, Names.SLASH), Names.join(REMOVED, name)));
    }

    @Override
    public boolean opaque(int parent, byte[] directory, SortedMap<String, byte[]> xattrs) throws IOException {
        return xattrs.keySet().stream().anyMatch(this::opaqueXattr)
                || present(parent, Names.join(Names.join(directory, Names.SLASH), OPAQUE));
    }

    @Override
    public boolean opaqueXattr(String xattr) {
        return OPAQUE_XATTRS.contains(xattr);
    }

    @Override
    public void remove(int directory, byte[] name) throws IOException {
        try {
            create(directory, Names.join(REMOVED, name));
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENAMETOOLONG) {
                throw e;
            }
            linux.mknodat(directory, name, KernelRecords.CHARACTER_DEVICE, 0, 0);
        }
    }

    /** Takes a removal back. */
    void restore(int directory, byte[] name) throws IOException {
        linux.unlinkat(directory, Names.join(REMOVED, name), false);
    }

    /** @param directory its own descriptor, or that of its parent with its name */
    void makeOpaque(int parent, byte[] directory) throws IOException {
        create(parent, Names.join(Names.join(directory, Names.SLASH), OPAQUE));
    }

    private void create(int parent, byte[] path) throws IOException {
        linux.close(linux.openat(parent, path, CREATE, 0600));
    }

    @Override
    public boolean copiedUp(
            int directory,
            byte[] name,
            FileStatus status,
            SortedMap<String, byte[]> xattrs,
            boolean opaque,
            LowerView lowers)
            throws IOException {
        if (status.isDirectory()) {
            return !opaque;
        }
        if (status.isSymlink()) {
            return lowers.hasSymlink(name, linux.readlinkat(directory, name));
        }
        return xattrs.containsKey(ORIGIN);
    }

    /** Release 1.10 makes an empty file of a device or FIFO that it copies up, for a rename, say. */
    @Override
    public FileStatus repaired(
            int directory, byte[] name, FileStatus status, SortedMap<String, byte[]> xattrs, LowerView lowers)
            throws IOException {
        Optional<EntryName> origin = status.isRegular() && status.size() == 0 ? origin(xattrs) : Optional.empty();
        if (origin.isEmpty() || !(lowers.look(origin.get()) instanceof LowerView.Found.Other other)) {
            return status;
        }
        FileStatus below = other.status();
        if (!below.isFifo() && !below.isCharacterDevice() && !below.isBlockDevice()) {
            return status;
        }
        linux.unlinkat(directory, name, false);
        linux.mknodat(
                directory, name, (below.mode() & ~07777) | status.permissions(), below.rdevMajor(), below.rdevMinor());
        linux.fchownat(directory, name, status.uid(), status.gid());
        linux.fchmodat(directory, name, status.permissions());
        linux.utimensat(directory, name, status.mtimeSeconds(), status.mtimeNanos());
        xattrs.clear();
        return linux.lstat(directory, name);
    }

    @Override
    public Optional<EntryName> origin(SortedMap<String, byte[]> xattrs) {
        byte[] path = xattrs.get(ORIGIN);
        if (path == null || path.length < 2) {
            return Optional.empty();
        }
        return Optional.of(EntryName.of(Arrays.copyOf(path, path.length - 1))); // it ends in a NUL
    }

    private boolean present(int directory, byte[] path) throws IOException {
        try {
            linux.lstat(directory, path);
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENAMETOOLONG) {
                return false;
            }
            throw e;
        }
    }
}
