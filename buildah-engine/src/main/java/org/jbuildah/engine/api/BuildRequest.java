package org.jbuildah.engine.api;

import java.nio.file.Path;
import java.time.Duration;
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
 * @param labels added to the image after the Dockerfile's own
 * @param target the stage to build; null for the last
 * @param runTimeout the longest that one {@code RUN} may take; null for no limit
 * @param proxyVariables {@code HTTP_PROXY} and its kin, given to each {@code RUN} and never committed
 */
public record BuildRequest(
        Path context,
        @Nullable Path dockerfile,
        List<String> names,
        Map<String, String> args,
        Map<String, String> labels,
        @Nullable String target,
        BuildMode mode,
        StorageDriver storageDriver,
        boolean dockerFormat,
        PullPolicy pull,
        boolean verifyTls,
        boolean useCache,
        @Nullable Duration runTimeout,
        Map<String, String> proxyVariables,
        List<Output> outputs,
        @Nullable Path idFile) {
    public BuildRequest {
        names = List.copyOf(names);
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        proxyVariables = Collections.unmodifiableMap(new LinkedHashMap<>(proxyVariables));
        outputs = List.copyOf(outputs);
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
        private Map<String, String> labels = Map.of();
        private @Nullable String target;
        private BuildMode mode = BuildMode.AUTO;
        private StorageDriver storageDriver = StorageDriver.AUTO;
        private boolean dockerFormat;
        private PullPolicy pull = PullPolicy.MISSING;
        private boolean verifyTls = true;
        private boolean useCache = true;
        private @Nullable Duration runTimeout;
        private Map<String, String> proxyVariables = Map.of();
        private List<Output> outputs = List.of();
        private @Nullable Path idFile;

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

        public Builder labels(Map<String, String> value) {
            labels = value;
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

        /** Docker's media types in place of OCI's; the image id is the same. */
        public Builder dockerFormat(boolean value) {
            dockerFormat = value;
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

        public Builder runTimeout(@Nullable Duration value) {
            runTimeout = value;
            return this;
        }

        public Builder proxyVariables(Map<String, String> value) {
            proxyVariables = value;
            return this;
        }

        public Builder outputs(List<Output> value) {
            outputs = value;
            return this;
        }

        /** A file that receives {@code sha256:} and the image id. */
        public Builder idFile(@Nullable Path value) {
            idFile = value;
            return this;
        }

        public BuildRequest build() {
            return new BuildRequest(
                    context,
                    dockerfile,
                    names,
                    args,
                    labels,
                    target,
                    mode,
                    storageDriver,
                    dockerFormat,
                    pull,
                    verifyTls,
                    useCache,
                    runTimeout,
                    proxyVariables,
                    outputs,
                    idFile);
        }
    }
}
