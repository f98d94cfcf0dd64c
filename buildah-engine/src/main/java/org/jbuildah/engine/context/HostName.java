package org.jbuildah.engine.context;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * File names of the host as raw bytes.
 *
 * <p>A {@link Path}'s text is decoded by the locale, which loses what the locale cannot say; its URI holds every byte. Plain ASCII is the same in both,
 * so only other names take the way through the URI.
 */
public final class HostName {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private HostName() {}

    /** The bytes of a path's last component. */
    static byte[] lastComponent(Path path) {
        String text = String.valueOf(path.getFileName());
        return isAscii(text) ? text.getBytes(StandardCharsets.US_ASCII) : lastComponent(path.toUri());
    }

    private static byte[] lastComponent(URI uri) {
        String raw = uri.getRawPath();
        String trimmed = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw; // as a directory's has one
        return decoded(trimmed.substring(trimmed.lastIndexOf('/') + 1));
    }

    /**
     * The bytes of a symlink's target.
     *
     * @param length the link's size, which on Unix is that of its target: a URI may have a slash more
     */
    static byte[] linkTarget(Path target, long length) {
        String text = target.toString();
        if (isAscii(text)) {
            boolean backslashes = target.getFileSystem().getSeparator().equals("\\");
            return (backslashes ? text.replace('\\', '/') : text).getBytes(StandardCharsets.US_ASCII);
        }
        boolean absolute = target.isAbsolute();
        Path anchored = absolute ? target : target.getFileSystem().getPath("/").resolve(target);
        byte[] bytes = decoded(anchored.toUri().getRawPath());
        byte[] bare = absolute ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
        return Arrays.copyOf(bare, (int) Math.min(bare.length, length));
    }

    /**
     * The file of that name in a directory.
     *
     * @return empty where the host's file system can have no such name, so that on Windows no {@code ..\} leaves the directory
     */
    public static Optional<Path> in(Path directory, byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        String separator = directory.getFileSystem().getSeparator();
        if (text.isEmpty() || text.contains("/") || (!separator.equals("/") && text.contains(separator))) {
            return Optional.empty();
        }
        try {
            return Optional.of(isAscii(text) ? directory.resolve(text) : viaUri(directory, name));
        } catch (IllegalArgumentException e) { // InvalidPathException is one, too
            return Optional.empty();
        }
    }

    /**
     * The target of a symlink that is to be made.
     *
     * @param anywhere a path of the file system that is meant
     * @return empty where the host's file system can have no such target
     */
    public static Optional<Path> target(Path anywhere, byte[] target) {
        String text = new String(target, StandardCharsets.UTF_8);
        try {
            if (isAscii(text)) {
                return text.isEmpty()
                        ? Optional.empty()
                        : Optional.of(anywhere.getFileSystem().getPath(text));
            }
            Path top = anywhere.toAbsolutePath().getRoot();
            String escaped = encoded(target).replace("%2F", "/");
            Path absolute =
                    Path.of(URI.create(top.toUri() + (escaped.startsWith("/") ? escaped.substring(1) : escaped)));
            return Optional.of(escaped.startsWith("/") ? absolute : top.relativize(absolute));
        } catch (IllegalArgumentException e) { // InvalidPathException is one, too
            return Optional.empty();
        }
    }

    private static Path viaUri(Path directory, byte[] name) {
        String base = directory.toUri().toString();
        return Path.of(URI.create((base.endsWith("/") ? base : base + "/") + encoded(name)));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 128);
    }

    private static String encoded(byte[] name) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(name.length * 3);
        for (byte value : name) {
            text.write('%');
            text.write(HEX[(value >> 4) & 0xf]);
            text.write(HEX[value & 0xf]);
        }
        return text.toString(StandardCharsets.US_ASCII);
    }

    private static byte[] decoded(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(raw.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
