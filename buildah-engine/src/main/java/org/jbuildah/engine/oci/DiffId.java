package org.jbuildah.engine.oci;

/**
 * The digest of a layer's uncompressed tar.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-diffid">image-spec: layer DiffID</a>
 */
public record DiffId(Digest digest) {
    public static DiffId parse(String text) {
        return new DiffId(Digest.parse(text));
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
