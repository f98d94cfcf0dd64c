package org.jbuildah.engine.oci;

/** How a layer's tar is packed as a blob. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD;

    /** What a media type says; types that say nothing are plain. */
    public static Compression of(String mediaType) {
        if (mediaType.endsWith("gzip")) {
            return GZIP;
        }
        return mediaType.endsWith("zstd") ? ZSTD : NONE;
    }

    /** What the first bytes of a blob say: at least four of them, fewer are plain. */
    public static Compression sniff(byte[] start, int length) {
        if (length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
            return GZIP;
        }
        boolean frame = length >= 4
                && start[0] == 0x28
                && start[1] == (byte) 0xb5
                && start[2] == 0x2f
                && start[3] == (byte) 0xfd;
        boolean skippable =
                length >= 4 && (start[0] & 0xf0) == 0x50 && start[1] == 0x2a && start[2] == 0x4d && start[3] == 0x18;
        return frame || skippable ? ZSTD : NONE;
    }
}
