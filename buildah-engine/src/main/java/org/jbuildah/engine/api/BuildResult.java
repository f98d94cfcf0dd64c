package org.jbuildah.engine.api;

import java.util.List;
import org.jbuildah.engine.oci.Digest;

/**
 * A finished image.
 *
 * @param imageId the digest of the config; does not depend on the format
 * @param manifest the digest of the manifest in the local store
 * @param names full references, such as {@code localhost/shop:1.0}
 * @param layers how many, the base's included
 * @param sizeInBytes of the layers, uncompressed
 * @param delivered one for each requested output, in the same order
 */
public record BuildResult(
        Digest imageId, Digest manifest, List<String> names, int layers, long sizeInBytes, List<Delivered> delivered) {
    public BuildResult {
        names = List.copyOf(names);
        delivered = List.copyOf(delivered);
    }

    /** An output as it was written; its manifest may differ from the store's, since a push compresses. */
    public record Delivered(Output output, Digest manifest) {}
}
