package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.host.Obstacle.Kind;

/** What native-rootless needs beside a worker: an OCI runtime that starts, and no container around it. */
final class RuntimeRule {
    Verdict judge(HostFacts host, ModeOptions asked) {
        List<Obstacle> obstacles = new ArrayList<>();
        List<Program> installed = host.programs().runtimes();
        String named = asked.runtime().program();
        if (runtime(host, asked).isEmpty() && !named.isEmpty()) {
            obstacles.add(
                    new Obstacle(
                            Kind.NO_RUNTIME,
                            "The OCI runtime " + named + " is not on the PATH, or does not start.",
                            "Install it, or name another one, or the path of its executable, with --runtime (-Dbuildah.runtime)."));
        } else if (runtime(host, asked).isEmpty()) {
            obstacles.add(new Obstacle(
                    Kind.NO_RUNTIME,
                    installed.isEmpty()
                            ? "No OCI runtime is on the PATH: none of crun, runc, kata-runtime, runsc."
                            : "No OCI runtime starts: "
                                    + installed.stream().map(Program::toString).collect(Collectors.joining("; ")) + ".",
                    host.system().distribution().install("crun", "crun", "crun")));
        }
        if (host.container().inside() && !asked.allowNestedRuntime()) {
            obstacles.add(new Obstacle(
                    Kind.INSIDE_CONTAINER,
                    "An OCI runtime inside of a container (" + host.container().kind() + ", by "
                            + host.container().evidence()
                            + ") mostly lacks what it needs: cgroups, devices, a fresh /proc.",
                    "Use the mode native-chroot, which is made for containers; or try it with --allow-nested-runtime "
                            + "(-Dbuildah.allowNestedRuntime)."));
        }
        return new Verdict(BuildMode.NATIVE_ROOTLESS.word(), obstacles);
    }

    /** The one that was asked for, else the best that is there and starts. */
    static Optional<Program> runtime(HostFacts host, ModeOptions asked) {
        String named = asked.runtime().program();
        List<Program> runtimes = host.programs().runtimes();
        if (named.isEmpty()) {
            return OtherPrograms.firstThatWorks(runtimes);
        }
        if (named.contains("/")) {
            return Optional.of(Program.untried(kind(Path.of(named)), Path.of(named)));
        }
        return OtherPrograms.firstThatWorks(runtimes.stream()
                .filter(program -> named.equals(program.name()) || named.equals(nameOf(program.path())))
                .toList());
    }

    /** By the name of the file. A runtime that is none of those we know is given nothing but what all of them understand. */
    private static String kind(Path program) {
        return switch (nameOf(program)) {
            case "crun" -> "crun";
            case "runc" -> "runc";
            case "runsc" -> "runsc";
            case "kata-runtime", "kata" -> "kata";
            default -> "oci";
        };
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }
}
