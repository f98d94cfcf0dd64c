package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * Unpacks one layer by itself into an empty directory that overlayfs takes as a lower: a removed name is a character device 0:0, an
 * opaque directory bears an xattr.
 */
final class StandaloneUnpacker extends LayerUnpacker {
    static final byte[] YES = {'y'};
    private static final int CHARACTER_DEVICE = 0020000;

    private final OverlayXattrs xattrs;
    private final TreeRemoval removal;
    /** The kernel would show a removal in there, as nothing is left for it to remove. */
    private final Set<EntryName> opaque = new HashSet<>();

    StandaloneUnpacker(Linux linux, IdMap ids, int root, OverlayXattrs xattrs) {
        super(linux, ids, root);
        this.xattrs = xattrs;
        this.removal = new TreeRemoval(linux);
    }

    static boolean isWhiteout(FileStatus status) {
        return status.isCharacterDevice() && status.rdevMajor() == 0 && status.rdevMinor() == 0;
    }

    @Override
    void whiteout(EntryName removed) throws IOException {
        if (opaque.contains(removed.parent())) {
            return;
        }
        int parent = directories.directory(removed.parent());
        byte[] name = removed.lastComponent();
        try {
            linux.mknodat(parent, name, CHARACTER_DEVICE, 0, 0);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            if (linux.lstat(parent, name).isDirectory()) { // removed below, and made anew by this layer
                linux.lsetxattr(Names.through(parent, name), xattrs.opaque(), YES);
            }
        }
    }

    @Override
    void opaque(EntryName directory) throws IOException {
        int handle = directories.directory(directory);
        linux.lsetxattr(Names.through(handle, Names.DOT), xattrs.opaque(), YES);
        opaque.add(directory);
        int fd = linux.openat(handle, Names.DOT, OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        try {
            for (byte[] child : linux.getdents(fd)) {
                if (isWhiteout(linux.lstat(fd, child))) {
                    linux.unlinkat(fd, child, false);
                }
            }
        } finally {
            linux.close(fd);
        }
    }

    @Override
    void clear(LayerEntry entry, int parent, byte[] name, FileStatus there) throws IOException {
        removal.remove(parent, name);
    }

    @Override
    void hides(int parent, byte[] name, FileStatus before) throws IOException {
        if (isWhiteout(before)) {
            linux.lsetxattr(Names.through(parent, name), xattrs.opaque(), YES);
        }
    }

    @Override
    void placed(LayerEntry entry, int parent, byte[] name) {}
}
