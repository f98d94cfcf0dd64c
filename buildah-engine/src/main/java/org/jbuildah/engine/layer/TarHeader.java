package org.jbuildah.engine.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One header block of a tar, read where it lies.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX pax</a>, "ustar Interchange Format"
 * @see <a href="https://www.gnu.org/software/tar/manual/html_node/Standard.html">GNU tar: Basic Tar Format</a>
 */
final class TarHeader {
    static final int BLOCK = 512;

    private final byte[] block;
    private final long position;

    /** @param position where the block began in the tar, for messages */
    TarHeader(byte[] block, long position) {
        this.block = block;
        this.position = position;
    }

    static IOException malformed(long position, String what) {
        return new IOException("The tar is malformed at byte " + position + ": " + what);
    }

    IOException malformed(String what) {
        return malformed(position, what + " (header of \"" + new String(name(), StandardCharsets.UTF_8) + "\")");
    }

    boolean isEmpty() {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    void verifyChecksum() throws IOException {
        long stored = number(148, 8, "checksum");
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte value = i >= 148 && i < 156 ? (byte) ' ' : block[i];
            unsigned += value & 0xff;
            signed += value; // old tars summed signed characters
        }
        if (stored != unsigned && stored != signed) {
            throw malformed("the header's checksum is " + stored + ", its bytes sum up to " + unsigned);
        }
    }

    char typeFlag() {
        return (char) (block[156] & 0xff);
    }

    /** The name with its prefix, as it stands there. */
    byte[] name() {
        byte[] name = text(0, 100);
        byte[] prefix = text(345, prefixLength());
        if (prefix.length == 0) {
            return name;
        }
        byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        joined[prefix.length] = '/';
        System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
        return joined;
    }

    private int prefixLength() {
        if (!isPosix()) {
            return 0; // v7 has none; GNU keeps times and the sparse map there
        }
        boolean star = block[508] == 't' && block[509] == 'a' && block[510] == 'r' && block[511] == 0;
        return star ? 131 : 155;
    }

    private boolean isPosix() {
        return isUstar() && block[262] == 0;
    }

    private boolean isUstar() {
        return block[257] == 'u' && block[258] == 's' && block[259] == 't' && block[260] == 'a' && block[261] == 'r';
    }

    int mode() throws IOException {
        return (int) (number(100, 8, "mode") & 07777);
    }

    long uid() throws IOException {
        return number(108, 8, "uid");
    }

    long gid() throws IOException {
        return number(116, 8, "gid");
    }

    long size() throws IOException {
        return number(124, 12, "size");
    }

    long mtime() throws IOException {
        return number(136, 12, "mtime");
    }

    byte[] linkName() {
        return text(157, 100);
    }

    int deviceMajor() throws IOException {
        return device(329, "device major");
    }

    int deviceMinor() throws IOException {
        return device(337, "device minor");
    }

    private int device(int offset, String field) throws IOException {
        long value = isUstar() ? number(offset, 8, field) : 0;
        if (value < 0 || value > UstarHeader.LARGEST_ID) {
            throw malformed(field + " " + value + " is out of range");
        }
        return (int) value;
    }

    /** A field of the block: octal digits, or GNU's base-256 where the first bit is set. */
    long number(int offset, int length, String field) throws IOException {
        return (block[offset] & 0x80) != 0 ? base256(offset, length, field) : octal(offset, length, field);
    }

    private long base256(int offset, int length, String field) throws IOException {
        boolean negative = (block[offset] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = 0; i < length; i++) {
            int part = block[offset + i] & 0xff;
            if (i == 0) {
                part = negative ? part | 0x80 : part & 0x7f;
            }
            long shifted = (value << 8) | part;
            if (shifted >> 8 != value) {
                throw malformed(field + " does not fit into 64 bits");
            }
            value = shifted;
        }
        return value;
    }

    private long octal(int offset, int length, String field) throws IOException {
        int from = offset;
        int to = offset + length;
        while (from < to && (block[from] == ' ' || block[from] == 0)) {
            from++;
        }
        long value = 0;
        while (from < to && block[from] >= '0' && block[from] <= '7') {
            value = (value << 3) | (block[from++] - '0');
        }
        if (from < to && block[from] != ' ' && block[from] != 0) {
            throw malformed(field + " \"" + new String(block, offset, length, StandardCharsets.ISO_8859_1).trim()
                    + "\" is not an octal number");
        }
        return value;
    }

    private byte[] text(int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, offset, end);
    }
}
