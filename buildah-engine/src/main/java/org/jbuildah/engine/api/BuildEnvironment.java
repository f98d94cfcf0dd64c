package org.jbuildah.engine.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the environment says about {@code RUN}, in jbuildah's words, buildah's and werf's.
 *
 * <p>Law: an option or a parameter counts before any variable; among variables jbuildah's counts before buildah's, and buildah's before
 * werf's. One that is empty says nothing. A variable that another one overrules is not even read.
 *
 * @param variables of this process
 */
public record BuildEnvironment(Map<String, String> variables) {
    private static final String MODE = "BUILDAH_MODE";
    private static final String ISOLATION = "BUILDAH_ISOLATION";
    private static final String WERF_MODE = "WERF_BUILDAH_MODE";
    private static final String DRIVER = "STORAGE_DRIVER";
    private static final String WERF_DRIVER = "WERF_BUILDAH_STORAGE_DRIVER";
    private static final String STORAGE_OPTIONS = "STORAGE_OPTS";
    private static final String WERF_ULIMITS = "WERF_BUILDAH_ULIMIT";

    public BuildEnvironment {
        variables = Map.copyOf(variables);
    }

    private String value(String name) {
        return variables.getOrDefault(name, "").strip();
    }

    /** All of it that concerns modes. */
    public ModeOptions modes() {
        return StorageOption.applied(
                ModeOptions.DEFAULT
                        .withMode(mode().orElse(BuildMode.AUTO))
                        .withStorageDriver(storageDriver().orElse(StorageDriver.AUTO)),
                storageOptions());
    }

    public Optional<BuildMode> mode() {
        if (!value(MODE).isEmpty()) {
            return Optional.of(word(MODE, BuildMode.values(), BuildMode::word));
        }
        if (!value(ISOLATION).isEmpty()) {
            return Optional.of(BuildMode.ofIsolation(ISOLATION, value(ISOLATION)));
        }
        return switch (value(WERF_MODE)) {
            case "" -> Optional.empty();
            // werf builds with docker's own server then, and says nothing about how to build without
            case "docker" -> Optional.empty();
            case "default" -> Optional.of(BuildMode.AUTO);
            default -> Optional.of(word(WERF_MODE, BuildMode.values(), BuildMode::word));
        };
    }

    public Optional<StorageDriver> storageDriver() {
        if (!value(DRIVER).isEmpty()) {
            // the name that containers/storage knows its overlay by, too
            return value(DRIVER).equals("overlay2")
                    ? Optional.of(StorageDriver.OVERLAY)
                    : Optional.of(word(DRIVER, StorageDriver.values(), StorageDriver::word));
        }
        return switch (value(WERF_DRIVER)) {
            case "" -> Optional.empty();
            case "default" -> Optional.of(StorageDriver.AUTO);
            default -> Optional.of(word(WERF_DRIVER, StorageDriver.values(), StorageDriver::word));
        };
    }

    /** {@code STORAGE_OPTS}, separated by commas. */
    public List<String> storageOptions() {
        return listed(STORAGE_OPTIONS);
    }

    /** {@code WERF_BUILDAH_ULIMIT}: {@code type=soft[:hard]} or {@code type:soft[:hard]}, separated by commas. */
    public List<Ulimit> ulimits() {
        return listed(WERF_ULIMITS).stream().map(Ulimit::parse).toList();
    }

    private List<String> listed(String name) {
        return Arrays.stream(value(name).split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private <T> T word(String name, T[] values, Function<T, String> words) {
        return Arrays.stream(values)
                .filter(candidate -> words.apply(candidate).equals(value(name)))
                .findFirst()
                .orElseThrow(() -> new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The environment variable " + name + " is \"" + value(name) + "\".",
                        "It is one of " + Arrays.stream(values).map(words).collect(Collectors.joining(", "))
                                + "; or unset it for this build."));
    }
}
