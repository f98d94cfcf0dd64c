package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether this process is inside of a container. With cgroup v2 the cgroup file says nothing any more, so a plain pod shows by
 * what Kubernetes puts into its environment, else by its root file system.
 */
final class ContainerProbe {
    /** Ours counts before werf's; either may say yes or no. */
    private static final List<String> OVERRIDES = List.of("JBUILDAH_CONTAINERIZED", "WERF_CONTAINERIZED");

    private static final Set<String> YES = Set.of("1", "t", "true", "y", "yes", "on");
    private static final Set<String> NO = Set.of("0", "f", "false", "n", "no", "off");
    /** What systemd calls a container and is a machine of its own. */
    private static final String NO_CONTAINER = "wsl";

    /** Parts of a cgroup's path, the most telling first. */
    private static final List<Sign> CGROUPS = List.of(
            new Sign("kubernetes", "/kubepods"),
            new Sign("kubernetes", "/cri-containerd-"),
            new Sign("docker", "/docker/"),
            new Sign("docker", "/docker-"),
            new Sign("podman", "/libpod-"),
            new Sign("lxc", "/lxc/"),
            new Sign("container", "/containerd"));

    private final HostFiles files;
    private final Map<String, String> environment;
    private final String mountInfo;

    ContainerProbe(HostFiles files, Map<String, String> environment, String mountInfo) {
        this.files = files;
        this.environment = environment;
        this.mountInfo = mountInfo;
    }

    private record Sign(String kind, String evidence) {}

    ContainerFacts probe() {
        Optional<Sign> found = found();
        for (String name : OVERRIDES) {
            String word = environment.getOrDefault(name, "").toLowerCase(Locale.ROOT);
            if (YES.contains(word)) {
                return facts(Optional.of(new Sign(found.map(Sign::kind).orElse("container"), "$" + name)));
            }
            if (NO.contains(word)) {
                return facts(Optional.empty());
            }
        }
        return facts(found);
    }

    private ContainerFacts facts(Optional<Sign> sign) {
        return new ContainerFacts(
                sign.map(Sign::kind).orElse(null),
                sign.map(Sign::evidence).orElse(""),
                runner(),
                ProcTexts.procMasked(mountInfo));
    }

    private String runner() {
        if (!environment.getOrDefault("GITLAB_CI", "").isEmpty()) {
            return "gitlab";
        }
        return environment.containsKey("JENKINS_URL") || environment.containsKey("JENKINS_HOME") ? "jenkins" : "";
    }

    private Optional<Sign> found() {
        if (environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            return sign("kubernetes", "$KUBERNETES_SERVICE_HOST");
        }
        if (files.exists("/.dockerenv")) {
            return sign("docker", "/.dockerenv");
        }
        if (files.exists("/run/.containerenv")) {
            return sign("podman", "/run/.containerenv");
        }
        return named(environment.getOrDefault("container", ""), "$container")
                .or(() -> named(text("/run/systemd/container").strip(), "/run/systemd/container"))
                .or(() -> named(ofFirstProcess(), "/proc/1/environ"))
                .or(this::byCgroup)
                .or(this::byRoot);
    }

    private static Optional<Sign> named(String word, String evidence) {
        return word.isEmpty() || word.equals(NO_CONTAINER) ? Optional.empty() : sign(word, evidence);
    }

    private String ofFirstProcess() {
        return List.of(text("/proc/1/environ").split("\0", -1)).stream()
                .filter(variable -> variable.startsWith("container="))
                .map(variable -> variable.substring("container=".length()))
                .findFirst()
                .orElse("");
    }

    private Optional<Sign> byCgroup() {
        String cgroups = text("/proc/1/cgroup");
        return CGROUPS.stream()
                .filter(sign -> cgroups.contains(sign.evidence()))
                .findFirst()
                .flatMap(sign -> sign(sign.kind(), "/proc/1/cgroup"));
    }

    /** The last resort: containers stand on a union of layers, machines hardly ever. */
    private Optional<Sign> byRoot() {
        return ProcTexts.mountOf(Path.of("/"), mountInfo)
                .filter(mount -> mount.type().equals("overlay"))
                .flatMap(mount -> sign("container", "/ is an overlay"));
    }

    private static Optional<Sign> sign(String kind, String evidence) {
        return Optional.of(new Sign(kind, evidence));
    }

    private String text(String path) {
        String text = files.text(path);
        return text == null ? "" : text;
    }
}
