package org.jbuildah.engine.fetch;

import java.net.URI;
import java.time.Instant;
import org.jbuildah.engine.oci.Digest;

/**
 * A file that was fetched; {@link org.jbuildah.engine.content.ContentStore#open} has its bytes.
 *
 * @param finalUri where it came from in the end, redirects followed
 * @param name what the server calls it, or its last address; {@code download} where neither has a name
 * @param modified what {@code Last-Modified} says; the epoch where it says nothing, as in BuildKit
 */
public record Download(Digest digest, long size, URI finalUri, String name, Instant modified) {}
