package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.Whiteout;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * Writes changed files as entries of a layer, and makes the files equal to them: times in whole seconds, no records of a storage
 * driver. Entries must be given in the order of their names.
 */
final class LayerDraft {
    private static final Instant EPOCH = Instant.EPOCH;

    private final Linux linux;
    private final LayerSink sink;
    private final Owners owners;
    private final Map<Long, EntryName> firstNames = new HashMap<>();

    LayerDraft(Linux linux, LayerSink sink, Owners owners) {
        this.linux = linux;
        this.sink = sink;
        this.owners = owners;
    }

    /** @param xattrs all that the file has */
    void add(
            EntryName name,
            int directory,
            byte[] last,
            FileStatus status,
            SortedMap<String, byte[]> xattrs,
            boolean fromBelow)
            throws IOException {
        if (Whiteout.isMarker(name)) {
            throw new IOException(
                    "the step left a file \"/" + name
                            + "\", but in a layer a name that begins with \".wh.\" stands for a removed file; remove it in the same RUN");
        }
        LayerEntry entry = entry(name, directory, last, status, xattrs, fromBelow);
        boolean shared = status.isRegular() && status.links() > 1;
        EntryName first = shared ? firstNames.putIfAbsent(status.inode(), name) : null;
        if (first != null) {
            sink.write(entry.asHardLinkTo(first));
        } else if (entry.isFile()) {
            sink.write(
                    entry,
                    () -> new OpenFile(linux, linux.openat(directory, last, OpenFlag.RDONLY | OpenFlag.NOFOLLOW, 0)));
        } else {
            sink.write(entry);
        }
        if (status.mtimeNanos() != 0) {
            linux.utimensat(directory, last, status.mtimeSeconds(), 0);
        }
    }

    void whiteout(EntryName removed) throws IOException {
        sink.write(LayerEntry.file(Whiteout.markerFor(removed), 0, 0, 0, 0, EPOCH), InputStream::nullInputStream);
    }

    void opaque(EntryName directory) throws IOException {
        sink.write(
                LayerEntry.file(Whiteout.opaqueMarkerIn(directory), 0, 0, 0, 0, EPOCH), InputStream::nullInputStream);
    }

    private LayerEntry entry(
            EntryName name,
            int directory,
            byte[] last,
            FileStatus status,
            SortedMap<String, byte[]> xattrs,
            boolean fromBelow)
            throws IOException {
        SortedMap<String, byte[]> kept = new TreeMap<>(xattrs);
        kept.keySet().removeIf(xattr -> !OverlayXattrs.belongsInLayer(xattr));
        Owners.Owner owner = owners.of(name, status, fromBelow);
        EntryType type = type(status);
        boolean device = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
        return new LayerEntry(
                name,
                type,
                status.isSymlink() ? 0777 : status.permissions(),
                owner.uid(),
                owner.gid(),
                status.isRegular() ? status.size() : 0,
                Instant.ofEpochSecond(status.mtimeSeconds()),
                status.isSymlink() ? linux.readlinkat(directory, last) : new byte[0],
                device ? status.rdevMajor() : 0,
                device ? status.rdevMinor() : 0,
                kept);
    }

    private static EntryType type(FileStatus status) {
        if (status.isDirectory()) {
            return EntryType.DIRECTORY;
        } else if (status.isSymlink()) {
            return EntryType.SYMLINK;
        } else if (status.isCharacterDevice()) {
            return EntryType.CHARACTER_DEVICE;
        } else if (status.isBlockDevice()) {
            return EntryType.BLOCK_DEVICE;
        }
        return status.isFifo() ? EntryType.FIFO : EntryType.FILE;
    }
}
