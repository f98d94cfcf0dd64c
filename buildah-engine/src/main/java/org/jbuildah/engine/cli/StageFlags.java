package org.jbuildah.engine.cli;

import org.jbuildah.engine.api.StageOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which stages are built, for what platform, and how many at a time. */
final class StageFlags {
    @Option(names = "--target", paramLabel = "STAGE", description = "The stage to build. Default: the last.")
    private @Nullable String target;

    @Mixin
    private final PlatformFlags platforms = new PlatformFlags();

    @Option(
            names = "--all-platforms",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Builds for all platforms of Linux that all base images are there for.")
    private boolean allPlatforms;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many stages are built at a time; 0 for no limit, 1 for one after another. Default: 0.")
    private int jobs;

    @Option(
            names = "--skip-unused-stages",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "False: stages that the target does not need are built, too. Default: true.")
    private boolean skipUnused = true;

    StageOptions options() {
        return StageOptions.DEFAULT
                .withTarget(target)
                .withPlatforms(platforms.platforms())
                .withAllPlatforms(allPlatforms)
                .withJobs(jobs)
                .withEveryStage(!skipUnused);
    }
}
