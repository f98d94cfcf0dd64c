package org.jbuildah.engine.host;

import java.util.List;
import java.util.Optional;

/**
 * Programs of others that a mode may use, in the order of preference.
 *
 * @param runtimes OCI runtimes: crun, runc, kata, runsc
 * @param networkHelpers pasta, slirp4netns
 * @param engines docker, podman; what was tried is whether their daemon answers
 * @param engineHost {@code DOCKER_HOST}, or the socket that was found; empty for neither
 */
public record OtherPrograms(
        List<Program> runtimes, List<Program> networkHelpers, List<Program> engines, String engineHost) {
    public OtherPrograms {
        runtimes = List.copyOf(runtimes);
        networkHelpers = List.copyOf(networkHelpers);
        engines = List.copyOf(engines);
    }

    static Optional<Program> firstThatWorks(List<Program> programs) {
        return programs.stream().filter(program -> !program.broken()).findFirst();
    }
}
