package org.jbuildah.engine.layer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One entry as bytes in an index file: the name's length and bytes first, so that searching decodes nothing else. Numbers are variable in
 * length, seven bits a byte, lowest first.
 */
final class IndexRecord {
    private static final byte[] NONE = new byte[0];

    private IndexRecord() {}

    /** Bytes at the end of a growing array. */
    static final class Output {
        byte[] bytes = new byte[64 * 1024];
        int length;

        void number(long value) {
            room(10);
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            bytes[length++] = (byte) rest;
        }

        void block(byte[] block) {
            number(block.length);
            room(block.length);
            System.arraycopy(block, 0, bytes, length, block.length);
            length += block.length;
        }

        private void room(int more) {
            if (bytes.length - length < more) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
            }
        }
    }

    /** A place in the bytes of an index. */
    static final class Cursor {
        private final ByteBuffer bytes;
        private int at;

        Cursor(ByteBuffer bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        int at() {
            return at;
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte part = bytes.get(at++);
                value |= (long) (part & 0x7f) << shift;
                if (part >= 0 || shift > 56) {
                    return value;
                }
            }
        }

        byte[] block() {
            byte[] block = new byte[(int) number()];
            bytes.get(at, block);
            at += block.length;
            return block;
        }
    }

    static void encode(LayerEntry entry, long contentOffset, Output output) {
        output.block(entry.name().rawBytes());
        output.number(entry.type().typeFlag());
        output.number(entry.mode());
        output.number(entry.uid());
        output.number(entry.gid());
        time(entry.mtime(), output);
        output.number(entry.size());
        output.number(contentOffset + 1);
        output.block(entry.linkTarget());
        output.number(entry.deviceMajor());
        output.number(entry.deviceMinor());
        output.number(entry.xattrs().size());
        for (Map.Entry<String, byte[]> xattr : entry.xattrs().entrySet()) {
            output.block(xattr.getKey().getBytes(StandardCharsets.UTF_8));
            output.block(xattr.getValue());
        }
    }

    private static void time(Instant time, Output output) {
        long seconds = time.getEpochSecond();
        int nanos = time.getNano();
        output.number((seconds << 1) ^ (seconds >> 63)); // the sign goes last, so that small numbers stay short
        output.number(nanos);
    }

    static EntryName name(ByteBuffer bytes, int at) {
        return EntryName.ofOwn(new Cursor(bytes, at).block());
    }

    static EntryType type(ByteBuffer bytes, int at) {
        Cursor cursor = new Cursor(bytes, at);
        int length = (int) cursor.number();
        return EntryType.of((char) bytes.get(cursor.at() + length));
    }

    static LayerIndex.Indexed decode(ByteBuffer bytes, int at) {
        Cursor cursor = new Cursor(bytes, at);
        EntryName name = EntryName.ofOwn(cursor.block());
        EntryType type = EntryType.of((char) cursor.number());
        int mode = (int) cursor.number();
        long uid = cursor.number();
        long gid = cursor.number();
        long seconds = cursor.number();
        Instant mtime = Instant.ofEpochSecond((seconds >>> 1) ^ -(seconds & 1), cursor.number());
        long size = cursor.number();
        long contentOffset = cursor.number() - 1;
        byte[] link = cursor.block();
        int major = (int) cursor.number();
        int minor = (int) cursor.number();
        LayerEntry entry = new LayerEntry(
                name, type, mode, uid, gid, size, mtime, link.length == 0 ? NONE : link, major, minor, xattrs(cursor));
        return new LayerIndex.Indexed(entry, contentOffset);
    }

    private static SortedMap<String, byte[]> xattrs(Cursor cursor) {
        long count = cursor.number();
        if (count == 0) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, byte[]> xattrs = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            String name = new String(cursor.block(), StandardCharsets.UTF_8);
            xattrs.put(name, cursor.block());
        }
        return xattrs;
    }
}
