package org.jbuildah.engine.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The markers of removal in a layer. They act on the layers below, never on their own.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts">image-spec: whiteouts</a>
 */
public final class Whiteout {
    private static final byte[] PREFIX = ".wh.".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESERVED = ".wh..wh.".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPAQUE = ".wh..wh..opq".getBytes(StandardCharsets.US_ASCII);
    private static final EntryName OPAQUE_NAME = EntryName.of(OPAQUE);

    private Whiteout() {}

    /**
     * The name that a marker removes, if this is the name of a whiteout (not of an opaque one). Empty too for what only looks like one
     * and could remove nothing: {@code .wh.} alone, before {@code .} or {@code ..}, and AUFS's own {@code .wh..wh.*}.
     */
    public static Optional<EntryName> removedBy(EntryName marker) {
        byte[] last = marker.lastComponent();
        if (!startsWith(last, PREFIX) || startsWith(last, RESERVED)) {
            return Optional.empty();
        }
        byte[] removed = Arrays.copyOfRange(last, PREFIX.length, last.length);
        String text = new String(removed, StandardCharsets.ISO_8859_1);
        return text.isEmpty() || text.equals(".") || text.equals("..")
                ? Optional.empty()
                : Optional.of(marker.parent().resolve(EntryName.of(removed)));
    }

    /** True for {@code .wh..wh..opq}: the directory shows nothing of the layers below. */
    public static boolean isOpaqueMarker(EntryName name) {
        return Arrays.equals(name.lastComponent(), OPAQUE);
    }

    /** True for every name that belongs to the markers: no file of an image can bear it. */
    public static boolean isMarker(EntryName name) {
        return startsWith(name.lastComponent(), PREFIX);
    }

    /** True for what AUFS kept for itself, {@code .wh..wh.plnk} and such; the opaque marker is not among them. */
    static boolean isReserved(EntryName name) {
        return startsWith(name.lastComponent(), RESERVED) && !isOpaqueMarker(name);
    }

    /**
     * The marker that removes {@code name}.
     *
     * @throws IllegalArgumentException for the root, and for a name that is itself a marker's
     */
    public static EntryName markerFor(EntryName name) {
        if (name.isRoot() || isMarker(name)) {
            throw new IllegalArgumentException("no whiteout can remove \"" + name + "\"");
        }
        byte[] last = name.lastComponent();
        byte[] marker = Arrays.copyOf(PREFIX, PREFIX.length + last.length);
        System.arraycopy(last, 0, marker, PREFIX.length, last.length);
        return name.parent().resolve(EntryName.of(marker));
    }

    /** The marker that makes {@code directory} opaque. */
    public static EntryName opaqueMarkerIn(EntryName directory) {
        return directory.resolve(OPAQUE_NAME);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
