package org.jbuildah.engine.cli;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.StageOptions;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stages are built, for what platform, and how many at a time. */
final class StageFlags {
    @Option(names = "--target", paramLabel = "STAGE", description = "The stage to build. Default: the last.")
    private @Nullable String target;

    @Option(
            names = "--platform",
            split = ",",
            paramLabel = "OS/ARCH[/VARIANT]",
            description =
                    "What the image is to run on; of several platforms (a list, or the option several times) the result is an "
                            + "index of images. Default: Linux on this machine's architecture.")
    private List<String> platforms = new ArrayList<>();

    @Option(names = "--os", paramLabel = "OS", description = "The operating system, where --platform is not given.")
    private @Nullable String os;

    @Option(names = "--arch", paramLabel = "ARCH", description = "The architecture, where --platform is not given.")
    private @Nullable String architecture;

    @Option(
            names = "--variant",
            paramLabel = "VARIANT",
            description = "The architecture's variant, where --platform is not given.")
    private @Nullable String variant;

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
                .withPlatforms(platforms())
                .withJobs(jobs)
                .withEveryStage(!skipUnused);
    }

    private List<Platform> platforms() {
        boolean parts = os != null || architecture != null || variant != null;
        if (parts && !platforms.isEmpty()) {
            throw Cli.wrong(
                    "--platform and --os, --arch or --variant ask for the same thing.",
                    "Write --platform OS/ARCH/VARIANT alone.");
        }
        if (!parts) {
            return platforms.stream().map(StageFlags::parsed).distinct().toList();
        }
        Platform own = Platform.ofThisMachine();
        String written = (os == null ? own.os() : os) + "/"
                + (architecture == null ? own.architecture() : architecture)
                + (variant == null ? "" : "/" + variant);
        return List.of(parsed(written));
    }

    private static Platform parsed(String word) {
        try {
            return Platform.parse(word);
        } catch (IllegalArgumentException wrong) {
            throw Cli.wrong(
                    "The platform \"" + word + "\" " + wrong.getMessage() + ".",
                    "Write, for example, --platform linux/arm64.");
        }
    }
}
