package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;

/**
 * What the lower directories of an overlay show, without a mount: one directory of the merged tree, as the real directories that
 * make it up.
 *
 * @param parts paths relative to {@code base}, topmost first; empty where the lowers have no such directory
 */
record LowerView(Linux linux, OverlayRecords records, int base, List<byte[]> parts) {
    static LowerView of(Linux linux, OverlayRecords records, int base, List<String> ordinalsTopFirst) {
        return new LowerView(
                linux, records, base, ordinalsTopFirst.stream().map(Names::utf8).toList());
    }

    /** What a name means in the lowers. */
    sealed interface Found {
        record Nothing() implements Found {}

        /** @param target of a symlink; empty for all else */
        @SuppressWarnings("ArrayRecordComponent") // raw bytes; never compared as a record
        record Other(FileStatus status, byte[] target) implements Found {}

        record Directory(LowerView view) implements Found {}
    }

    LowerView nothing() {
        return new LowerView(linux, records, base, List.of());
    }

    /** What a whole name means in the lowers, from this directory on. */
    Found look(EntryName name) throws IOException {
        if (name.isRoot()) {
            return new Found.Directory(this);
        }
        return look(name.parent()) instanceof Found.Directory directory
                ? directory.view().find(name.lastComponent())
                : new Found.Nothing();
    }

    boolean hasSymlink(byte[] name, byte[] target) throws IOException {
        return find(name) instanceof Found.Other other
                && other.status().isSymlink()
                && Arrays.equals(other.target(), target);
    }

    Found find(byte[] name) throws IOException {
        List<byte[]> directories = new ArrayList<>();
        for (byte[] part : parts) {
            byte[] path = Names.join(Names.join(part, Names.SLASH), name);
            FileStatus status;
            try {
                status = linux.lstat(base, path);
            } catch (LinuxException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
                if (records.removes(base, part, name)) {
                    break;
                }
                continue;
            }
            if (!status.isDirectory()) {
                if (directories.isEmpty() && !StandaloneUnpacker.isWhiteout(status)) {
                    return new Found.Other(status, status.isSymlink() ? linux.readlinkat(base, path) : new byte[0]);
                }
                break;
            }
            directories.add(path);
            if (records.opaque(base, path, linux.lgetxattrs(Names.through(base, path)))) {
                break;
            }
        }
        return directories.isEmpty()
                ? new Found.Nothing()
                : new Found.Directory(new LowerView(linux, records, base, directories));
    }
}
