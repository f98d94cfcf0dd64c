package org.jbuildah.engine.api;

/**
 * The container in which a whole build happens where the mode is {@link BuildMode#DOCKER_WITH_FUSE}.
 *
 * @param image an image with Java 17 or later and {@code unshare}, as util-linux and busybox have it
 * @param store the name of the volume that keeps layers, cache directories and what earlier builds made; all builds of one name share it
 */
public record HelperOptions(String image, String store) {
    /** With its registry, since podman asks back for a name without one. */
    public static final HelperOptions DEFAULT =
            new HelperOptions("docker.io/library/eclipse-temurin:17-jre", "jbuildah-store");

    public HelperOptions {
        if (image.isBlank() || store.isBlank()) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The helper container has no image, or no name for its store.",
                    "Leave the option out for docker.io/library/eclipse-temurin:17-jre.");
        }
    }

    public HelperOptions withImage(String value) {
        return new HelperOptions(value, store);
    }
}
