package org.jbuildah.engine.api;

import java.time.Instant;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/**
 * An image of the store, in short.
 *
 * @param name the full reference
 * @param created null where the config does not say
 * @param sizeInBytes of the blobs that the manifest names
 */
public record ImageSummary(
        String name, Digest imageId, Digest manifest, Platform platform, @Nullable Instant created, long sizeInBytes) {}
