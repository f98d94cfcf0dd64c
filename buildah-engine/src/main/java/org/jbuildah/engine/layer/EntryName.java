package org.jbuildah.engine.layer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a file inside an image, relative to its root: raw bytes, components joined by single slashes, no leading or
 * trailing slash, no {@code .} and no {@code ..}. The root itself is the empty name. Ordered by unsigned bytes.
 */
public final class EntryName implements Comparable<EntryName> {
    public static final EntryName ROOT = new EntryName(new byte[0]);

    private final byte[] bytes;

    private EntryName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a path as tar headers and users write it: a leading {@code /} or {@code ./}, doubled and trailing slashes and
     * {@code .} components are dropped.
     *
     * @throws IllegalArgumentException if a component is {@code ..} or holds a NUL byte
     */
    public static EntryName of(byte[] path) {
        if (isClean(path)) {
            return path.length == 0 ? ROOT : new EntryName(path.clone());
        }
        ByteArrayOutputStream clean = new ByteArrayOutputStream(path.length);
        int start = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i < path.length && path[i] == 0) {
                throw new IllegalArgumentException("NUL byte in file name");
            }
            if (i == path.length || path[i] == '/') {
                int length = i - start;
                boolean dot = length == 1 && path[start] == '.';
                if (length == 2 && path[start] == '.' && path[start + 1] == '.') {
                    throw new IllegalArgumentException(
                            "\"..\" in file name \"" + new String(path, StandardCharsets.UTF_8) + "\"");
                }
                if (length > 0 && !dot) {
                    if (clean.size() > 0) {
                        clean.write('/');
                    }
                    clean.write(path, start, length);
                }
                start = i + 1;
            }
        }
        return clean.size() == 0 ? ROOT : new EntryName(clean.toByteArray());
    }

    /** True when the bytes are a name already: the common case, and cheap to see. */
    private static boolean isClean(byte[] path) {
        int start = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                int length = i - start;
                if (length == 0 ? path.length > 0 : length <= 2 && path[start] == '.') {
                    return false;
                }
                start = i + 1;
            } else if (path[i] == 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes bytes that came out of a name before, without checking and without copying them. */
    static EntryName ofOwn(byte[] clean) {
        return clean.length == 0 ? ROOT : new EntryName(clean);
    }

    /** The bytes themselves, for readers in this room that do not change them. */
    byte[] rawBytes() {
        return bytes;
    }

    /** As {@link #of(byte[])}, of the text's UTF-8 bytes. */
    public static EntryName of(String path) {
        return of(path.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean isRoot() {
        return bytes.length == 0;
    }

    /** The directory that holds this entry; the root is its own. */
    public EntryName parent() {
        int slash = lastSlash();
        return slash < 0 ? ROOT : new EntryName(Arrays.copyOf(bytes, slash));
    }

    /** The last component; empty for the root. */
    public byte[] lastComponent() {
        return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
    }

    /** The entry of that name inside this directory; {@code relative} may have several components. */
    public EntryName resolve(EntryName relative) {
        if (isRoot()) {
            return relative;
        }
        if (relative.isRoot()) {
            return this;
        }
        byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + relative.bytes.length);
        joined[bytes.length] = '/';
        System.arraycopy(relative.bytes, 0, joined, bytes.length + 1, relative.bytes.length);
        return new EntryName(joined);
    }

    /** True for the directory itself and for all below it. */
    public boolean isWithin(EntryName directory) {
        int length = directory.bytes.length;
        return length == 0
                || (bytes.length >= length
                        && Arrays.equals(bytes, 0, length, directory.bytes, 0, length)
                        && (bytes.length == length || bytes[length] == '/'));
    }

    /**
     * What {@link #resolve} added to {@code directory}.
     *
     * @throws IllegalArgumentException unless this entry {@link #isWithin} it
     */
    public EntryName relativeTo(EntryName directory) {
        if (!isWithin(directory)) {
            throw new IllegalArgumentException("\"" + this + "\" is not within \"" + directory + "\"");
        }
        if (directory.isRoot()) {
            return this;
        }
        return bytes.length == directory.bytes.length
                ? ROOT
                : new EntryName(Arrays.copyOfRange(bytes, directory.bytes.length + 1, bytes.length));
    }

    private int lastSlash() {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int compareTo(EntryName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people: the bytes read as UTF-8, which loses what is not; never turn it back into a name. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
