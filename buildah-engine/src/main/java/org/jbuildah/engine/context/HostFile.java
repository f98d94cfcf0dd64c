package org.jbuildah.engine.context;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jspecify.annotations.Nullable;

/**
 * What the host says about one file, without following it if it is a symlink.
 *
 * @param type null for what no layer can hold, such as a socket
 * @param linkTarget empty unless a symlink
 * @param hardLink null for a file with one name only
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
record HostFile(
        @Nullable EntryType type,
        int mode,
        long size,
        Instant mtime,
        Instant ctime,
        byte[] linkTarget,
        long device,
        @Nullable Inode hardLink,
        @Nullable Object fileKey) {
    private static final byte[] NONE = new byte[0];

    record Inode(long device, long number) {
        @Override
        public String toString() {
            return device + ":" + number;
        }
    }

    /** The one system call that a platform has for it. */
    @FunctionalInterface
    interface Reader {
        HostFile read(Path path) throws IOException;
    }

    static Reader reader(FileSystem files) {
        return keepsModes(files) ? HostFile::ofUnix : HostFile::ofOther;
    }

    static boolean keepsModes(FileSystem files) {
        return files.supportedFileAttributeViews().contains("unix");
    }

    private static HostFile ofUnix(Path path) throws IOException {
        Map<String, Object> facts = Files.readAttributes(
                path, "unix:mode,size,lastModifiedTime,ctime,dev,ino,nlink,rdev", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) fact(facts, "mode");
        long size = (Long) fact(facts, "size");
        EntryType type = typeOf(mode);
        Inode inode = new Inode((Long) fact(facts, "dev"), (Long) fact(facts, "ino"));
        return new HostFile(
                type,
                mode & 07777,
                size,
                ((FileTime) fact(facts, "lastModifiedTime")).toInstant(),
                ((FileTime) fact(facts, "ctime")).toInstant(),
                type == EntryType.SYMLINK ? HostName.linkTarget(Files.readSymbolicLink(path), size) : NONE,
                (Long) fact(facts, "rdev"),
                type == EntryType.FILE && (Integer) fact(facts, "nlink") > 1 ? inode : null,
                inode);
    }

    private static Object fact(Map<String, Object> facts, String name) {
        Object fact = facts.get(name);
        if (fact == null) {
            throw new IllegalStateException("this Java platform does not say a file's \"" + name + "\"");
        }
        return fact;
    }

    /** The file type bits of {@code st_mode}, inode(7); null for a socket. */
    private static @Nullable EntryType typeOf(int mode) {
        return switch (mode & 0170000) {
            case 0100000 -> EntryType.FILE;
            case 0040000 -> EntryType.DIRECTORY;
            case 0120000 -> EntryType.SYMLINK;
            case 0020000 -> EntryType.CHARACTER_DEVICE;
            case 0060000 -> EntryType.BLOCK_DEVICE;
            case 0010000 -> EntryType.FIFO;
            default -> null;
        };
    }

    /** Where files have no mode: all may be executed, since nobody could say so for those that must be. As BuildKit does there. */
    private static HostFile ofOther(Path path) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        EntryType type = facts.isSymbolicLink()
                ? EntryType.SYMLINK
                : facts.isDirectory() ? EntryType.DIRECTORY : facts.isRegularFile() ? EntryType.FILE : null;
        Instant mtime = facts.lastModifiedTime().toInstant();
        byte[] target =
                type == EntryType.SYMLINK ? HostName.linkTarget(Files.readSymbolicLink(path), Integer.MAX_VALUE) : NONE;
        return new HostFile(type, 0755, facts.size(), mtime, mtime, target, 0, null, facts.fileKey());
    }

    /** True for a socket: it has no meaning without the process that listens, and builders leave it out. */
    boolean isNothingToCopy() {
        return type == null;
    }

    /** Owned by root, whoever owns it here; without extended attributes, which builders do not take from a context. */
    Optional<LayerEntry> entry(EntryName name) {
        if (type == null) {
            return Optional.empty();
        }
        boolean isDevice = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
        return Optional.of(new LayerEntry(
                name,
                type,
                type == EntryType.SYMLINK ? 0777 : mode,
                0,
                0,
                type == EntryType.FILE ? size : 0,
                mtime,
                linkTarget,
                isDevice ? major() : 0,
                isDevice ? minor() : 0,
                new TreeMap<>()));
    }

    /** As glibc's {@code gnu_dev_major}. */
    private int major() {
        return (int) (((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL));
    }

    private int minor() {
        return (int) ((device & 0xff) | ((device >> 12) & ~0xffL));
    }

    Optional<Object> hardLinkIdentity() {
        return Optional.ofNullable(hardLink);
    }

    Instant lastChange() {
        return mtime.isAfter(ctime) ? mtime : ctime;
    }

    /** Without the file's name. */
    String fingerprint() {
        return " " + size + " " + mtime + " " + ctime + " " + fileKey;
    }
}
