package org.jbuildah.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.MountOptions;

/** Which other stages a stage names: by its FROM, by {@code COPY --from}, by {@code RUN --mount=from=}. */
final class StageReferences {
    private StageReferences() {}

    /** @param by the instruction that names {@code stage} */
    record Reference(Stage stage, Instruction by) {}

    /** All that a stage needs, the triggers that its base stage left for it among them. */
    static List<Reference> of(Stage stage, StageGraph graph) {
        List<Reference> references = new ArrayList<>();
        if (stage.base() instanceof Stage.Base.EarlierStage base) {
            references.add(new Reference(graph.stages().get(base.index()), stage.from()));
        }
        references.addAll(in(triggersFor(stage, graph), stage, graph));
        references.addAll(in(stage.instructions(), stage, graph));
        return references;
    }

    static List<Reference> in(List<Instruction> instructions, Stage within, StageGraph graph) {
        List<Reference> references = new ArrayList<>();
        for (Instruction instruction : instructions) {
            for (String name : namesIn(instruction)) {
                try {
                    graph.stageNamed(name, within)
                            .ifPresent(stage -> references.add(new Reference(stage, instruction)));
                } catch (BuildException e) {
                    throw e.at(instruction.source());
                }
            }
        }
        return references;
    }

    private static List<String> namesIn(Instruction instruction) {
        List<String> names = new ArrayList<>();
        if (instruction instanceof Instruction.Transfer transfer) {
            transfer.from().ifPresent(names::add);
        } else if (instruction instanceof Instruction.Run run) {
            for (MountOptions mount : run.mounts()) {
                mount.value("from").filter(name -> !name.isEmpty()).ifPresent(names::add);
            }
        }
        return names;
    }

    /** The ONBUILD instructions of the stage that this one stands on. */
    static List<Instruction> triggersFor(Stage stage, StageGraph graph) {
        if (!(stage.base() instanceof Stage.Base.EarlierStage base)) {
            return List.of();
        }
        List<String> triggers = graph.stages().get(base.index()).instructions().stream()
                .filter(Instruction.OnBuild.class::isInstance)
                .map(instruction -> ((Instruction.OnBuild) instruction).trigger())
                .toList();
        return DockerfileParser.parseTriggers(triggers, stage.from().source());
    }
}
