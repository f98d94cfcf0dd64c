package org.jbuildah.engine.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What pax extended headers say about an entry: of the global headers so far, overlaid by the entry's own. Names and values are raw bytes;
 * keywords that mean nothing to a layer are passed over.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX pax</a>, "pax Extended Header"
 */
final class PaxRecords {
    private static final String XATTR = "SCHILY.xattr.";
    private static final String LIBARCHIVE_XATTR = "LIBARCHIVE.xattr.";

    byte @Nullable [] path;
    byte @Nullable [] linkPath;

    @Nullable
    Long size;

    @Nullable
    Long uid;

    @Nullable
    Long gid;

    @Nullable
    Instant mtime;

    final SortedMap<String, byte[]> xattrs = new TreeMap<>();

    // GNU sparse files, formats 0.0, 0.1 and 1.0
    boolean sparseMapInContent;
    byte @Nullable [] sparseName;

    @Nullable
    Long sparseRealSize;

    @Nullable
    SparseMap sparseMap;

    private @Nullable Long sparseOffset;

    /** A copy that an entry's own records can overlay. */
    PaxRecords copy() {
        PaxRecords copy = new PaxRecords();
        copy.path = path;
        copy.linkPath = linkPath;
        copy.size = size;
        copy.uid = uid;
        copy.gid = gid;
        copy.mtime = mtime;
        copy.xattrs.putAll(xattrs);
        return copy;
    }

    /**
     * Reads the records of one extended header.
     *
     * @param position where they begin in the tar, for messages
     */
    void read(byte[] records, long position) throws IOException {
        int at = 0;
        while (at < records.length) {
            int length = 0;
            int cursor = at;
            while (cursor < records.length && Character.isDigit(records[cursor]) && length <= records.length) {
                length = length * 10 + records[cursor++] - '0';
            }
            int end = at + length;
            if (cursor == at
                    || cursor >= records.length
                    || records[cursor] != ' '
                    || end > records.length
                    || end <= cursor + 1
                    || records[end - 1] != '\n') {
                throw TarHeader.malformed(position + at, "a pax record without a right length");
            }
            int equals = cursor + 1;
            while (equals < end && records[equals] != '=') {
                equals++;
            }
            if (equals == end) {
                throw TarHeader.malformed(position + at, "a pax record without \"=\"");
            }
            record(
                    text(records, cursor + 1, equals, position + at),
                    Arrays.copyOfRange(records, equals + 1, end - 1),
                    position + at);
            at = end;
        }
    }

    private void record(String keyword, byte[] value, long position) throws IOException {
        boolean removes = value.length == 0;
        switch (keyword) {
            case "path" -> path = removes ? null : value;
            case "linkpath" -> linkPath = removes ? null : value;
            case "size" -> size = removes ? null : (Long) number(keyword, value, position);
            case "uid" -> uid = removes ? null : (Long) number(keyword, value, position);
            case "gid" -> gid = removes ? null : (Long) number(keyword, value, position);
            case "mtime" -> mtime = removes ? null : time(value, position);
            default -> {
                if (keyword.startsWith(XATTR)) {
                    xattrs.put(decodedXattrName(keyword.substring(XATTR.length())), value);
                } else if (keyword.startsWith(LIBARCHIVE_XATTR)) {
                    libarchiveXattr(keyword.substring(LIBARCHIVE_XATTR.length()), value, position);
                } else if (keyword.startsWith("GNU.sparse.")) {
                    sparse(keyword.substring("GNU.sparse.".length()), value, position);
                }
            }
        }
    }

    private void sparse(String keyword, byte[] value, long position) throws IOException {
        switch (keyword) {
            case "major" -> {
                long major = number(keyword, value, position);
                if (major > 1) {
                    throw TarHeader.malformed(position, "sparse format " + major + " is not known");
                }
                sparseMapInContent = major == 1;
            }
            case "name" -> sparseName = value;
            case "size", "realsize" -> sparseRealSize = number(keyword, value, position);
            case "offset" -> sparseOffset = number(keyword, value, position);
            case "numbytes" -> {
                if (sparseOffset == null) {
                    throw TarHeader.malformed(position, "GNU.sparse.numbytes without its offset");
                }
                map().add(sparseOffset, number(keyword, value, position), position);
                sparseOffset = null;
            }
            case "map" -> sparseMapText(value, position);
            default -> {} // minor and numblocks say nothing that the rest does not say
        }
    }

