package org.jbuildah.engine.layer;

import static org.jbuildah.engine.layer.TarHeader.BLOCK;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Describes entries as ustar headers, one at a time in one block, and says what does not fit as pax records. */
final class UstarHeader {
    private static final int NAME = 100;
    private static final int PREFIX = 155;
    static final long LARGEST_ID = 07777777;
    private static final long LARGEST_NUMBER = 077777777777L;

    private final byte[] block = new byte[BLOCK];
    private final SortedMap<String, byte[]> records = new TreeMap<>();

    /** The header of the entry described last; the array is used again for the next. */
    byte[] bytes() {
        return block;
    }

    /** Fills the block, and returns the pax records that must come before it: none, most times. */
    byte[] describe(LayerEntry entry) throws IOException {
        Arrays.fill(block, (byte) 0);
        records.clear();
        name(entry);
        number(100, 8, entry.mode());
        id("uid", 108, entry.uid());
        id("gid", 116, entry.gid());
        numberOrRecord("size", 124, entry.size());
        numberOrRecord("mtime", 136, entry.mtime().getEpochSecond());
        block[156] = (byte) entry.type().typeFlag();
        if (entry.linkTarget().length > NAME) {
            records.put("linkpath", entry.linkTarget());
        }
        put(157, NAME, entry.linkTarget(), 0);
        magic(block);
        device(329, entry.deviceMajor(), entry);
        device(337, entry.deviceMinor(), entry);
        checksum(block);
        entry.xattrs().forEach((name, value) -> records.put("SCHILY.xattr." + encoded(name), value));
        return records.isEmpty() ? new byte[0] : encodedRecords();
    }

    /** The header that announces {@code length} bytes of pax records for the entry after it. */
    static byte[] ofRecords(int length) {
        UstarHeader header = new UstarHeader();
        header.put(0, NAME, "PaxHeaders".getBytes(StandardCharsets.US_ASCII), 0);
        header.number(100, 8, 0644);
        header.number(108, 8, 0);
        header.number(116, 8, 0);
        header.number(124, 12, length);
        header.number(136, 12, 0);
        header.block[156] = 'x';
        magic(header.block);
        checksum(header.block);
        return header.block;
    }

    private void name(LayerEntry entry) {
        byte[] name = entry.name().rawBytes();
        if (entry.isDirectory()) {
            name = entry.name().isRoot() ? new byte[] {'.', '/'} : Arrays.copyOf(name, name.length + 1);
            name[name.length - 1] = '/';
        }
        int slash = name.length <= NAME ? 0 : splitAt(name);
        if (slash < 0) {
            records.put("path", name);
            put(0, NAME, name, 0);
        } else if (slash == 0) {
            put(0, NAME, name, 0);
        } else {
            put(0, NAME, name, slash + 1);
            System.arraycopy(name, 0, block, 345, slash);
        }
    }

    /** The slash that leaves a prefix and a name that both fit, -1 when there is none. */
    private static int splitAt(byte[] name) {
        for (int i = name.length - NAME - 1; i <= PREFIX && i < name.length - 1; i++) {
            if (i > 0 && name[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    private void id(String record, int offset, long value) {
        if (value > LARGEST_ID) {
            records.put(record, decimal(value));
        }
        number(offset, 8, value > LARGEST_ID ? 0 : value);
    }

    private void numberOrRecord(String record, int offset, long value) {
        boolean fits = value >= 0 && value <= LARGEST_NUMBER;
        if (!fits) {
            records.put(record, decimal(value));
        }
        number(offset, 12, fits ? value : 0);
    }

    private void device(int offset, int number, LayerEntry entry) throws IOException {
        if (number < 0 || number > LARGEST_ID) {
            throw new IOException("The device number " + Integer.toUnsignedString(number) + " of \"" + entry.name()
                    + "\" does not fit into a tar.");
        }
        number(offset, 8, number);
    }

    private static void magic(byte[] block) {
        byte[] magic = {'u', 's', 't', 'a', 'r', 0, '0', '0'};
        System.arraycopy(magic, 0, block, 257, magic.length);
    }

    private static void checksum(byte[] block) {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        octal(block, 148, 6, sum);
        block[154] = 0;
    }

    private void number(int offset, int length, long value) {
        octal(block, offset, length - 1, value);
    }

    private static void octal(byte[] block, int offset, int digits, long value) {
        long rest = value;
        for (int i = offset + digits - 1; i >= offset; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }

    private void put(int offset, int length, byte[] bytes, int from) {
        System.arraycopy(bytes, from, block, offset, Math.min(length, bytes.length - from));
    }

    private static byte[] decimal(long value) {
        return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    /** As GNU tar: an equals sign cannot stand in a keyword. A name without one stays readable for tools that decode nothing. */
    private static String encoded(String xattr) {
        boolean ambiguous =
                xattr.contains("=") || xattr.contains("%3D") || xattr.contains("%3d") || xattr.contains("%25");
        return ambiguous ? xattr.replace("%", "%25").replace("=", "%3D") : xattr;
    }

    private byte[] encodedRecords() {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> record : records.entrySet()) {
            byte[] keyword = record.getKey().getBytes(StandardCharsets.UTF_8);
            int rest = keyword.length + record.getValue().length + 3; // a space, the equals sign, a newline
            int length = rest + 1;
            while (length != rest + decimal(length).length) {
                length = rest + decimal(length).length; // the length counts its own digits
            }
            encoded.writeBytes(decimal(length));
            encoded.write(' ');
            encoded.writeBytes(keyword);
            encoded.write('=');
            encoded.writeBytes(record.getValue());
            encoded.write('\n');
        }
        return encoded.toByteArray();
    }
}
