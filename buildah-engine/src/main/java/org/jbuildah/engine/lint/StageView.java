package org.jbuildah.engine.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.Stage;
import org.jbuildah.engine.plan.StageGraph;

/**
 * A stage as the rules about stages see it: its instructions, the variables at each of them, and what it stands on.
 *
 * @param lineage the stages of the file that it stands on, lowest first, itself last
 * @param base the config of the image at the very bottom, where it is known
 */
record StageView(Stage stage, List<Stage> lineage, StageGraph graph, Optional<ImageConfig> base, ContextView context) {
    /** What an image has without saying so. */
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    StageView {
        lineage = List.copyOf(lineage);
    }

    static StageView of(Stage stage, StageGraph graph, Optional<ImageConfig> base, ContextView context) {
        return new StageView(stage, lineage(stage, graph), graph, base, context);
    }

    static List<Stage> lineage(Stage stage, StageGraph graph) {
        List<Stage> lineage = new ArrayList<>();
        if (stage.base() instanceof Stage.Base.EarlierStage earlier) {
            lineage.addAll(lineage(graph.stages().get(earlier.index()), graph));
        }
        lineage.add(stage);
        return lineage;
    }

    /** An instruction of the stage, and the variables that its words see. */
    record Place(Instruction instruction, Scope scope) {}

    List<Place> places() {
        Scope scope = new Scope(Planner.scopeOf(lineage.get(0), graph), environment(), new WordLexer(graph.escape()));
        List<Place> places = new ArrayList<>();
        for (Stage each : lineage) {
            for (Instruction instruction : each.instructions()) {
                if (each.index() == stage.index()) {
                    places.add(new Place(instruction, scope));
                }
                scope = scope.after(instruction);
            }
        }
        return places;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", DEFAULT_PATH));
        base.ifPresent(config -> config.container().env().forEach(entry -> {
            int equals = entry.indexOf('=');
            environment.put(
                    equals < 0 ? entry : entry.substring(0, equals), equals < 0 ? "" : entry.substring(equals + 1));
        }));
        return environment;
    }

    /** The instructions of the stages that it stands on, those of the lowest first. */
    List<Instruction> inherited() {
        return lineage.subList(0, lineage.size() - 1).stream()
                .flatMap(each -> each.instructions().stream())
                .toList();
    }

    boolean standsOnScratch() {
        return lineage.get(0).base() instanceof Stage.Base.Scratch;
    }

    boolean isTarget() {
        return stage.index() == graph.target().index();
    }
}
