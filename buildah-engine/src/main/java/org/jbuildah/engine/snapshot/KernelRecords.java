package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;

/**
 * The kernel's records: a removal is a character device 0:0 of that name, all else is an xattr.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html#whiteouts-and-opaque-directories">overlayfs</a>
 */
record KernelRecords(Linux linux, OverlayXattrs xattrs) implements OverlayRecords {
    static final int CHARACTER_DEVICE = 0020000;

    @Override
    public Meaning meaning(byte[] name, FileStatus status) {
        return StandaloneUnpacker.isWhiteout(status) ? new Meaning.Removal(name) : new Meaning.Itself();
    }

    @Override
    public boolean removes(int base, byte[] directory, byte[] name) {
        return false;
    }

    @Override
    public boolean opaque(int parent, byte[] directory, SortedMap<String, byte[]> present) {
        return present.containsKey(xattrs.opaque());
    }

    @Override
    public boolean opaqueXattr(String xattr) {
        return xattr.equals(xattrs.opaque());
    }

    @Override
    public void remove(int directory, byte[] name) throws IOException {
        linux.mknodat(directory, name, CHARACTER_DEVICE, 0, 0);
    }

    @Override
    public boolean copiedUp(
            int directory,
            byte[] name,
            FileStatus status,
            SortedMap<String, byte[]> present,
            boolean opaque,
            LowerView lowers)
            throws IOException {
        // a user's xattr cannot be on a symlink
        return present.containsKey(xattrs.origin())
                || (status.isSymlink() && lowers.hasSymlink(name, linux.readlinkat(directory, name)));
    }

    @Override
    public FileStatus repaired(
            int directory, byte[] name, FileStatus status, SortedMap<String, byte[]> present, LowerView lowers) {
        return status;
    }

    @Override
    public Optional<EntryName> origin(SortedMap<String, byte[]> present) {
        return Optional.empty(); // it is a file handle
    }
}
