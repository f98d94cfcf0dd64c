package org.jbuildah.engine.cli;

import java.util.Map;
import org.jbuildah.engine.api.HelperOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The container of the mode docker-with-fuse. */
final class HelperFlags {
    @Option(
            names = "--helper-image",
            paramLabel = "IMAGE",
            description =
                    "The image of the container in which docker-with-fuse builds: with Java 17 or later and unshare. "
                            + "Default: $BUILDAH_HELPER_IMAGE, else docker.io/library/eclipse-temurin:17-jre.")
    private @Nullable String image;

    HelperOptions options(Map<String, String> environment) {
        String chosen = image == null ? environment.getOrDefault("BUILDAH_HELPER_IMAGE", "") : image;
        return chosen.isEmpty() && image == null ? HelperOptions.DEFAULT : HelperOptions.DEFAULT.withImage(chosen);
    }
}
