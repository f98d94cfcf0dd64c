package org.jbuildah.maven.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jbuildah.engine.api.BuildEnvironment;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.RuntimeOptions;
import org.jbuildah.engine.api.StorageDriver;
import org.jspecify.annotations.Nullable;

/** What a goal's parameters ask of the machine; where they say nothing, the environment may. */
public final class ModeConfiguration {
    private static final Word<BuildMode> MODES = new Word<>("mode", words(BuildMode.values(), BuildMode::word));
    private static final Word<StorageDriver> DRIVERS =
            new Word<>("storageDriver", words(StorageDriver.values(), StorageDriver::word));

    private @Nullable String mode;
    private @Nullable String storageDriver;
    private List<String> storageOptions = List.of();
    private boolean allowWeakIsolation;
    private boolean allowNestedRuntime;
    private String runtime = "";
    private List<String> runtimeFlags = List.of();

    private static <T> Map<String, T> words(T[] values, Function<T, String> word) {
        return Stream.of(values).collect(Collectors.toMap(word, value -> value));
    }

    public ModeConfiguration mode(@Nullable String value) {
        mode = value;
        return this;
    }

    public ModeConfiguration storageDriver(@Nullable String value) {
        storageDriver = value;
        return this;
    }

    public ModeConfiguration storageOptions(@Nullable List<String> value) {
        storageOptions = value == null ? List.of() : value;
        return this;
    }

    public ModeConfiguration allowWeakIsolation(boolean value) {
        allowWeakIsolation = value;
        return this;
    }

    public ModeConfiguration allowNestedRuntime(boolean value) {
        allowNestedRuntime = value;
        return this;
    }

    public ModeConfiguration runtime(@Nullable String value, @Nullable List<String> flags) {
        runtime = value == null ? "" : value.strip();
        runtimeFlags = flags == null ? List.of() : flags;
        return this;
    }

    /** @throws RequestInvalid at the first value that has no meaning */
    public ModeOptions options(Map<String, String> variables) {
        BuildEnvironment environment = new BuildEnvironment(variables);
        return ModeOptions.DEFAULT
                .withMode(
                        mode == null || mode.isBlank() ? environment.mode().orElse(BuildMode.AUTO) : MODES.parse(mode))
                .withStorageDriver(
                        storageDriver == null || storageDriver.isBlank()
                                ? environment.storageDriver().orElse(StorageDriver.AUTO)
                                : DRIVERS.parse(storageDriver))
                .withStorageOptions(storageOptions.isEmpty() ? environment.storageOptions() : storageOptions)
                .withAllowWeakIsolation(allowWeakIsolation)
                .withAllowNestedRuntime(allowNestedRuntime)
                .withRuntime(RuntimeOptions.of(
                        runtime.isEmpty() ? variables.getOrDefault("BUILDAH_RUNTIME", "") : runtime, runtimeFlags));
    }
}
