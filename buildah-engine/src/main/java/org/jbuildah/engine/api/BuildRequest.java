package org.jbuildah.engine.api;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.oci.Compression;
import org.jspecify.annotations.Nullable;

/**
 * All that a build is to do; immutable, made by {@link #of(Path)} and {@link Builder}.
 *
 * @param input the Dockerfile and the contexts
 * @param names the image's names, the first one its own; none for an image known by its id only
 * @param index an image index that the image is added to, for each platform that it is built for; it is made if there is none. Null for
 *     none; several platforms without it make an index of their own, named by {@code names}
 * @param args build arguments; each has a value here (a name without one is looked up by the caller)
 * @param stages which of them, and for what platform
 * @param modes what is asked of the machine
 * @param registries how they are talked to
 * @param runs for every {@code RUN}
 * @param image for the image that comes out
 * @param files that receive what the build came to
 * @param helper the container of the build, where the mode wants one
 */
public record BuildRequest(
        BuildInput input,
        List<String> names,
        @Nullable String index,
        Map<String, String> args,
        StageOptions stages,
        ModeOptions modes,
        PullPolicy pull,
        RegistryOptions registries,
        boolean useCache,
        RunOptions runs,
        ImageOptions image,
        List<Output> outputs,
        ResultFiles files,
        HelperOptions helper) {
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
        if (image.dockerFormat() && image.compression().kind() == Compression.ZSTD) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "Layers are to be packed with zstd, for which Docker's format has no media type.",
                    "Use the format oci, or gzip.");
        }
        if (stages.severalPlatforms()) {
            refuseWhatHoldsOneImage(outputs, files);
        }
    }

    /** @throws RequestInvalid if what is asked for cannot be had with these stages and platforms */
    public BuildRequest withStages(StageOptions value) {
        return new BuildRequest(
                input,
                names,
                index,
                args,
                value,
                modes,
                pull,
                registries,
                useCache,
                runs,
                image,
                outputs,
                files,
                helper);
    }

    private static void refuseWhatHoldsOneImage(List<Output> outputs, ResultFiles files) {
        for (Output output : outputs) {
            if (output instanceof Output.DockerArchive) {
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The image is to be built for several platforms and written to " + output
                                + ", which holds images without their platforms.",
                        "Write an oci-archive, which docker load takes since Docker 25, or build for one platform.");
            }
        }
        if (files.id() != null || files.bareId() != null) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The image is to be built for several platforms, and the file for the image id holds one id.",
                    "Leave it out; the metadata file has the digest of the index.");
        }
    }

    /** Starts a request for a build context, a directory or a tar file; all else has its default. */
    public static Builder of(Path context) {
        return of(new ContextSource.Local(context));
    }

    /** Starts a request for a build context; all else has its default. */
    public static Builder of(ContextSource context) {
        return new Builder(BuildInput.of(context));
    }

    /** Starts a request for what a build reads; all else has its default. */
    public static Builder of(BuildInput input) {
        return new Builder(input);
    }

    /** Collects a {@link BuildRequest}. */
    public static final class Builder {
        private BuildInput input;
        private List<String> names = List.of();
        private @Nullable String index;
        private Map<String, String> args = Map.of();
        private StageOptions stages = StageOptions.DEFAULT;
        private ModeOptions modes = ModeOptions.DEFAULT;
        private PullPolicy pull = PullPolicy.MISSING;
        private RegistryOptions registries = RegistryOptions.DEFAULT;
        private boolean useCache = true;
        private RunOptions runs = RunOptions.DEFAULT;
        private ImageOptions image = ImageOptions.DEFAULT;
        private List<Output> outputs = List.of();
        private ResultFiles files = ResultFiles.NONE;
        private HelperOptions helper = HelperOptions.DEFAULT;

        private Builder(BuildInput input) {
            this.input = input;
        }

        /** A file of this machine; null for the context's own. */
        public Builder dockerfile(@Nullable Path value) {
            input = input.withDockerfile(value == null ? null : new DockerfileSource.File(value));
            return this;
        }

        public Builder names(List<String> value) {
            names = value;
            return this;
        }

        /** An image index that the image is added to; null for none. */
        public Builder index(@Nullable String value) {
            index = value;
            return this;
        }

        public Builder args(Map<String, String> value) {
            args = value;
            return this;
        }

        /** The stage to build; null for the last. */
        public Builder target(@Nullable String value) {
            stages = stages.withTarget(value);
            return this;
        }

        public Builder stages(StageOptions value) {
            stages = value;
            return this;
        }

        public Builder modes(ModeOptions value) {
            modes = value;
            return this;
        }

        public Builder pull(PullPolicy value) {
            pull = value;
            return this;
        }

        /** False: a registry may speak plain HTTP or show any certificate. Loopback registries may always. */
        public Builder verifyTls(boolean value) {
            registries = registries.withVerifyTls(value);
            return this;
        }

        public Builder registries(RegistryOptions value) {
            registries = value;
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

        public Builder helper(HelperOptions value) {
            helper = value;
            return this;
        }

        public BuildRequest build() {
            return new BuildRequest(
                    input,
                    names,
                    index,
                    args,
                    stages,
                    modes,
                    pull,
                    registries,
                    useCache,
                    runs,
                    image,
                    outputs,
                    files,
                    helper);
        }
    }
}
