package org.jbuildah.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * Puts stages in an order in which each comes after all that it needs. That is the order of the file, but where a stage copies from a
 * later one, as BuildKit allows.
 */
final class StageOrder {
    private final StageGraph graph;
    private final Set<Integer> done = new LinkedHashSet<>();
    private final List<Stage> path = new ArrayList<>();

    private StageOrder(StageGraph graph) {
        this.graph = graph;
    }

    /**
     * The indexes of all stages.
     *
     * @throws DockerfileInvalid with the place, if stages of the graph need each other, whether or not anything needs them
     */
    static List<Integer> refuseCycles(StageGraph graph) {
        StageOrder order = new StageOrder(graph);
        graph.stages().forEach(order::visit);
        return List.copyOf(order.done);
    }

    /** The indexes of a stage and of all that it needs. */
    static List<Integer> to(Stage stage, StageGraph graph) {
        Set<Integer> reached = new TreeSet<>();
        reach(stage, graph, reached);
        StageOrder order = new StageOrder(graph);
        reached.forEach(index -> order.visit(graph.stages().get(index)));
        return List.copyOf(order.done);
    }

    private static void reach(Stage stage, StageGraph graph, Set<Integer> reached) {
        if (reached.add(stage.index())) {
            StageReferences.of(stage, graph).forEach(reference -> reach(reference.stage(), graph, reached));
        }
    }

    private void visit(Stage stage) {
        if (done.contains(stage.index())) {
            return;
        }
        path.add(stage);
        for (StageReferences.Reference reference : StageReferences.of(stage, graph)) {
            if (path.contains(reference.stage())) {
                throw cycle(reference.stage(), reference.by());
            }
            visit(reference.stage());
        }
        path.remove(path.size() - 1);
        done.add(stage.index());
    }

    private DockerfileInvalid cycle(Stage again, Instruction by) {
        List<Stage> round = new ArrayList<>(path.subList(path.indexOf(again), path.size()));
        String what = round.size() == 1
                ? "The stage \"" + again.label() + "\" needs its own result."
                : "The stages need each other: "
                        + round.stream().map(stage -> stage.label() + " needs ").collect(Collectors.joining())
                        + again.label() + ".";
        return new DockerfileInvalid(
                        FailureCode.STAGE_CYCLE,
                        what,
                        "Copy from a stage that can be built before this one, or from an image.")
                .at(by.source());
    }
}
