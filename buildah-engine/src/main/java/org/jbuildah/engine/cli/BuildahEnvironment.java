package org.jbuildah.engine.cli;

import java.util.List;
import java.util.Map;

/**
 * buildah's environment variables: {@code STORAGE_DRIVER}, {@code STORAGE_OPTS}, {@code BUILDAH_ISOLATION}, {@code BUILDAH_RUNTIME}, {@code BUILDAH_FORMAT} and {@code BUILDAH_LAYERS} are honoured where
 * they are read, the others are refused by name unless what they ask for is what happens anyway.
 */
final class BuildahEnvironment {
    private static final List<String> NOT_THERE_YET =
            List.of("BUILDAH_HISTORY", "BUILDAH_CPPFLAGS", "BUILD_REGISTRY_SOURCES");

    private BuildahEnvironment() {}

    static void check(Map<String, String> environment) {
        for (String name : NOT_THERE_YET) {
            if (!environment.getOrDefault(name, "").isEmpty()) {
                throw Cli.wrong(
                        "The environment variable " + name + " is buildah's and has no effect here yet.",
                        "Unset it for this build.");
            }
        }
    }
}
