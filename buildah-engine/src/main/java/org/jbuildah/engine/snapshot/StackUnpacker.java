package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * Unpacks a layer over the merged tree of the layers below it: markers remove files, parents that the layer does not have are those
 * of the tree, and so are the targets of its hard links.
 */
final class StackUnpacker extends LayerUnpacker {
    private final TreeRemoval removal;
    /** What this layer has put there: its markers, wherever they stand in the tar, do not mean its own entries. */
    private final Set<EntryName> own = new HashSet<>();

    private final Set<EntryName> finished = new HashSet<>();

    StackUnpacker(Linux linux, IdMap ids, int root) {
        super(linux, ids, root);
        this.removal = new TreeRemoval(linux);
    }

    @Override
    void whiteout(EntryName removed) throws IOException {
        if (own.contains(removed)) {
            opaque(removed);
            return;
        }
        int parent = directories.existing(removed.parent());
        if (parent >= 0) {
            removal.remove(parent, removed.lastComponent());
            directories.forgetBelow(removed);
        }
    }

    @Override
    void opaque(EntryName directory) throws IOException {
        int handle = directories.existing(directory);
        if (handle < 0) {
            return;
        }
        int fd = linux.openat(handle, Names.DOT, OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        try {
            removeForeign(fd, directory);
        } finally {
            linux.close(fd);
        }
    }

    private void removeForeign(int fd, EntryName directory) throws IOException {
        for (byte[] child : linux.getdents(fd)) {
            EntryName name = directory.resolve(EntryName.of(child));
            if (!own.contains(name)) {
                removal.remove(fd, child);
                directories.forgetBelow(name);
            } else if (linux.lstat(fd, child).isDirectory()) {
                int deeper = linux.openat(fd, child, OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
                try {
                    removeForeign(deeper, name);
                } finally {
                    linux.close(deeper);
                }
            }
        }
    }

    @Override
    void clear(LayerEntry entry, int parent, byte[] name, FileStatus there) throws IOException {
        removal.remove(parent, name);
    }

    @Override
    void placed(LayerEntry entry, int parent, byte[] name) {
        own.add(entry.name());
    }

    @Override
    void finished(EntryName directory) {
        finished.add(directory);
    }

    /** The time of a directory is the layer's to say; where it says nothing, what we did in there has left no trace. */
    @Override
    void finishOthers() throws IOException {
        for (Map.Entry<EntryName, FileStatus> directory : Map.copyOf(before()).entrySet()) {
            if (finished.contains(directory.getKey())) {
                continue;
            }
            int handle = directories.existing(directory.getKey());
            if (handle >= 0) {
                FileStatus status = directory.getValue();
                linux.utimensat(handle, Names.DOT, status.mtimeSeconds(), status.mtimeNanos());
            }
        }
    }
}
