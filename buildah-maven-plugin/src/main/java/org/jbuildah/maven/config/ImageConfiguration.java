package org.jbuildah.maven.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the parameters of {@code buildah:build} say, as plain values; whatever is not set has its default here. */
public final class ImageConfiguration {
    @Nullable
    Path dockerfile;

    @Nullable
    Path context;

    @Nullable
    String image;

    List<String> tags = List.of();

    @Nullable
    String target;

    Map<String, String> args = Map.of();
    Map<String, String> labels = Map.of();
    String mode = "auto";
    String storageDriver = "auto";
    String format = "oci";
    String pull = "missing";
    int timeoutInSeconds;
    boolean push;
    boolean useCache = true;
    boolean verifyTls = true;
    RunConfiguration runs = new RunConfiguration();

    @Nullable
    List<OutputConfiguration> outputs;

    @Nullable
    Path idFile;

    public ImageConfiguration dockerfile(@Nullable Path value) {
        dockerfile = value;
        return this;
    }

    public ImageConfiguration context(@Nullable Path value) {
        context = value;
        return this;
    }

    public ImageConfiguration image(@Nullable String value) {
        image = value;
        return this;
    }

    public ImageConfiguration tags(@Nullable List<String> value) {
        tags = value == null ? List.of() : List.copyOf(value);
        return this;
    }

    public ImageConfiguration target(@Nullable String value) {
        target = value;
        return this;
    }

    public ImageConfiguration args(@Nullable Map<String, String> value) {
        args = value == null ? Map.of() : new LinkedHashMap<>(value);
        return this;
    }

    public ImageConfiguration labels(@Nullable Map<String, String> value) {
        labels = value == null ? Map.of() : new LinkedHashMap<>(value);
        return this;
    }

    public ImageConfiguration mode(String value) {
        mode = value;
        return this;
    }

    public ImageConfiguration storageDriver(String value) {
        storageDriver = value;
        return this;
    }

    public ImageConfiguration format(String value) {
        format = value;
        return this;
    }

    public ImageConfiguration pull(String value) {
        pull = value;
        return this;
    }

    public ImageConfiguration timeoutInSeconds(int value) {
        timeoutInSeconds = value;
        return this;
    }

    public ImageConfiguration push(boolean value) {
        push = value;
        return this;
    }

    public ImageConfiguration useCache(boolean value) {
        useCache = value;
        return this;
    }

    public ImageConfiguration verifyTls(boolean value) {
        verifyTls = value;
        return this;
    }

    public ImageConfiguration runs(RunConfiguration value) {
        runs = value;
        return this;
    }

    /** @param value null for the default: an OCI layout below the build directory; an empty list for none */
    public ImageConfiguration outputs(@Nullable List<OutputConfiguration> value) {
        outputs = value == null ? null : List.copyOf(value);
        return this;
    }

    public ImageConfiguration idFile(@Nullable Path value) {
        idFile = value;
        return this;
    }
}
