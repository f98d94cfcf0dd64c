package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.host.Obstacle.Kind;

/** The whole build in a container that docker or podman starts. */
final class HelperContainerRule {
    Verdict judge(HostFacts host) {
        List<Obstacle> obstacles = new ArrayList<>();
        List<Program> engines = host.programs().engines();
        if (engines.isEmpty()) {
            obstacles.add(new Obstacle(
                    Kind.NO_ENGINE,
                    "Neither docker nor podman is on the PATH.",
                    host.linux()
                            ? host.system().distribution().install("podman", "podman", "podman")
                            : "Install Docker Desktop, Rancher Desktop, colima or Podman Desktop."));
        } else if (OtherPrograms.firstThatWorks(engines).isEmpty()) {
            obstacles.add(
                    new Obstacle(
                            Kind.ENGINE_SILENT,
                            engines.stream().map(Program::toString).collect(Collectors.joining("; ")) + ".",
                            "Start the daemon (sudo systemctl start docker, podman machine start, or Docker Desktop), or name it in DOCKER_HOST."));
        }
        return new Verdict(BuildMode.DOCKER_WITH_FUSE.word(), obstacles);
    }
}
