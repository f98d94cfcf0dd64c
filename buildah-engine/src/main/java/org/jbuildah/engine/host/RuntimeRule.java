package org.jbuildah.engine.host;

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
        if (runtime(host).isEmpty()) {
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

    /** The best that is there and starts. */
    static Optional<Program> runtime(HostFacts host) {
        return OtherPrograms.firstThatWorks(host.programs().runtimes());
    }
}
