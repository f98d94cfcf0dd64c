package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.host.HostTools.Power;

/** Finds the programs of the machine, and tries those that it is asked to try. */
final class ProgramProbe {
    private static final int SETUID = 04000;
    /** The file is called as the kind is, but for one. */
    private static final Map<String, String> FILES = Map.of("kata", "kata-runtime");

    private static final List<String> RUNTIMES = List.of("crun", "runc", "kata", "runsc");
    private static final List<String> NETWORK_HELPERS = List.of("pasta", "slirp4netns");
    private static final List<String> ENGINES = List.of("docker", "podman");

    private final HostFiles files;
    private final Map<String, String> environment;
    private final Trials trials;
    private final Set<TrialSubject> subjects;
    private final ProgramSearch search;

    ProgramProbe(
            HostFiles files,
            Map<String, String> environment,
            Trials trials,
            Set<TrialSubject> subjects,
            boolean windows) {
        this.files = files;
        this.environment = environment;
        this.trials = trials;
        this.subjects = subjects;
        this.search = new ProgramSearch(files, environment, windows);
    }

    HostTools tools(String javaHome) {
        Optional<Path> unshare = search.find("unshare");
        List<String> command = unshare.map(path -> List.of(path.toString()))
                .or(() -> search.find("busybox").map(path -> List.of(path.toString(), "unshare")))
                .orElse(List.of());
        String java = javaHome + "/bin/java";
        return new HostTools(
                command,
                search.find("sh").orElse(null),
                files.executableMode(java) < 0 ? null : Path.of(java),
                tool("newuidmap", "cap_setuid").orElse(null),
                tool("newgidmap", "cap_setgid").orElse(null));
    }

    private Optional<HostTools.Tool> tool(String name, String capability) {
        return search.find(name).map(path -> new HostTools.Tool(path, power(path, capability)));
    }

    private Power power(Path tool, String capability) {
        if ((files.executableMode(tool.toString()) & SETUID) != 0) {
            return Power.SETUID;
        }
        Optional<Path> getcap = subjects.contains(TrialSubject.NAMESPACES) ? search.find("getcap") : Optional.empty();
        if (getcap.isEmpty()) {
            return Power.UNKNOWN;
        }
        Trials.Said said = trials.run(List.of(getcap.get().toString(), tool.toString()));
        if (!said.success()) {
            return Power.UNKNOWN;
        }
        return said.text().contains(capability) ? Power.FILE_CAPABILITIES : Power.NONE;
    }

    OtherPrograms others() {
        List<Program> runtimes = new ArrayList<>();
        for (String name : RUNTIMES) {
            search.find(FILES.getOrDefault(name, name))
                    .ifPresent(path -> runtimes.add(tried(Program.untried(name, path))));
        }
        return new OtherPrograms(
                runtimes,
                search.all(NETWORK_HELPERS).stream().map(this::tried).toList(),
                search.all(ENGINES).stream().map(this::answered).toList(),
                engineHost());
    }

    Optional<Program> fuseOverlay() {
        return search.find("fuse-overlayfs").map(path -> tried(Program.untried("fuse-overlayfs", path)));
    }

    private Program tried(Program program) {
        return subjects.contains(TrialSubject.PROGRAMS)
                ? with(program, trials.run(List.of(program.path().toString(), "--version")))
                : program;
    }

    /** The version of the daemon, which only a daemon that answers can tell. */
    private Program answered(Program engine) {
        if (!subjects.contains(TrialSubject.ENGINES)) {
            return engine;
        }
        String field = engine.name().equals("docker") ? "{{.Server.Version}}" : "{{.Version}}";
        Trials.Said said = trials.run(List.of(engine.path().toString(), "version", "--format", field));
        Program told = with(engine, said);
        return told.broken() ? told : new Program(told.name(), told.path(), told.name() + " " + told.version(), "");
    }

    private static Program with(Program program, Trials.Said said) {
        // fuse-overlayfs tells of an option that it ignores before it tells its version
        String line = said.text()
                .lines()
                .map(String::strip)
                .filter(text -> text.startsWith(program.name()))
                .findFirst()
                .orElse(said.firstLine());
        return said.success()
                ? new Program(program.name(), program.path(), line, "")
                : new Program(program.name(), program.path(), "", line.isEmpty() ? "exit code " + said.exit() : line);
    }

    /** As the programs themselves look for it. */
    private String engineHost() {
        String named = environment.getOrDefault("DOCKER_HOST", environment.getOrDefault("CONTAINER_HOST", ""));
        if (!named.isEmpty()) {
            return named;
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        String home = environment.getOrDefault("HOME", "");
        return List.of(
                        "/var/run/docker.sock",
                        runtime + "/docker.sock",
                        runtime + "/podman/podman.sock",
                        home + "/.docker/run/docker.sock",
                        "/run/podman/podman.sock")
                .stream()
                .filter(files::exists)
                .findFirst()
                .orElse("");
    }
}
