package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.Volume;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jspecify.annotations.Nullable;

/**
 * One mount of a RUN, resolved: what the result depends on is known, nothing is made or read yet.
 *
 * <p>Law: {@link #key} never depends on what a secret or a cache holds.
 */
sealed interface RunMount {
    /** In order, what tells it from other mounts. */
    List<String> key(StepTools tools) throws IOException;

    /** What the process gets; empty for nothing. */
    Optional<MountSpec> spec(StepTools tools) throws IOException;

    /** Variables for the process, {@code NAME=value}. */
    default List<String> environment() throws IOException {
        return List.of();
    }

    record Bind(String target, BoundFiles files, boolean readOnly) implements RunMount {
        @Override
        public List<String> key(StepTools tools) throws IOException {
            List<String> key =
                    new ArrayList<>(List.of("bind", target, files.source().toString(), String.valueOf(readOnly)));
            key.addAll(files.key(tools));
            return key;
        }

        @Override
        public Optional<MountSpec> spec(StepTools tools) throws IOException {
            return Optional.of(
                    new MountSpec.OfLayers(target, files.layers(tools), files.source(), files.isDirectory(), readOnly));
        }
    }

    /** @param seed null for a cache that begins empty */
    record Cache(
            String target,
            String id,
            CacheSharing sharing,
            @Nullable BoundFiles seed,
            @Nullable Access access,
            boolean readOnly)
            implements RunMount {
        @Override
        public List<String> key(StepTools tools) throws IOException {
            List<String> key = new ArrayList<>(
                    List.of("cache", target, id, sharing.name(), String.valueOf(access), String.valueOf(readOnly)));
            if (seed != null) {
                key.add(seed.source().toString());
                key.addAll(seed.key(tools));
            }
            return key;
        }

        @Override
        public Optional<MountSpec> spec(StepTools tools) throws IOException {
            return Optional.of(new MountSpec.CacheDirectory(
                    target,
                    id,
                    sharing,
                    seed == null ? List.of() : seed.layers(tools),
                    seed == null ? EntryName.ROOT : seed.source(),
                    access,
                    readOnly));
        }
    }

    record Tmpfs(String target, long sizeInBytes, boolean readOnly) implements RunMount {
        @Override
        public List<String> key(StepTools tools) {
            return List.of("tmpfs", target, String.valueOf(sizeInBytes), String.valueOf(readOnly));
        }

        @Override
        public Optional<MountSpec> spec(StepTools tools) {
            return Optional.of(new MountSpec.Tmpfs(target, sizeInBytes, readOnly));
        }
    }

    /**
     * A secret as a file, as a variable, or both.
     *
     * @param target empty for no file
     * @param variable empty for no variable
     * @param source null if the request has none of that id
     */
    record Secret(
            String id, String target, String variable, boolean required, Access access, @Nullable SecretSource source)
            implements RunMount {
        private static final int LONGEST = 500 * 1024;

        @Override
        public List<String> key(StepTools tools) {
            return List.of("secret", id, target, variable, String.valueOf(required), access.toString());
        }

        @Override
        public Optional<MountSpec> spec(StepTools tools) throws IOException {
            Optional<byte[]> bytes = bytes();
            return target.isEmpty()
                    ? Optional.empty()
                    : bytes.map(content -> new MountSpec.SecretFile(target, content, access));
        }

        @Override
        public List<String> environment() throws IOException {
            return variable.isEmpty()
                    ? List.of()
                    : bytes().map(value -> variable + "=" + new String(value, StandardCharsets.UTF_8)).stream()
                            .toList();
        }

        private Optional<byte[]> bytes() throws IOException {
            if (source == null) {
                if (required) {
                    throw new StepFailed(
                            FailureCode.SECRET_MISSING,
                            "The secret \"" + id + "\" is required, and the build was given none of that id.",
                            "Give it with --secret id=" + id + ",src=FILE or --secret id=" + id
                                    + ",env=VARIABLE; in a pom, with <secrets>.");
                }
                return Optional.empty();
            }
            byte[] bytes;
            try {
                bytes = source.read();
            } catch (IOException unreadable) {
                throw new StepFailed(
                        FailureCode.SECRET_MISSING,
                        "The secret \"" + id + "\" cannot be read: " + unreadable + ".",
                        "See that the file is there and readable for this user.",
                        unreadable);
            }
            if (bytes.length > LONGEST) {
                throw new StepFailed(
                        FailureCode.SECRET_MISSING,
                        "The secret \"" + id + "\" has " + bytes.length + " bytes; the longest may have " + LONGEST
                                + ".",
                        "Mount larger files with --volume, or fetch them in the RUN.");
            }
            return Optional.of(bytes);
        }
    }

    /** @param agent null if the request has none of that id */
    record Ssh(String id, String target, boolean required, Access access, @Nullable Path agent) implements RunMount {
        @Override
        public List<String> key(StepTools tools) {
            return List.of("ssh", id, target, String.valueOf(required), access.toString());
        }

        @Override
        public Optional<MountSpec> spec(StepTools tools) {
            if (agent == null && required) {
                throw new StepFailed(
                        FailureCode.SSH_AGENT_MISSING,
                        "An ssh agent \"" + id + "\" is required, and the build was given none of that id.",
                        "Start ssh-agent, add the key with ssh-add, and give the build --ssh " + id
                                + (id.equals("default") ? "." : "=SOCKET."));
            }
            return agent == null
                    ? Optional.empty()
                    : Optional.of(new MountSpec.AgentSocket(target, agent.toString(), access));
        }
    }

    /** Of the request, and in every RUN. */
    record Host(Volume volume, boolean directory) implements RunMount {
        @Override
        public List<String> key(StepTools tools) {
            return List.of("volume", volume.path().toString(), volume.target(), String.valueOf(volume.readOnly()));
        }

        @Override
        public Optional<MountSpec> spec(StepTools tools) {
            return Optional.of(
                    new MountSpec.OfHost(volume.target(), volume.path().toString(), directory, volume.readOnly()));
        }
    }
}
