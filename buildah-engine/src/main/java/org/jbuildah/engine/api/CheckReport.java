package org.jbuildah.engine.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "is this Dockerfile all right?": what the build checks found, and what would stop a build of it.
 *
 * @param source the Dockerfile
 * @param warnings in the order of their lines
 * @param error why it could not be built: a mistake in it, or warnings that {@code check=error=true} makes errors; null where it could
 */
public record CheckReport(SourceText source, List<CheckWarning> warnings, @Nullable BuildException error) {
    public CheckReport {
        warnings = List.copyOf(warnings);
    }

    public Optional<BuildException> failure() {
        return Optional.ofNullable(error);
    }
}
