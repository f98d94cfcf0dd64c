package org.jbuildah.engine.api;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a build is to do; immutable, made by {@link #of(Path)} and {@link Builder}.
 *
 * @param context the build context, a directory
 * @param dockerfile the Dockerfile; null for {@code Dockerfile}, else {@code Containerfile}, in the context
 * @param names the image's names, the first one its own; none for an image known by its id only
 * @param args build arguments; each has a value here (a name without one is looked up by the caller)
 * @param target the stage to build; null for the last
 * @param runs for every {@code RUN}
 * @param image for the image that comes out
 * @param files that receive what the build came to
 */
public record BuildRequest(
        Path context,
        @Nullable Path dockerfile,
        List<String> names,
        Map<String, String> args,
        @Nullable String target,
        BuildMode mode,
        StorageDriver storageDriver,
        PullPolicy pull,
        boolean verifyTls,
        boolean useCache,
        RunOptions runs,
        ImageOptions image,
        List<Output> outputs,
        ResultFiles files) {
    public BuildRequest {
        names = List.copyOf(names);
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
        outputs = List.copyOf(outputs);
        if (image.dockerFormat()
                && (image.createdAnnotation() || !image.annotations().set().isEmpty())) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The image is to have annotations and Docker's format, whose manifests know none.",
                    "Leave out the format, which is then OCI's, or the annotations; labels are there in both.");
        }
    }

    /** Starts a request for a build context; all else has its default. */
    public static Builder of(Path context) {
        return new Builder(context);
    }

    public Optional<Path> namedDockerfile() {
        return Optional.ofNullable(dockerfile);
    }

    /** Collects a {@link BuildRequest}. */
    public static final class Builder {
        private final Path context;
        private @Nullable Path dockerfile;
        private List<String> names = List.of();
        private Map<String, String> args = Map.of();
        private @Nullable String target;
        private BuildMode mode = BuildMode.AUTO;
        private StorageDriver storageDriver = StorageDriver.AUTO;
        private PullPolicy pull = PullPolicy.MISSING;
        private boolean verifyTls = true;
        private boolean useCache = true;
        private RunOptions runs = RunOptions.DEFAULT;
        private ImageOptions image = ImageOptions.DEFAULT;
        private List<Output> outputs = List.of();
        private ResultFiles files = ResultFiles.NONE;

        private Builder(Path context) {
            this.context = context;
        }

        public Builder dockerfile(@Nullable Path value) {
            dockerfile = value;
            return this;
        }

        public Builder names(List<String> value) {
            names = value;
            return this;
        }

        public Builder args(Map<String, String> value) {
            args = value;
            return this;
        }

        public Builder target(@Nullable String value) {
            target = value;
            return this;
        }

        public Builder mode(BuildMode value) {
            mode = value;
            return this;
        }

        public Builder storageDriver(StorageDriver value) {
            storageDriver = value;
            return this;
        }

        public Builder pull(PullPolicy value) {
            pull = value;
            return this;
        }

        /** False: a registry may speak plain HTTP or show any certificate. Loopback registries may always. */
        public Builder verifyTls(boolean value) {
            verifyTls = value;
            return this;
        }

        public Builder useCache(boolean value) {
            useCache = value;
            return this;
        }

        public Builder runs(RunOptions value) {
            runs = value;
            return this;
        }

        public Builder image(ImageOptions value) {
            image = value;
            return this;
        }

        public Builder outputs(List<Output> value) {
            outputs = value;
            return this;
        }

        public Builder files(ResultFiles value) {
            files = value;
            return this;
        }

        public BuildRequest build() {
            return new BuildRequest(
                    context,
                    dockerfile,
                    names,
                    args,
                    target,
                    mode,
                    storageDriver,
                    pull,
                    verifyTls,
                    useCache,
                    runs,
                    image,
                    outputs,
                    files);
        }
    }
}
