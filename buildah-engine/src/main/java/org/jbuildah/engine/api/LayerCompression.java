package org.jbuildah.engine.api;

import org.jbuildah.engine.oci.Compression;
import org.jspecify.annotations.Nullable;

/**
 * How layers are packed where an image leaves as blobs: in a registry, a layout, an archive of OCI's. The store keeps them as they are.
 *
 * @param kind null for gzip in a registry, and as they are stored elsewhere
 * @param level what the kind understands by it: 1 to 9 for gzip, 1 to 20 for zstd; null for its default
 * @param force also the layers that were pulled packed in another way
 */
public record LayerCompression(@Nullable Compression kind, @Nullable Integer level, boolean force) {
    public static final LayerCompression DEFAULT = new LayerCompression(null, null, false);

    private static final int MOST_OF_GZIP = 9;
    private static final int MOST_OF_ZSTD = 20;

    public LayerCompression {
        int most = kind == Compression.ZSTD ? MOST_OF_ZSTD : MOST_OF_GZIP;
        if (level != null && (level < 1 || level > most)) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The compression level is " + level + ", and " + (kind == Compression.ZSTD ? "zstd" : "gzip")
                            + " has the levels 1 to " + most + ".",
                    "Choose one of them; a higher one takes longer and packs closer.");
        }
    }

    /** Reads buildah's words; null for what is not said. */
    public static LayerCompression of(@Nullable String kind, @Nullable Integer level, boolean force) {
        if (kind == null && level == null && !force) {
            return DEFAULT;
        }
        return new LayerCompression(kind(kind == null ? "gzip" : kind), level, force);
    }

    private static Compression kind(String word) {
        return switch (word) {
            case "gzip" -> Compression.GZIP;
            case "zstd" -> Compression.ZSTD;
            default ->
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The compression \"" + word + "\" is not there.",
                        word.equals("zstd:chunked")
                                ? "Use zstd; zstd:chunked is zstd with a table of contents for lazy pulls, which this program does not write."
                                : "It is gzip or zstd.");
        };
    }

    /** True where layers are packed wherever they go. */
    public boolean asked() {
        return kind != null;
    }
}
