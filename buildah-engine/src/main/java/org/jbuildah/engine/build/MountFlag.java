package org.jbuildah.engine.build;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jbuildah.engine.api.ByteSize;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.dockerfile.MountOptions;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jspecify.annotations.Nullable;

/**
 * One {@code RUN --mount}, its variables expanded and its options checked by BuildKit's rules. What is not written is null or empty.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#run---mount">Dockerfile reference: RUN --mount</a>
 */
record MountFlag(
        Type type,
        String from,
        String source,
        String target,
        @Nullable Boolean readOnly,
        boolean required,
        long sizeInBytes,
        String id,
        @Nullable CacheSharing sharing,
        @Nullable Integer mode,
        @Nullable Integer uid,
        @Nullable Integer gid,
        @Nullable String env) {
    enum Type {
        BIND,
        CACHE,
        TMPFS,
        SECRET,
        SSH;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> TYPES = List.of("bind", "cache", "tmpfs", "secret", "ssh");
    /** The options that a mount may have, {@code type} included. */
    static final List<String> KEYS = List.of(
            "type",
            "from",
            "source",
            "src",
            "target",
            "dst",
            "destination",
            "readonly",
            "ro",
            "readwrite",
            "rw",
            "required",
            "size",
            "id",
            "sharing",
            "mode",
            "uid",
            "gid",
            "env");

    /** buildah's marks for SELinux labels, which a box without SELinux has no use for. */
    private static final Set<String> LABELS = Set.of("z", "relabel");

    /** @throws DockerfileInvalid without a place */
    static MountFlag parse(MountOptions options, UnaryOperator<String> expansion) {
        Reader reader = new Reader();
        for (MountOptions.Option option : options.options()) {
            // a from holds no variables, and its value is not expanded
            Optional<String> value = option.key().equals("from")
                    ? option.value()
                    : option.value().map(expansion);
            if (value.isPresent()) {
                reader.read(option.key(), value.get());
            } else {
                reader.read(option.key());
            }
        }
        return reader.finish();
    }

    boolean isReadOnly() {
        return readOnly == null ? type != Type.CACHE && type != Type.TMPFS : readOnly;
    }

    boolean hasAccess() {
        return mode != null || uid != null || gid != null;
    }

    Access access(int defaultMode) {
        return new Access(uid == null ? 0 : uid, gid == null ? 0 : gid, mode == null ? defaultMode : mode);
    }

    private static DockerfileInvalid invalid(String what, String remedy) {
        return new DockerfileInvalid(FailureCode.INSTRUCTION_INVALID, what, remedy);
    }

    /** Takes options in order: what an option means may depend on the type before it, as in BuildKit. */
    private static final class Reader {
        private Type type = Type.BIND;
        private String from = "";
        private String source = "";
        private String target = "";
        private @Nullable Boolean readOnly;
        private boolean required;
        private long size;
        private String id = "";
        private @Nullable CacheSharing sharing;
        private @Nullable Integer mode;
        private @Nullable Integer uid;
        private @Nullable Integer gid;
        private @Nullable String env;

        /** An option without an equals sign. */
        void read(String key) {
            switch (key) {
                case "readonly", "ro" -> readOnly = true;
                case "readwrite", "rw" -> readOnly = false;
                case "required" -> read(key, "true");
                default -> {
                    if (!LABELS.contains(key)) {
                        throw KEYS.contains(key)
                                ? invalid(
                                        "RUN --mount has \"" + key + "\" without a value.", "Write " + key + "=VALUE.")
                                : unknown(key);
                    }
                }
            }
        }

        void read(String key, String value) {
            switch (key) {
                case "type" -> type = type(value);
                case "from" -> from = value;
                case "source", "src" -> source = value;
                case "target", "dst", "destination" -> target = value;
                case "readonly", "ro" -> readOnly = truth(key, value);
                case "readwrite", "rw" -> readOnly = !truth(key, value);
                case "required" -> {
                    only(key, Type.SECRET, Type.SSH);
                    required = truth(key, value);
                }
                case "size", "tmpfs-size" -> {
                    only(key, Type.TMPFS);
                    size = size(value);
                }
                case "id" -> id = value;
                case "sharing" -> sharing = sharing(value);
                case "mode" -> mode = number(key, value, 8);
                case "uid" -> uid = number(key, value, 10);
                case "gid" -> gid = number(key, value, 10);
                case "env" -> env = value;
                default -> {
                    if (!LABELS.contains(key)) {
                        throw unknown(key);
                    }
                }
            }
        }

        private static DockerfileInvalid unknown(String key) {
            return invalid(
                    "RUN --mount has no option \"" + key + "\".",
                    NearMiss.of(key, KEYS)
                            .map(near -> "Did you mean \"" + near + "\"?")
                            .orElse("The options are " + String.join(", ", KEYS) + "."));
        }

        private void only(String key, Type... types) {
            if (!List.of(types).contains(type)) {
                throw invalid(
                        "RUN --mount has \"" + key + "\", which a mount of type " + type.word() + " cannot have.",
                        "Write the type before it, or leave \"" + key + "\" out.");
            }
        }

        private static Type type(String value) {
            return Arrays.stream(Type.values())
                    .filter(type -> type.word().equals(value.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> invalid(
                            "RUN --mount has the type \"" + value + "\", which is not known.",
                            NearMiss.of(value, TYPES)
                                    .map(near -> "Did you mean \"" + near + "\"?")
                                    .orElse("The types are " + String.join(", ", TYPES) + ".")));
        }

        private static boolean truth(String key, String value) {
            return switch (value) {
                case "1", "t", "T", "true", "TRUE", "True" -> true;
                case "0", "f", "F", "false", "FALSE", "False" -> false;
                default ->
                    throw invalid(
                            "RUN --mount has " + key + "=" + value + ", which is neither true nor false.",
                            "Write " + key + "=true or " + key + "=false.");
            };
        }

        private static CacheSharing sharing(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "shared" -> CacheSharing.SHARED;
                case "private" -> CacheSharing.PRIVATE;
                case "locked" -> CacheSharing.LOCKED;
                default ->
                    throw invalid(
                            "RUN --mount has sharing=" + value + ", which is not known.",
                            "It is one of shared, private and locked.");
            };
        }

        private static int number(String key, String value, int radix) {
            try {
                long number = value.startsWith("+") || value.startsWith("-") ? -1 : Long.parseLong(value, radix);
                if (number >= 0 && number <= (radix == 8 ? 07777 : Integer.MAX_VALUE)) {
                    return (int) number;
                }
            } catch (NumberFormatException e) {
                throw notANumber(key, value, radix);
            }
            throw notANumber(key, value, radix);
        }

        private static DockerfileInvalid notANumber(String key, String value, int radix) {
            return invalid(
                    "RUN --mount has " + key + "=" + value + ", which is not " + (radix == 8 ? "a mode." : "an id."),
                    radix == 8
                            ? "Write octal digits, such as mode=0440."
                            : "Write a number, such as " + key + "=1000.");
        }

        private static long size(String value) {
            try {
                return ByteSize.parse(value);
            } catch (IllegalArgumentException | ArithmeticException wrong) {
                throw invalid(
                        "RUN --mount has size=" + value + ", which is not a size.",
                        "Write a number of bytes, or one with k, m or g behind it, such as size=64m.");
            }
        }

        MountFlag finish() {
            refuseAccess();
            if (sharing != null && type != Type.CACHE) {
                throw invalid(
                        "RUN --mount has sharing, which a mount of type " + type.word() + " cannot have.",
                        "Only a cache is shared.");
            }
            if ((type == Type.SECRET || type == Type.SSH) && !from.isEmpty()) {
                throw invalid(
                        "RUN --mount has from=" + from + ", which a mount of type " + type.word() + " cannot have.",
                        "Name it by its id.");
            }
            if (type == Type.SECRET && source.isEmpty() && target.isEmpty() && id.isEmpty()) {
                throw invalid("RUN --mount=type=secret does not say which secret.", "Write id=NAME.");
            }
            if (type == Type.SECRET && !source.isEmpty() && !id.isEmpty()) {
                throw invalid(
                        "RUN --mount=type=secret has both source=" + source + " and id=" + id + ".",
                        "Both name the secret; leave one of them out.");
            }
            return new MountFlag(
                    type, from, source, target, readOnly, required, size, id, sharing, mode, uid, gid, env);
        }

        private void refuseAccess() {
            boolean any = mode != null || uid != null || gid != null;
            if (any && (type == Type.BIND || type == Type.TMPFS)) {
                String key = mode != null ? "mode" : uid != null ? "uid" : "gid";
                throw invalid(
                        "RUN --mount has " + key + ", which a mount of type " + type.word() + " cannot have.",
                        "Leave it out, or change owner and mode in the RUN itself.");
            }
        }
    }
}
