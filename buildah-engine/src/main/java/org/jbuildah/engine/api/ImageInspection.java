package org.jbuildah.engine.api;

import org.jbuildah.engine.oci.Digest;

/**
 * An image of the store as its documents have it.
 *
 * @param name its full reference
 * @param manifestDigest of {@code manifest}
 * @param config the document whose digest is the image's id
 */
public record ImageInspection(String name, Digest imageId, Digest manifestDigest, String manifest, String config) {}
