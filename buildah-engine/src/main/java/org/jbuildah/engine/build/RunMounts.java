package org.jbuildah.engine.build;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Volume;
import org.jbuildah.engine.cache.StepKey;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.MountOptions;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.ProcessSpec;

/**
 * All that is laid over the root file system of one RUN: its {@code --mount} flags and the request's volumes. Binds, caches and tmpfs
 * come in the order of their targets, so that one may lie below another; then secrets and agents, as written.
 */
final class RunMounts {
    private static final String SECRETS = "/run/secrets/";
    private static final String AGENTS = "/run/buildkit/ssh_agent.";
    private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";
    private static final int SECRET_MODE = 0400;
    private static final int SOCKET_MODE = 0600;
    private static final int DIRECTORY_MODE = 0755;

    private final StageState before;
    private final StepTools tools;
    private final Map<String, RunMount> byTarget = new LinkedHashMap<>();
    private final List<RunMount> secrets = new ArrayList<>();
    private final List<RunMount.Ssh> agents = new ArrayList<>();

    private RunMounts(StageState before, StepTools tools) {
        this.before = before;
        this.tools = tools;
    }

    /** Looks everything up; reads no secret and writes nothing. */
    static RunMounts of(Instruction.Run instruction, StageState before, StepTools tools)
            throws IOException, InterruptedException {
        RunMounts mounts = new RunMounts(before, tools);
        for (Volume volume : tools.mountSettings().volumes()) {
            mounts.byTarget.put(volume.target(), new RunMount.Host(volume, Files.isDirectory(volume.path())));
        }
        for (MountOptions options : instruction.mounts()) {
            mounts.add(MountFlag.parse(options, word -> tools.lexer().expand(word, before.variables())));
        }
        return mounts;
    }

    boolean isEmpty() {
        return byTarget.isEmpty() && secrets.isEmpty() && agents.isEmpty();
    }

    private void add(MountFlag flag) throws IOException, InterruptedException {
        switch (flag.type()) {
            case BIND -> {
                BoundFiles files = BoundFiles.find(flag.source(), flag.from(), tools);
                byTarget.put(target(flag), new RunMount.Bind(target(flag), files, flag.isReadOnly()));
            }
            case CACHE -> byTarget.put(target(flag), cache(flag));
            case TMPFS ->
                byTarget.put(target(flag), new RunMount.Tmpfs(target(flag), flag.sizeInBytes(), flag.isReadOnly()));
            case SECRET -> secrets.add(secret(flag));
            case SSH -> agents.add(agent(flag));
        }
    }

    private String target(MountFlag flag) {
        String target = ImagePath.absolute(before.workingDirectory(), flag.target());
        if (target.equals("/")) {
            throw new DockerfileInvalid(
                    FailureCode.INSTRUCTION_INVALID,
                    flag.target().isEmpty()
                            ? "RUN --mount has no target, and the working directory is the root."
                            : "RUN --mount has the target \"" + flag.target() + "\", which is the root itself.",
                    "Write a directory below it, such as target=/mnt.");
        }
        return target;
    }

    private RunMount cache(MountFlag flag) throws IOException, InterruptedException {
        String name = flag.id().isEmpty() ? ImagePath.absolute("/", flag.target()) : flag.id();
        boolean empty =
                flag.from().isEmpty() && ImagePath.absolute("/", flag.source()).equals("/");
        BoundFiles seed =
                empty ? null : BoundFiles.find(flag.source(), flag.from().isEmpty() ? "scratch" : flag.from(), tools);
        if (seed != null && !seed.isDirectory()) {
            throw new DockerfileInvalid(
                    FailureCode.INSTRUCTION_INVALID,
                    "RUN --mount=type=cache has the source \"" + flag.source() + "\", which is no directory.",
                    "A cache is a directory; begin it with one, or mount the file with type=bind.");
        }
        // BuildKit gives owner and mode to a cache that has no source, and keeps those of the source else
        boolean given = flag.hasAccess() && (seed == null || seed.source().isRoot());
        return new RunMount.Cache(
                target(flag),
                tools.mountSettings().cacheNamespace() + "/" + name,
                flag.sharing() == null ? CacheSharing.SHARED : flag.sharing(),
                seed,
                given ? flag.access(DIRECTORY_MODE) : null,
                flag.isReadOnly());
    }

    private RunMount secret(MountFlag flag) {
        String id = flag.source().isEmpty() ? flag.id() : flag.source();
        if (id.isEmpty()) {
            id = base(flag.target());
        }
        boolean file = flag.env() == null || !flag.target().isEmpty();
        String path = flag.target().isEmpty() ? SECRETS + base(id) : flag.target();
        return new RunMount.Secret(
                id,
                file ? ImagePath.absolute(before.workingDirectory(), path) : "",
                flag.env() == null ? "" : flag.env(),
                flag.required(),
                flag.access(SECRET_MODE),
                tools.mountSettings().secrets().get(id));
    }

    private static String base(String path) {
        String clean = ImagePath.absolute("/", path);
        return clean.substring(clean.lastIndexOf('/') + 1);
    }

    private RunMount.Ssh agent(MountFlag flag) {
        String id = flag.id().isEmpty() ? "default" : flag.id();
        String path = flag.target().isEmpty() ? AGENTS + agents.size() : flag.target();
        return new RunMount.Ssh(
                id,
                ImagePath.absolute(before.workingDirectory(), path),
                flag.required(),
                flag.access(SOCKET_MODE),
                tools.mountSettings().agents().get(id));
    }

    private List<RunMount> inOrder() {
        List<RunMount> all = new ArrayList<>();
        byTarget.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(mount -> all.add(mount.getValue()));
        all.addAll(secrets);
        all.addAll(agents);
        return all;
    }

    /** Adds what the result of the RUN depends on; nothing where there is no mount. */
    StepKey.Builder keyed(StepKey.Builder key) throws IOException {
        for (RunMount mount : inOrder()) {
            key.with("mount", mount.key(tools));
        }
        return key;
    }

    /** The process with its mounts. Secrets are read now, and layers of the context written. */
    ProcessSpec furnish(ProcessSpec process) throws IOException {
        List<MountSpec> mounts = new ArrayList<>(process.mounts());
        Map<String, String> environment = new LinkedHashMap<>();
        process.environment().forEach(entry -> put(environment, entry));
        for (RunMount mount : inOrder()) {
            Optional<MountSpec> spec = mount.spec(tools);
            spec.ifPresent(mounts::add);
            mount.environment().forEach(entry -> put(environment, entry));
        }
        if (!agents.isEmpty()) {
            environment.putIfAbsent(AGENT_VARIABLE, agents.get(0).target());
        }
        return process.with(
                mounts,
                environment.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    private static void put(Map<String, String> environment, String entry) {
        int equals = entry.indexOf('=');
        environment.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
}