    private void sparseMapText(byte[] value, long position) throws IOException {
        SparseMap map = map();
        if (value.length == 0) {
            return; // nothing but a hole
        }
        int at = 0;
        long offset = -1;
        for (int i = 0; i <= value.length; i++) {
            if (i == value.length || value[i] == ',') {
                long number = number("GNU.sparse.map", Arrays.copyOfRange(value, at, i), position);
                if (offset < 0) {
                    offset = number;
                } else {
                    map.add(offset, number, position);
                    offset = -1;
                }
                at = i + 1;
            }
        }
        if (offset >= 0) {
            throw TarHeader.malformed(position, "GNU.sparse.map ends after an offset");
        }
    }

    private SparseMap map() {
        if (sparseMap == null) {
            sparseMap = new SparseMap();
        }
        return sparseMap;
    }

    static long number(String keyword, byte[] digits, long position) throws IOException {
        long value = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9' || value > (Long.MAX_VALUE - 9) / 10) {
                throw notANumber(keyword, digits, position);
            }
            value = value * 10 + digit - '0';
        }
        if (digits.length == 0) {
            throw notANumber(keyword, digits, position);
        }
        return value;
    }

    private static IOException notANumber(String keyword, byte[] value, long position) {
        String shown = new String(value, 0, Math.min(value.length, 40), StandardCharsets.UTF_8);
        return TarHeader.malformed(position, keyword + " \"" + shown + "\" is not a number that a file can have");
    }

    /** Seconds since 1970 with a sign and a fraction of any length; what is below nanoseconds is cut off. */
    private static Instant time(byte[] value, long position) throws IOException {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        boolean negative = text.startsWith("-");
        int dot = text.indexOf('.');
        String whole = text.substring(negative ? 1 : 0, dot < 0 ? text.length() : dot);
        String fraction = dot < 0 ? "" : text.substring(dot + 1);
        byte[] nine = Arrays.copyOf(fraction.getBytes(StandardCharsets.ISO_8859_1), 9);
        for (int i = Math.min(fraction.length(), 9); i < 9; i++) {
            nine[i] = '0';
        }
        if (!fraction.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw notANumber("mtime", value, position);
        }
        long seconds = number("mtime", whole.getBytes(StandardCharsets.ISO_8859_1), position);
        long nanos = number("mtime", nine, position);
        try {
            return negative ? Instant.ofEpochSecond(-seconds, -nanos) : Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw notANumber("mtime", value, position);
        }
    }

    private void libarchiveXattr(String name, byte[] value, long position) throws IOException {
        try {
            // libarchive leaves the padding out and escapes names as URLs do
            xattrs.putIfAbsent(
                    percentDecoded(name, true),
                    Base64.getDecoder().decode(new String(value, StandardCharsets.ISO_8859_1).replaceAll("[=\n]", "")));
        } catch (IllegalArgumentException notBase64) {
            throw TarHeader.malformed(position, "the value of xattr " + name + " is not base64");
        }
    }

    /** GNU tar writes {@code =} and {@code %} of an xattr's name as {@code %3D} and {@code %25}. */
    private static String decodedXattrName(String name) {
        return percentDecoded(name, false);
    }

    private static String percentDecoded(String name, boolean all) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int value = -1;
            if (bytes[i] == '%' && i + 2 < bytes.length) {
                int high = Character.digit(bytes[i + 1], 16);
                int low = Character.digit(bytes[i + 2], 16);
                value = high < 0 || low < 0 ? -1 : (high << 4) | low;
            }
            boolean escaped = value >= 0 && (all || value == '=' || value == '%');
            decoded.write(escaped ? value : bytes[i]);
            i += escaped ? 2 : 0;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes, int from, int to, long position) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw TarHeader.malformed(position, "a pax keyword or xattr name is not UTF-8");
        }
    }
}
