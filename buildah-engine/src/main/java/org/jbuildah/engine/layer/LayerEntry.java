package org.jbuildah.engine.layer;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One entry of a layer, without its content.
 *
 * @param mode permission bits with setuid, setgid and sticky: {@code 07777} at most
 * @param size of the content in bytes; 0 unless a {@link EntryType#FILE}
 * @param linkTarget the bytes of a symlink's target, or the entry name of a hard link's; else empty
 * @param deviceMajor of a device; else 0
 * @param deviceMinor of a device; else 0
 * @param xattrs by full name such as {@code security.capability}; values are raw bytes
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes; equals compares them
public record LayerEntry(
        EntryName name,
        EntryType type,
        int mode,
        long uid,
        long gid,
        long size,
        Instant mtime,
        byte[] linkTarget,
        int deviceMajor,
        int deviceMinor,
        SortedMap<String, byte[]> xattrs) {
    private static final byte[] NONE = new byte[0];

    public LayerEntry {
        xattrs = xattrs.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("mode " + Integer.toOctalString(mode) + " of \"" + name + "\"");
        }
    }

    public static LayerEntry directory(EntryName name, int mode, long uid, long gid, Instant mtime) {
        return new LayerEntry(
                name, EntryType.DIRECTORY, mode, uid, gid, 0, mtime, NONE, 0, 0, Collections.emptySortedMap());
    }

    public static LayerEntry file(EntryName name, int mode, long uid, long gid, long size, Instant mtime) {
        return new LayerEntry(
                name, EntryType.FILE, mode, uid, gid, size, mtime, NONE, 0, 0, Collections.emptySortedMap());
    }

    public static LayerEntry symlink(EntryName name, long uid, long gid, byte[] target, Instant mtime) {
        return new LayerEntry(
                name, EntryType.SYMLINK, 0777, uid, gid, 0, mtime, target, 0, 0, Collections.emptySortedMap());
    }

    public boolean isDirectory() {
        return type == EntryType.DIRECTORY;
    }

    public boolean isFile() {
        return type == EntryType.FILE;
    }

    public boolean isSymlink() {
        return type == EntryType.SYMLINK;
    }

    public LayerEntry withName(EntryName other) {
        return new LayerEntry(other, type, mode, uid, gid, size, mtime, linkTarget, deviceMajor, deviceMinor, xattrs);
    }

    public LayerEntry withMode(int other) {
        return new LayerEntry(name, type, other, uid, gid, size, mtime, linkTarget, deviceMajor, deviceMinor, xattrs);
    }

    public LayerEntry withOwner(long otherUid, long otherGid) {
        return new LayerEntry(
                name, type, mode, otherUid, otherGid, size, mtime, linkTarget, deviceMajor, deviceMinor, xattrs);
    }

    public LayerEntry withMtime(Instant other) {
        return new LayerEntry(name, type, mode, uid, gid, size, other, linkTarget, deviceMajor, deviceMinor, xattrs);
    }

    public LayerEntry withXattrs(SortedMap<String, byte[]> others) {
        return new LayerEntry(name, type, mode, uid, gid, size, mtime, linkTarget, deviceMajor, deviceMinor, others);
    }

    /** This regular file as a further name of one that the same layer already holds. */
    public LayerEntry asHardLinkTo(EntryName target) {
        return new LayerEntry(name, EntryType.HARD_LINK, mode, uid, gid, 0, mtime, target.bytes(), 0, 0, xattrs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerEntry that
                && name.equals(that.name)
                && type == that.type
                && mode == that.mode
                && uid == that.uid
                && gid == that.gid
                && size == that.size
                && mtime.equals(that.mtime)
                && Arrays.equals(linkTarget, that.linkTarget)
                && deviceMajor == that.deviceMajor
                && deviceMinor == that.deviceMinor
                && sameXattrs(xattrs, that.xattrs);
    }

    private static boolean sameXattrs(Map<String, byte[]> some, Map<String, byte[]> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream()
                        .allMatch(xattr -> Arrays.equals(xattr.getValue(), others.get(xattr.getKey())));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
