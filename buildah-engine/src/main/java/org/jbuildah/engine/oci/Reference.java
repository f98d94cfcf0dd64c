package org.jbuildah.engine.oci;

import org.jspecify.annotations.Nullable;

/**
 * The name of an image in a registry.
 *
 * @param registry {@code host[:port]}, such as {@code docker.io}
 * @param repository the path in it, such as {@code library/debian}
 * @param tag null where a digest alone is given
 * @param digest null where a tag alone is given; both may be there, and the digest counts
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">distribution-spec</a>
 * @see <a href="https://github.com/distribution/reference">the reference grammar</a>
 */
public record Reference(String registry, String repository, @Nullable String tag, @Nullable Digest digest) {
    /**
     * Reads a reference as users write it: without a registry it is Docker Hub's ({@code docker.io}, and {@code library/} for a
     * single name), without tag and digest it is {@code latest}.
     *
     * @throws IllegalArgumentException with a sentence for the user if the grammar does not allow it
     */
    public static Reference parse(String text) {
        throw new IllegalStateException("contract only");
    }

    /** As {@link #parse}, but a name without a registry is {@code localhost/NAME}: what a build's own names mean. */
    public static Reference parseLocal(String text) {
        throw new IllegalStateException("contract only");
    }

    /** {@code registry/repository[:tag][@digest]}. */
    @Override
    public String toString() {
        return registry + "/" + repository + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
