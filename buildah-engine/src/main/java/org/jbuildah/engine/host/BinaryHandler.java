package org.jbuildah.engine.host;

import java.util.HexFormat;
import java.util.Optional;

/**
 * An emulator that the kernel starts in place of a program, as its file below {@code /proc/sys/fs/binfmt_misc} says.
 *
 * @param flags {@code F}: the kernel holds the interpreter open, so that it need not be in the image
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record BinaryHandler(String name, String interpreter, String flags, int offset, byte[] magic, byte[] mask) {
    /** @return empty for one that is switched off or goes by a file's name */
    static Optional<BinaryHandler> parse(String name, String text) {
        String magic = field(text, "magic");
        if (!text.startsWith("enabled") || magic.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(magic);
            String mask = field(text, "mask");
            String offset = field(text, "offset");
            return Optional.of(new BinaryHandler(
                    name,
                    field(text, "interpreter"),
                    field(text, "flags:"),
                    offset.isEmpty() ? 0 : Integer.parseInt(offset),
                    bytes,
                    HexFormat.of().parseHex(mask.isEmpty() ? "ff".repeat(bytes.length) : mask)));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static String field(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    boolean takes(ElfHeader header) {
        byte[] bytes = header.bytes();
        if (magic.length != mask.length || offset + magic.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (((bytes[offset + i] ^ magic[i]) & mask[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean staysOpen() {
        return flags.contains("F");
    }
}
