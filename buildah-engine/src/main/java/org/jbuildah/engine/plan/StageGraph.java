package org.jbuildah.engine.plan;

import java.util.List;
import java.util.Optional;

/**
 * The stages of a Dockerfile and what they need of each other.
 *
 * @param stages all of them, as written
 * @param target the one that is to be built
 * @param needed the indexes of {@code target} and of all that it needs, ascending, which is an order to build them in
 * @param globalArgs ARGs before the first FROM, with their values
 */
public record StageGraph(List<Stage> stages, Stage target, List<Integer> needed, ArgScope globalArgs) {
    public StageGraph {
        stages = List.copyOf(stages);
        needed = List.copyOf(needed);
    }

    /**
     * What {@code --from=NAME} means in a stage: an earlier stage by name (any case) or index.
     *
     * @return empty for the name of an image
     * @throws org.jbuildah.engine.api.DockerfileInvalid without a place, for an index that is no earlier stage
     */
    public Optional<Stage> stageNamed(String name, Stage within) {
        throw new IllegalStateException("contract only");
    }

    /** True if a needed stage holds a RUN that is written in the file (triggers of base images are not known here). */
    public boolean hasRun() {
        throw new IllegalStateException("contract only");
    }
}
