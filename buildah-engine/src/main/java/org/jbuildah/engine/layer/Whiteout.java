package org.jbuildah.engine.layer;

import java.util.Optional;

/**
 * The markers of removal in a layer.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts">image-spec: whiteouts</a>
 */
public final class Whiteout {
    private Whiteout() {}

    /** The name that a marker removes, if this is the name of a whiteout (not of an opaque one). */
    public static Optional<EntryName> removedBy(EntryName marker) {
        throw new IllegalStateException("contract only");
    }

    /** True for {@code .wh..wh..opq}: the directory shows nothing of the layers below. */
    public static boolean isOpaqueMarker(EntryName name) {
        throw new IllegalStateException("contract only");
    }

    /** The marker that removes {@code name}. */
    public static EntryName markerFor(EntryName name) {
        throw new IllegalStateException("contract only");
    }

    /** The marker that makes {@code directory} opaque. */
    public static EntryName opaqueMarkerIn(EntryName directory) {
        throw new IllegalStateException("contract only");
    }
}
