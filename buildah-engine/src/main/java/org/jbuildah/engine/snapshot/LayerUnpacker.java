package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jbuildah.engine.layer.Admission;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerReader;
import org.jbuildah.engine.layer.Whiteout;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * Makes files of the entries of a layer. What a removal marker becomes is up to the kinds of this class.
 *
 * <p>Device nodes that the user namespace may not make are left out, as every rootless builder does: the layer keeps them.
 */
abstract sealed class LayerUnpacker implements AutoCloseable permits StandaloneUnpacker, MarkerUnpacker, StackUnpacker {
    private static final int CREATE = OpenFlag.WRONLY | OpenFlag.CREAT | OpenFlag.EXCL | OpenFlag.NOFOLLOW;

    final Linux linux;
    final DirectoryHandles directories;
    private final int root;
    private final EntryMetadata metadata;
    private final FileContent content;
    /** Directories get their mode and time last: both would not survive what is put into them. */
    private final SortedMap<EntryName, LayerEntry> unfinished = new TreeMap<>();

    LayerUnpacker(Linux linux, IdMap ids, int root) {
        this.linux = linux;
        this.root = root;
        this.directories = new DirectoryHandles(linux, root);
        this.metadata = new EntryMetadata(linux, ids);
        this.content = new FileContent(linux);
    }

    /** The layer removes a name of the layers below. */
    abstract void whiteout(EntryName removed) throws IOException;

    /** The layer hides all that the layers below have in a directory. */
    abstract void opaque(EntryName directory) throws IOException;

    /** Takes away what stands where an entry is to be. */
    abstract void clear(LayerEntry entry, int parent, byte[] name, FileStatus there) throws IOException;

    /** An entry is there now. */
    abstract void placed(LayerEntry entry, int parent, byte[] name) throws IOException;

    final void unpack(LayerReader reader) throws IOException {
        for (LayerEntry read = reader.next(); read != null; read = reader.next()) {
            LayerEntry entry = Admission.admit(read).orElse(null);
            if (entry == null) {
                continue;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while unpacking \"" + entry.name() + "\"");
            }
            try {
                take(entry, reader);
            } catch (LinuxException e) {
                throw new IOException("cannot unpack \"" + entry.name() + "\": " + e.getMessage(), e);
            }
        }
        finishDirectories();
    }

    private void take(LayerEntry entry, LayerReader reader) throws IOException {
        EntryName name = entry.name();
        if (name.isRoot()) {
            unfinished.put(name, entry);
        } else if (!Whiteout.isMarker(name)) {
            place(entry, reader.content());
        } else if (Whiteout.isOpaqueMarker(name)) {
            opaque(name.parent());
        } else {
            whiteout(Whiteout.removedBy(name).orElseThrow());
        }
    }

    private void place(LayerEntry entry, InputStream bytes) throws IOException {
        int parent = directories.directory(entry.name().parent());
        byte[] name = entry.name().lastComponent();
        boolean there;
        try {
            there = make(entry, parent, name, bytes);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            FileStatus status = linux.lstat(parent, name);
            if (entry.isDirectory() && status.isDirectory()) {
                there = true;
            } else {
                clear(entry, parent, name, status);
                unfinished.keySet().removeIf(directory -> directory.isWithin(entry.name()));
                directories.forget();
                parent = directories.directory(entry.name().parent());
                there = make(entry, parent, name, bytes);
                if (entry.isDirectory()) {
                    hides(parent, name, status);
                }
            }
        }
        if (!there) {
            return;
        }
        if (entry.isDirectory()) {
            unfinished.put(entry.name(), entry);
        } else if (entry.type() != EntryType.HARD_LINK) {
            metadata.apply(entry, parent, name);
        }
        placed(entry, parent, name);
    }

    /** A directory has taken the place of something else. */
    void hides(int parent, byte[] name, FileStatus before) throws IOException {}

    private boolean make(LayerEntry entry, int parent, byte[] name, InputStream bytes) throws IOException {
        switch (entry.type()) {
            case FILE -> {
                int fd = linux.openat(parent, name, CREATE, 0600);
                try {
                    content.write(fd, bytes, entry.size());
                } finally {
                    linux.close(fd);
                }
            }
            case DIRECTORY -> linux.mkdirat(parent, name, 0700);
            case SYMLINK -> linux.symlinkat(entry.linkTarget(), parent, name);
            case HARD_LINK -> {
                EntryName target = EntryName.of(entry.linkTarget());
                if (target.equals(entry.name())) {
                    return false;
                }
                linux.linkat(directories.directory(target.parent()), target.lastComponent(), parent, name);
            }
            case FIFO -> linux.mknodat(parent, name, 0010600, 0, 0);
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                return device(entry, parent, name);
            }
        }
        return true;
    }

    private boolean device(LayerEntry entry, int parent, byte[] name) throws IOException {
        try {
            int type = EntryMetadata.typeBits(entry.type());
            linux.mknodat(parent, name, type | 0600, entry.deviceMajor(), entry.deviceMinor());
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.EPERM) {
                return false;
            }
            throw e;
        }
    }

    private void finishDirectories() throws IOException {
        while (!unfinished.isEmpty()) {
            LayerEntry entry = unfinished.remove(unfinished.lastKey());
            if (entry == null) {
                continue;
            }
            EntryName name = entry.name();
            if (name.isRoot()) {
                metadata.apply(entry, root, Names.DOT);
            } else {
                metadata.apply(entry, directories.directory(name.parent()), name.lastComponent());
            }
            finished(name);
        }
        finishOthers();
    }

    /** A directory has its final time. */
    void finished(EntryName directory) {}

    /** Directories that were written to without being entries. */
    void finishOthers() throws IOException {}

    /** The parts of the map that are of use to the kinds: how the directories were before. */
    final Map<EntryName, FileStatus> before() {
        return directories.before();
    }

    @Override
    public void close() throws IOException {
        directories.close();
    }
}
