package org.jbuildah.engine.oci;

/**
 * The digest of a layer's uncompressed tar. Compares as {@link Digest} does.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-diffid">image-spec: layer DiffID</a>
 */
public record DiffId(Digest digest) {
    public static DiffId parse(String text) {
        return new DiffId(Digest.parse(text));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiffId diffId && digest.equals(diffId.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
