package org.jbuildah.maven.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.LayerCompression;
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
    ModeConfiguration modes = new ModeConfiguration();

    @Nullable
    String helperImage;

    String format = "oci";
    String pull = "missing";
    int timeoutInSeconds;
    boolean push;
    boolean useCache = true;
    RegistryConfiguration registries = new RegistryConfiguration();
    RunConfiguration runs = new RunConfiguration();
    SourceConfiguration sources = new SourceConfiguration();
    LentConfiguration lent = new LentConfiguration();

    boolean inheritLabels = true;
    List<String> unsetLabels = List.of();
    Map<String, String> annotations = Map.of();
    boolean inheritAnnotations = true;
    List<String> unsetAnnotations = List.of();
    boolean createdAnnotation;
    Map<String, String> env = Map.of();
    List<String> unsetEnv = List.of();
    boolean squash;
    boolean layers = true;
    boolean omitHistory;
    LayerCompression compression = LayerCompression.DEFAULT;

    @Nullable
    String sourceDateEpoch;

    boolean rewriteTimestamp = true;

    @Nullable
    Path metadataFile;

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

    public ImageConfiguration helperImage(@Nullable String value) {
        helperImage = value;
        return this;
    }

    public ImageConfiguration modes(ModeConfiguration value) {
        modes = value;
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

    public ImageConfiguration sources(SourceConfiguration value) {
        sources = value;
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

    public ImageConfiguration registries(RegistryConfiguration value) {
        registries = value;
        return this;
    }

    public ImageConfiguration lent(LentConfiguration value) {
        lent = value;
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

    public ImageConfiguration inheritLabels(boolean value) {
        inheritLabels = value;
        return this;
    }

    public ImageConfiguration inheritAnnotations(boolean value) {
        inheritAnnotations = value;
        return this;
    }

    public ImageConfiguration createdAnnotation(boolean value) {
        createdAnnotation = value;
        return this;
    }

    public ImageConfiguration squash(boolean value) {
        squash = value;
        return this;
    }

    public ImageConfiguration layers(boolean value) {
        layers = value;
        return this;
    }

    public ImageConfiguration omitHistory(boolean value) {
        omitHistory = value;
        return this;
    }

    /**
     * How layers are packed.
     *
     * @param kind gzip or zstd; null for what is usual
     * @param level 0 for the kind's own
     */
    public ImageConfiguration compression(@Nullable String kind, int level, boolean force) {
        compression = LayerCompression.of(kind, level == 0 ? null : level, force);
        return this;
    }

    public ImageConfiguration rewriteTimestamp(boolean value) {
        rewriteTimestamp = value;
        return this;
    }

    public ImageConfiguration unsetLabels(@Nullable List<String> value) {
        unsetLabels = value == null ? List.of() : List.copyOf(value);
        return this;
    }

    public ImageConfiguration unsetAnnotations(@Nullable List<String> value) {
        unsetAnnotations = value == null ? List.of() : List.copyOf(value);
        return this;
    }

    public ImageConfiguration unsetEnv(@Nullable List<String> value) {
        unsetEnv = value == null ? List.of() : List.copyOf(value);
        return this;
    }

    public ImageConfiguration annotations(@Nullable Map<String, String> value) {
        annotations = value == null ? Map.of() : new LinkedHashMap<>(value);
        return this;
    }

    public ImageConfiguration env(@Nullable Map<String, String> value) {
        env = value == null ? Map.of() : new LinkedHashMap<>(value);
        return this;
    }

    /** @param value seconds, or a date as in {@code project.build.outputTimestamp}; null for none, and so is one character that is no digit */
    public ImageConfiguration sourceDateEpoch(@Nullable String value) {
        sourceDateEpoch = value;
        return this;
    }

    public ImageConfiguration metadataFile(@Nullable Path value) {
        metadataFile = value;
        return this;
    }
}
