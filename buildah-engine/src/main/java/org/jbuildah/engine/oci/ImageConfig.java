package org.jbuildah.engine.oci;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image's config document: platform, how to run it, its layers and its history. The digest of its bytes is the image id.
 *
 * <p>Law: the non-empty lines of the history are as many as the layers.
 *
 * @param diffIds lowest layer first
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">image-spec: config</a>
 */
public record ImageConfig(
        Platform platform,
        String author,
        @Nullable Instant created,
        ContainerConfig container,
        List<DiffId> diffIds,
        List<History> history) {
    public ImageConfig {
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }

    /** An empty history is none at all: then the law does not hold. */
    public ImageConfig withHistory(List<History> lines) {
        return new ImageConfig(platform, author, created, container, diffIds, lines);
    }
}
