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

/** Unpacks one layer by itself into an empty directory that fuse-overlayfs takes as a lower: removal markers stay the files they are. */
final class MarkerUnpacker extends LayerUnpacker {
    private final FuseRecords records;
    private final TreeRemoval removal;
    private final Set<EntryName> removals = new HashSet<>();

    MarkerUnpacker(Linux linux, IdMap ids, int root) {
        super(linux, ids, root);
        this.records = new FuseRecords(linux);
        this.removal = new TreeRemoval(linux);
    }

    @Override
    void whiteout(EntryName removed) throws IOException {
        int parent = directories.directory(removed.parent());
        byte[] name = removed.lastComponent();
        try {
            if (linux.lstat(parent, name).isDirectory()) { // removed below, and made anew by this layer
                records.makeOpaque(parent, name);
            }
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            records.remove(parent, name);
            removals.add(removed);
        }
    }

    @Override
    void opaque(EntryName directory) throws IOException {
        records.makeOpaque(directories.directory(directory), Names.DOT);
    }

    @Override
    void clear(LayerEntry entry, int parent, byte[] name, FileStatus there) throws IOException {
        removal.remove(parent, name);
    }

    /** A marker that came first means what is below, not this. */
    @Override
    void placed(LayerEntry entry, int parent, byte[] name) throws IOException {
        if (removals.remove(entry.name())) {
            records.restore(parent, name);
            if (entry.isDirectory()) {
                records.makeOpaque(parent, name);
            }
        }
    }
}
