package org.jbuildah.engine.api;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files that receive what a build came to; null for none.
 *
 * @param id {@code sha256:} and the image id
 * @param bareId the image id's 64 digits
 * @param metadata a JSON object with BuildKit's fields: {@code containerimage.config.digest}, {@code containerimage.descriptor}, {@code
 *     containerimage.digest} and {@code image.name}
 */
public record ResultFiles(@Nullable Path id, @Nullable Path bareId, @Nullable Path metadata) {
    public static final ResultFiles NONE = new ResultFiles(null, null, null);
}
