package org.jbuildah.engine.oci;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of an image's history.
 *
 * @param emptyLayer true when the step made no layer
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md#properties">image-spec: config, history</a>
 */
public record History(@Nullable Instant created, String createdBy, String author, String comment, boolean emptyLayer) {
    public History withEmptyLayer(boolean value) {
        return new History(created, createdBy, author, comment, value);
    }

    public History withCreated(@Nullable Instant value) {
        return new History(value, createdBy, author, comment, emptyLayer);
    }
}
