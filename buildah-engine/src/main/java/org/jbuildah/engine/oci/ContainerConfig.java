package org.jbuildah.engine.oci;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a container of the image is to run: the {@code config} object of an image config. A null list is an absent field; an
 * empty one is {@code []}.
 *
 * @param env {@code NAME=value}, each name once, in order of first appearance
 * @param exposedPorts {@code port/protocol}
 * @param argsEscaped Docker's field: the command is already in the form that Windows wants
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md#properties">image-spec: config</a>
 * @see <a href="https://github.com/moby/docker-image-spec">docker image spec: Healthcheck, OnBuild, Shell, ArgsEscaped</a>
 */
public record ContainerConfig(
        String user,
        SortedSet<String> exposedPorts,
        List<String> env,
        @Nullable List<String> entrypoint,
        @Nullable List<String> cmd,
        SortedSet<String> volumes,
        String workingDir,
        SortedMap<String, String> labels,
        String stopSignal,
        @Nullable Healthcheck healthcheck,
        @Nullable List<String> shell,
        List<String> onBuild,
        boolean argsEscaped) {
    public static final ContainerConfig EMPTY = new Builder().build();

    public ContainerConfig {
        exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(exposedPorts));
        env = List.copyOf(env);
        entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
        cmd = cmd == null ? null : List.copyOf(cmd);
        volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        shell = shell == null ? null : List.copyOf(shell);
        onBuild = List.copyOf(onBuild);
    }

    /** A builder that starts from this config. */
    public Builder with() {
        return new Builder(this);
    }

    /** Collects the fields of a {@link ContainerConfig}. */
    public static final class Builder {
        private String user = "";
        private SortedSet<String> exposedPorts = new TreeSet<>();
        private List<String> env = List.of();
        private @Nullable List<String> entrypoint;
        private @Nullable List<String> cmd;
        private SortedSet<String> volumes = new TreeSet<>();
        private String workingDir = "";
        private SortedMap<String, String> labels = new TreeMap<>();
        private String stopSignal = "";
        private @Nullable Healthcheck healthcheck;
        private @Nullable List<String> shell;
        private List<String> onBuild = List.of();
        private boolean argsEscaped;

        public Builder() {}

        private Builder(ContainerConfig from) {
            user = from.user;
            exposedPorts = from.exposedPorts;
            env = from.env;
            entrypoint = from.entrypoint;
            cmd = from.cmd;
            volumes = from.volumes;
            workingDir = from.workingDir;
            labels = from.labels;
            stopSignal = from.stopSignal;
            healthcheck = from.healthcheck;
            shell = from.shell;
            onBuild = from.onBuild;
            argsEscaped = from.argsEscaped;
        }

        public Builder user(String value) {
            user = value;
            return this;
        }

        public Builder exposedPorts(SortedSet<String> value) {
            exposedPorts = value;
            return this;
        }

        public Builder env(List<String> value) {
            env = value;
            return this;
        }

        public Builder entrypoint(@Nullable List<String> value) {
            entrypoint = value;
            return this;
        }

        public Builder cmd(@Nullable List<String> value) {
            cmd = value;
            return this;
        }

        public Builder volumes(SortedSet<String> value) {
            volumes = value;
            return this;
        }

        public Builder workingDir(String value) {
            workingDir = value;
            return this;
        }

        public Builder labels(SortedMap<String, String> value) {
            labels = value;
            return this;
        }

        public Builder stopSignal(String value) {
            stopSignal = value;
            return this;
        }

        public Builder healthcheck(@Nullable Healthcheck value) {
            healthcheck = value;
            return this;
        }

        public Builder shell(@Nullable List<String> value) {
            shell = value;
            return this;
        }

        public Builder onBuild(List<String> value) {
            onBuild = value;
            return this;
        }

        public Builder argsEscaped(boolean value) {
            argsEscaped = value;
            return this;
        }

        public ContainerConfig build() {
            return new ContainerConfig(
                    user,
                    exposedPorts,
                    env,
                    entrypoint,
                    cmd,
                    volumes,
                    workingDir,
                    labels,
                    stopSignal,
                    healthcheck,
                    shell,
                    onBuild,
                    argsEscaped);
        }
    }
}
