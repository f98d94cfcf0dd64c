package org.jbuildah.engine.cli;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an image is to run on. */
final class PlatformFlags {
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

    /** In the order of the command line; none where nothing is said. */
    List<Platform> platforms() {
        boolean parts = os != null || architecture != null || variant != null;
        if (parts && !platforms.isEmpty()) {
            throw Cli.wrong(
                    "--platform and --os, --arch or --variant ask for the same thing.",
                    "Write --platform OS/ARCH/VARIANT alone.");
        }
        if (!parts) {
            return platforms.stream().map(PlatformFlags::parsed).distinct().toList();
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

    /** The one that is written, else Linux on this machine's architecture. */
    Platform only() {
        List<Platform> all = platforms();
        if (all.size() > 1) {
            throw Cli.wrong("There are several platforms, and one is meant here.", "Name one at a time.");
        }
        return all.isEmpty() ? Platform.ofThisMachine() : all.get(0);
    }
}
