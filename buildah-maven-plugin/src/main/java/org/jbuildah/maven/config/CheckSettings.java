package org.jbuildah.maven.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jbuildah.engine.lint.ReportFormat;
import org.jspecify.annotations.Nullable;

/**
 * What {@code buildah:check} does with what it finds.
 *
 * @param reportFile absolute; null for none
 */
public record CheckSettings(FailOn failOn, ReportFormat format, @Nullable Path reportFile) {
    /** The least that makes the goal fail. */
    public enum FailOn {
        NEVER,
        WARNING,
        ERROR
    }

    private static final Word<FailOn> FAIL_ON = new Word<>(
            "failOn", "check.failOn", Map.of("never", FailOn.NEVER, "warning", FailOn.WARNING, "error", FailOn.ERROR));
    private static final Word<ReportFormat> FORMAT = new Word<>(
            "format",
            "check.format",
            Stream.of(ReportFormat.values()).collect(Collectors.toMap(ReportFormat::word, format -> format)));

    /**
     * @param reportFile relative to the module; null for the default
     * @throws org.jbuildah.engine.api.RequestInvalid for a word that has no meaning
     */
    public static CheckSettings of(String failOn, String format, @Nullable Path reportFile, Surroundings surroundings) {
        ReportFormat chosen = FORMAT.parse(format);
        return new CheckSettings(FAIL_ON.parse(failOn), chosen, file(chosen, reportFile, surroundings));
    }

    private static @Nullable Path file(ReportFormat format, @Nullable Path named, Surroundings surroundings) {
        if (named != null) {
            return surroundings.baseDirectory().resolve(named).normalize();
        }
        return format == ReportFormat.TEXT
                ? null
                : surroundings.buildDirectory().resolve("buildah-check." + format.word());
    }
}
