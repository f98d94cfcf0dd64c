package org.jbuildah.engine.api;

import java.util.List;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Platform;

/**
 * A finished image, or images for several platforms under an index.
 *
 * @param imageId the digest of the config, which does not depend on the format; of an index, which has none, its own digest
 * @param manifest the digest of the manifest, or of the index, in the local store
 * @param names full references, such as {@code localhost/shop:1.0}
 * @param layers how many, the base's included; of an index, those of all its images
 * @param sizeInBytes of the layers, uncompressed
 * @param delivered one for each requested output, in the same order
 * @param platforms what an index has images for; none where one image was built
 */
public record BuildResult(
        Digest imageId,
        Digest manifest,
        List<String> names,
        int layers,
        long sizeInBytes,
        List<Delivered> delivered,
        List<Platform> platforms) {
    public BuildResult {
        names = List.copyOf(names);
        delivered = List.copyOf(delivered);
        platforms = List.copyOf(platforms);
    }

    /** One image. */
    public BuildResult(
            Digest imageId,
            Digest manifest,
            List<String> names,
            int layers,
            long sizeInBytes,
            List<Delivered> delivered) {
        this(imageId, manifest, names, layers, sizeInBytes, delivered, List.of());
    }

    /** An output as it was written; its manifest may differ from the store's, since a push compresses. */
    public record Delivered(Output output, Digest manifest) {}
}
