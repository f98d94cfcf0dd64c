package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.Map;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;

/** Gives a file on disk what its layer entry says. */
final class EntryMetadata {
    private final Linux linux;
    private final IdMap ids;

    EntryMetadata(Linux linux, IdMap ids) {
        this.linux = linux;
        this.ids = ids;
    }

    /** Owner, mode, xattrs, time, in this order: a change of owner clears setuid bits and file capabilities, and each is a change. */
    void apply(LayerEntry entry, int directory, byte[] name) throws IOException {
        if (ids.singleId()) {
            OwnerMark.put(linux, entry, directory, name);
        } else {
            own(entry, directory, name);
        }
        if (!entry.isSymlink()) {
            linux.fchmodat(directory, name, entry.mode());
        }
        for (Map.Entry<String, byte[]> xattr : entry.xattrs().entrySet()) {
            if (OverlayXattrs.belongsInLayer(xattr.getKey())) {
                set(directory, name, xattr.getKey(), xattr.getValue());
            }
        }
        linux.utimensat(directory, name, entry.mtime().getEpochSecond(), 0);
    }

    private void own(LayerEntry entry, int directory, byte[] name) throws IOException {
        try {
            linux.fchownat(directory, name, entry.uid(), entry.gid());
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            throw new IOException(
                    "\"" + entry.name() + "\" belongs to " + entry.uid() + ":" + entry.gid()
                            + ", an id that the user namespace does not hold (" + ids.uids() + ", " + ids.gids()
                            + "). Give the user a larger range in /etc/subuid and /etc/subgid, or build as root.",
                    e);
        }
    }

    /** What the file system or the namespace refuses is left out, as every unpacker does; the layer itself still has it. */
    private void set(int directory, byte[] name, String xattr, byte[] value) throws IOException {
        try {
            linux.lsetxattr(Names.through(directory, name), xattr, value);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.EPERM && e.errno() != Errno.EINVAL) {
                throw e;
            }
        }
    }

    static int typeBits(EntryType type) {
        return switch (type) {
            case FILE, HARD_LINK -> 0100000;
            case DIRECTORY -> 0040000;
            case SYMLINK -> 0120000;
            case CHARACTER_DEVICE -> 0020000;
            case BLOCK_DEVICE -> 0060000;
            case FIFO -> 0010000;
        };
    }
}
