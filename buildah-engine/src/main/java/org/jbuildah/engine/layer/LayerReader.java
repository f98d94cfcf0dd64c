package org.jbuildah.engine.layer;

import static org.jbuildah.engine.layer.TarHeader.BLOCK;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads an uncompressed layer tar from front to back: v7, ustar, star, GNU and pax, sparse files in all their forms.
 *
 * <p>Laws: every byte of the stream is read, in order, to its end, so a digest taken underneath is that of the whole tar. Names are what
 * {@link EntryName#of(byte[])} makes of them; one that would leave the root fails the reader. What is read is not judged otherwise: see
 * {@link Admission}.
 */
public final class LayerReader implements AutoCloseable {
    /** An xattr has 64 KiB at most and a path 4 KiB; nobody needs more, and it must be held in memory. */
    private static final long LONGEST_EXTENSION = 4 << 20;

    private static final byte[] NONE = new byte[0];

    private final TarInput tar;
    private final byte[] block = new byte[BLOCK];
    private final PaxRecords globals = new PaxRecords();
    private long globalBytes;
    private long nextHeader;
    private @Nullable EntryContent content;
    private long contentOffset = -1;
    private boolean ended;

    public LayerReader(InputStream tar) {
        this.tar = new TarInput(tar);
    }

    /** True for bytes that a tar may begin with: a header whose checksum is right. */
    public static boolean mayBegin(byte[] bytes) {
        if (bytes.length < BLOCK) {
            return false;
        }
        TarHeader header = new TarHeader(Arrays.copyOf(bytes, BLOCK), 0);
        try {
            header.verifyChecksum();
            return true;
        } catch (IOException otherwise) {
            return header.isEmpty(); // an archive without entries
        }
    }

    /**
     * The next entry, or null at the end of the archive. What is left of the entry before is skipped.
     *
     * @throws IOException if the tar is malformed or cut short, or a name would leave the root; the message says at which byte
     */
    public @Nullable LayerEntry next() throws IOException {
        passContent();
        @Nullable PaxRecords extended = null;
        byte @Nullable [] longName = null;
        byte @Nullable [] longLink = null;
        boolean announced = false;
        while (!ended) {
            TarHeader header = nextHeader();
            if (header == null) {
                if (announced) {
                    throw TarHeader.malformed(tar.position(), "it ends after an extended header, before its entry");
                }
                break;
            }
            announced = true;
            switch (header.typeFlag()) {
                case 'x', 'X' -> {
                    extended = extended == null ? globals.copy() : extended;
                    byte[] records = extension(header);
                    extended.read(records, tar.position() - records.length);
                }
                case 'g' -> {
                    byte[] records = extension(header);
                    globalBytes += records.length;
                    if (globalBytes > LONGEST_EXTENSION) {
                        throw header.malformed("its global headers have more than " + LONGEST_EXTENSION + " bytes");
                    }
                    globals.read(records, tar.position() - records.length);
                    announced = false;
                }
                case 'L' -> longName = untilNul(extension(header));
                case 'K' -> longLink = untilNul(extension(header));
                case 'V' -> {
                    advancePast(header.size(), header); // a volume's label is no file
                    announced = false;
                }
                default -> {
                    return entry(header, extended == null ? globals : extended, longName, longLink);
                }
            }
        }
        return null;
    }

    /** The content of the entry that {@link #next()} gave last, {@link LayerEntry#size()} bytes, holes as zeros. */
    public InputStream content() {
        return content == null ? InputStream.nullInputStream() : content;
    }

    /**
     * Where the content of the last entry begins in the uncompressed tar; -1 where it has none or is sparse and so not one run of bytes.
     */
    public long contentOffset() {
        return contentOffset;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private void passContent() {
        if (content != null) {
            content.pass();
        }
        content = null;
        contentOffset = -1;
    }

    /** The next header that is not empty; null at the end, when the rest of the stream has been read too. */
    private @Nullable TarHeader nextHeader() throws IOException {
        if (!tar.advanceTo(nextHeader)) {
            throw TarHeader.malformed(
                    tar.position(), "it is cut short; the entry there reaches to byte " + nextHeader + " at least");
        }
        TarHeader header = readBlock(block);
        if (header != null && header.isEmpty()) {
            TarHeader second = readBlock(new byte[BLOCK]);
            if (second != null && !second.isEmpty()) {
                throw TarHeader.malformed(tar.position() - BLOCK, "data after a lone empty block");
            }
            header = null;
        }
        if (header == null) {
            ended = true; // some tools leave out the end mark, and every reader takes that
            tar.drain();
            return null;
        }
        header.verifyChecksum();
        nextHeader = tar.position();
        return header;
    }

    private @Nullable TarHeader readBlock(byte[] into) throws IOException {
        long position = tar.position();
        int count = tar.readUpTo(into, BLOCK);
        if (count > 0 && count < BLOCK) {
            throw TarHeader.malformed(position, "it is cut short; a header has " + count + " of 512 bytes");
        }
        return count == 0 ? null : new TarHeader(into, position);
    }

    private LayerEntry entry(TarHeader header, PaxRecords pax, byte @Nullable [] longName, byte @Nullable [] longLink)
            throws IOException {
        byte[] rawName = firstOf(longName, pax.sparseName, pax.path, header.name());
        byte[] rawLink = firstOf(longLink, pax.linkPath, null, header.linkName());
        EntryName name = name(header, "an entry", rawName);
        EntryType type = type(header, rawName);
        long stored = storedSize(header, pax);
        long size = 0;
        if (type == EntryType.FILE) {
            size = openContent(header, pax, name, stored);
        } else {
            // as GNU tar: a dump directory carries names as content; a size of links and devices means nothing
            advancePast(header.typeFlag() == 'D' ? stored : 0, header);
        }
        boolean device = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
        return new LayerEntry(
                name,
                type,
                header.mode(),
                id("uid", pax.uid == null ? header.uid() : pax.uid, header),
                id("gid", pax.gid == null ? header.gid() : pax.gid, header),
                size,
                pax.mtime == null ? mtime(header) : pax.mtime,
                linkTarget(type, header, rawLink),
                device ? header.deviceMajor() : 0,
                device ? header.deviceMinor() : 0,
                pax.xattrs);
    }

    private static EntryType type(TarHeader header, byte[] rawName) throws IOException {
        boolean trailingSlash = rawName.length > 0 && rawName[rawName.length - 1] == '/';
        return switch (header.typeFlag()) {
            case 0, '0', '7' ->
                trailingSlash ? EntryType.DIRECTORY : EntryType.FILE; // v7 knows no type for directories
            case 'S' -> EntryType.FILE;
            case '1' -> EntryType.HARD_LINK;
            case '2' -> EntryType.SYMLINK;
            case '3' -> EntryType.CHARACTER_DEVICE;
            case '4' -> EntryType.BLOCK_DEVICE;
            case '5', 'D' -> EntryType.DIRECTORY;
            case '6' -> EntryType.FIFO;
            case 'M' ->
                throw header.malformed("the rest of a file from another volume; multi-volume archives are no layers");
            default -> throw header.malformed("an entry of unknown type '" + header.typeFlag() + "'");
        };
    }

    private long openContent(TarHeader header, PaxRecords pax, EntryName name, long stored) throws IOException {
        SparseMap map = null;
        long size = stored;
        if (header.typeFlag() == 'S') {
            size = header.number(483, 12, "real size");
            map = oldGnuSparseMap(header);
        } else if (pax.sparseMapInContent || pax.sparseMap != null || pax.sparseRealSize != null) {
            size = pax.sparseRealSize == null ? stored : pax.sparseRealSize;
            map = pax.sparseMap == null ? new SparseMap() : pax.sparseMap;
        }
        long start = tar.position();
        advancePast(stored, header);
        if (map == null) {
            contentOffset = start;
            content = EntryContent.plain(tar, name, size);
            return size;
        }
        if (pax.sparseMapInContent) {
            readSparseMap(map, header, start + stored);
        }
        map.verify(size, stored - (tar.position() - start), start);
        content = EntryContent.sparse(tar, name, map, size);
        return size;
    }

    /** The pieces in the header, and in the blocks that follow it as long as they say so. */
    private SparseMap oldGnuSparseMap(TarHeader header) throws IOException {
        SparseMap map = new SparseMap();
        readPieces(map, block, header, 386, 4);
        byte[] more = new byte[BLOCK];
        boolean extended = block[482] != 0;
        while (extended) {
            TarHeader extension = readBlock(more);
            if (extension == null) {
                throw TarHeader.malformed(tar.position(), "it is cut short inside of a sparse map");
            }
            readPieces(map, more, extension, 0, 21);
            extended = more[504] != 0;
        }
        return map;
    }

    private void readPieces(SparseMap map, byte[] from, TarHeader header, int offset, int count) throws IOException {
        for (int i = 0; i < count && from[offset + 24 * i] != 0; i++) {
            int at = offset + 24 * i;
            map.add(
                    header.number(at, 12, "sparse offset"),
                    header.number(at + 12, 12, "sparse length"),
                    tar.position() - BLOCK);
        }
    }

    /** GNU sparse 1.0: decimal lines at the front of the content, padded to whole blocks. */
    private void readSparseMap(SparseMap map, TarHeader header, long end) throws IOException {
        byte[] piece = new byte[BLOCK];
        long[] line = {0, 0}; // the number so far, the digits so far
        long expected = -1;
        long read = 0;
        long offset = 0;
        while (expected < 0 || read < 2 * expected) {
            if (tar.position() + BLOCK > end || tar.readUpTo(piece, BLOCK) < BLOCK) {
                throw header.malformed("its sparse map is cut short");
            }
            for (int i = 0; i < BLOCK && (expected < 0 || read < 2 * expected); i++) {
                if (piece[i] >= '0' && piece[i] <= '9' && line[1] < 18) {
                    line[0] = line[0] * 10 + piece[i] - '0';
                    line[1]++;
                } else if (piece[i] != '\n' || line[1] == 0) {
                    throw header.malformed("its sparse map is not a list of numbers");
                } else {
                    if (expected < 0) {
                        expected = line[0];
                    } else if (read++ % 2 == 0) {
                        offset = line[0];
                    } else {
                        map.add(offset, line[0], tar.position() - BLOCK);
                    }
                    line[0] = 0;
                    line[1] = 0;
                }
            }
        }
    }

    private byte[] extension(TarHeader header) throws IOException {
        long size = header.size();
        if (size < 0 || size > LONGEST_EXTENSION) {
            throw header.malformed(
                    "an extended header of " + size + " bytes; at most " + LONGEST_EXTENSION + " are read");
        }
        long position = tar.position();
        byte[] bytes = new byte[(int) size];
        if (tar.readUpTo(bytes, bytes.length) < bytes.length) {
            throw TarHeader.malformed(position, "it is cut short inside of an extended header");
        }
        nextHeader = padded(position + size);
        return bytes;
    }

    private void advancePast(long stored, TarHeader header) throws IOException {
        if (stored < 0 || stored > Long.MAX_VALUE / 4) {
            throw header.malformed("the size " + stored + " is out of range");
        }
        nextHeader = padded(tar.position() + stored);
    }

    private static long padded(long position) {
        return (position + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static long storedSize(TarHeader header, PaxRecords pax) throws IOException {
        return pax.size == null ? header.size() : pax.size;
    }

    private static long id(String field, long value, TarHeader header) throws IOException {
        if (value < 0 || value > 0xffff_ffffL) {
            throw header.malformed(field + " " + value + " is out of range");
        }
        return value;
    }

    private static Instant mtime(TarHeader header) throws IOException {
        long seconds = header.mtime();
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException outOfRange) {
            throw header.malformed("mtime " + seconds + " is out of range");
        }
    }

    private static byte[] linkTarget(EntryType type, TarHeader header, byte[] rawLink) throws IOException {
        return switch (type) {
            case SYMLINK -> {
                if (untilNul(rawLink).length < rawLink.length) {
                    throw header.malformed("hostile entry: a NUL byte in a symlink's target");
                }
                yield rawLink;
            }
            case HARD_LINK -> name(header, "a hard link's target", rawLink).bytes();
            default -> NONE;
        };
    }

    private static EntryName name(TarHeader header, String what, byte[] raw) throws IOException {
        try {
            return EntryName.of(raw);
        } catch (IllegalArgumentException hostile) {
            throw header.malformed("hostile entry: " + what + " with " + hostile.getMessage());
        }
    }

    private static byte[] firstOf(
            byte @Nullable [] first, byte @Nullable [] second, byte @Nullable [] third, byte[] last) {
        return first != null ? first : second != null ? second : third != null ? third : last;
    }

    private static byte[] untilNul(byte[] text) {
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return Arrays.copyOf(text, end);
    }
}
