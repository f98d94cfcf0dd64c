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
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jspecify.annotations.Nullable;

/**
 * Writes changed files as entries of a layer, and makes the files equal to them: times in whole seconds, no records of a storage
 * driver. Entries must be given in the order of their names.
 */
final class LayerDraft {
    private static final Instant EPOCH = Instant.EPOCH;

    private final Linux linux;
    private final LayerSink sink;
    private final Owners owners;
    private final Map<Long, LayerEntry> firsts = new HashMap<>();

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
        DeviceMark device = owners == Owners.ON_DISK ? null : DeviceMark.of(xattrs);
        boolean shared = device == null && status.isRegular() && status.links() > 1;
        LayerEntry first = shared ? firsts.get(status.inode()) : null;
        Owners.Owner owner =
                first == null ? owners.of(name, status, xattrs, fromBelow) : new Owners.Owner(first.uid(), first.gid());
        LayerEntry entry = entry(name, directory, last, status, xattrs, owner, device);
        if (shared) {
            firsts.putIfAbsent(status.inode(), entry);
        }
        if (first != null) {
            sink.write(entry.asHardLinkTo(first.name()));
        } else if (entry.isFile()) {
            sink.write(
                    entry,
                    () -> new OpenFile(linux, linux.openat(directory, last, OpenFlag.RDONLY | OpenFlag.NOFOLLOW, 0)));
        } else {
            sink.write(entry);
        }
        if (device != null) {
            linux.unlinkat(directory, last, false); // an unpacked layer lacks devices where they cannot be made
            return;
        }
        if (owners == Owners.ON_DISK) {
            forget(directory, last, xattrs);
        } else if (first == null) {
            OwnerMark.put(linux, entry, directory, last);
        }
        if (status.mtimeNanos() != 0) {
            linux.utimensat(directory, last, status.mtimeSeconds(), 0);
        }
    }

    /** Takes away what only we put on files, and never where owners are on disk; another name of the file may have lost it before. */
    private void forget(int directory, byte[] last, SortedMap<String, byte[]> xattrs) throws IOException {
        for (String xattr : xattrs.keySet()) {
            if (OverlayXattrs.ours(xattr)) {
                try {
                    linux.lremovexattr(Names.through(directory, last), xattr);
                } catch (LinuxException e) {
                    if (e.errno() != Errno.ENODATA) {
                        throw e;
                    }
                }
            }
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
            Owners.Owner owner,
            @Nullable DeviceMark mark)
            throws IOException {
        SortedMap<String, byte[]> kept = new TreeMap<>(xattrs);
        kept.keySet().removeIf(xattr -> !OverlayXattrs.belongsInLayer(xattr));
        EntryType type = mark == null ? type(status) : mark.type();
        boolean device = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
        return new LayerEntry(
                name,
                type,
                status.isSymlink() ? 0777 : status.permissions(),
                owner.uid(),
                owner.gid(),
                type == EntryType.FILE ? status.size() : 0,
                Instant.ofEpochSecond(status.mtimeSeconds()),
                status.isSymlink() ? linux.readlinkat(directory, last) : new byte[0],
                mark != null ? mark.major() : device ? status.rdevMajor() : 0,
                mark != null ? mark.minor() : device ? status.rdevMinor() : 0,
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
