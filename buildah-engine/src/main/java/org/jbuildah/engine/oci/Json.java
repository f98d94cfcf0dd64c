package org.jbuildah.engine.oci;

/**
 * The documents of the image spec as bytes, and back. Output is what Go's encoder would write (order of fields by the
 * specification's structs, {@code <}, {@code >} and {@code &} escaped, no white space), so that equal images have equal ids.
 */
public final class Json {
    private Json() {}

    /** @throws IllegalArgumentException if it is not a config; the message says what is wrong */
    public static ImageConfig parseConfig(byte[] json) {
        throw new IllegalStateException("contract only");
    }

    public static byte[] write(ImageConfig config) {
        throw new IllegalStateException("contract only");
    }

    public static Manifest parseManifest(byte[] json) {
        throw new IllegalStateException("contract only");
    }

    public static byte[] write(Manifest manifest) {
        throw new IllegalStateException("contract only");
    }

    public static Index parseIndex(byte[] json) {
        throw new IllegalStateException("contract only");
    }

    public static byte[] write(Index index) {
        throw new IllegalStateException("contract only");
    }

    /** The {@code mediaType} of a manifest or index document; deduced from its fields where it does not say. */
    public static String mediaTypeOf(byte[] json) {
        throw new IllegalStateException("contract only");
    }
}
