package org.jbuildah.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/** Resolves names, scopes arguments, drops what the target does not need, refuses what cannot be. Pure. */
public final class Planner {
    private Planner() {}

    /**
     * Plans a build of the stages that a target needs.
     *
     * @param args the build arguments of the request
     * @param target a stage's name or index; null for the last
     */
    public static StageGraph plan(
            Dockerfile dockerfile, Map<String, String> args, @Nullable String target, Platform platform) {
        return plan(dockerfile, PlanRequest.of(args, target, platform));
    }

    /** @throws org.jbuildah.engine.api.BuildException with the place, for unknown stages, cycles, bad references */
    public static StageGraph plan(Dockerfile dockerfile, PlanRequest request) {
        List<Instruction.From> froms = new ArrayList<>();
        List<List<Instruction>> bodies = new ArrayList<>();
        List<Instruction.Arg> header = new ArrayList<>();
        for (Instruction instruction : dockerfile.instructions()) {
            if (instruction instanceof Instruction.From from) {
                froms.add(from);
                bodies.add(new ArrayList<>());
            } else if (!bodies.isEmpty()) {
                bodies.get(bodies.size() - 1).add(instruction);
            } else if (instruction instanceof Instruction.Arg arg) {
                header.add(arg);
            }
        }
        int wanted = targetOf(froms, request.target());
        FromLines lines = new FromLines(dockerfile.escape(), request);
        String stageName = froms.get(wanted).stage();
        ArgScope global =
                lines.globalScope(ArgScope.of(request.args()), stageName == null ? "default" : stageName, header);
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < froms.size(); i++) {
            bodies.get(i).forEach(lines::refuseVariablesInFromFlag);
            stages.add(lines.stage(froms.get(i), bodies.get(i), stages, global));
        }
        StageGraph graph =
                new StageGraph(stages, stages.get(wanted), List.of(), request.contexts(), global, dockerfile.escape());
        List<Integer> everyStage = StageOrder.refuseCycles(graph);
        return new StageGraph(
                stages,
                graph.target(),
                request.everyStage() ? everyStage : graph.orderTo(graph.target()),
                request.contexts(),
                global,
                dockerfile.escape());
    }

    /**
     * What FROM lines see: the ARGs before the first FROM, and the platform arguments.
     *
     * @throws org.jbuildah.engine.api.DockerfileInvalid with the place, for a default that cannot be expanded
     */
    public static ArgScope argsOfFromLines(Dockerfile dockerfile, Map<String, String> args, Platform platform) {
        List<Instruction.Arg> header = new ArrayList<>();
        for (Instruction instruction : dockerfile.instructions()) {
            if (!(instruction instanceof Instruction.Arg arg)) {
                break;
            }
            header.add(arg);
        }
        return new FromLines(dockerfile.escape(), PlanRequest.of(args, null, platform))
                .globalScope(ArgScope.of(args), "default", header);
    }

    /**
     * The scope at the beginning of a stage; one that stands on an earlier stage inherits what is declared there.
     *
     * <p>What is inherited is read from the file alone. A runner that holds the scope at the end of the earlier stage goes on with that
     * one: it also knows the environment of the base image, which a default may refer to.
     */
    public static ArgScope scopeOf(Stage stage, StageGraph graph) {
        if (stage.base() instanceof Stage.Base.EarlierStage base) {
            Stage earlier = graph.stages().get(base.index());
            return new StageScope(graph.escape()).after(earlier.instructions(), scopeOf(earlier, graph));
        }
        return graph.globalArgs().ofStage();
    }

    private static int targetOf(List<Instruction.From> froms, @Nullable String target) {
        if (target == null || target.isEmpty()) {
            return froms.size() - 1;
        }
        String wanted = target.toLowerCase(Locale.ROOT);
        for (int i = froms.size() - 1; i >= 0; i--) {
            if (wanted.equals(froms.get(i).stage()) || wanted.equals(Integer.toString(i))) {
                return i;
            }
        }
        throw unknownTarget(froms, target);
    }

    private static RequestInvalid unknownTarget(List<Instruction.From> froms, String target) {
        List<Instruction.From> named =
                froms.stream().filter(from -> from.stage() != null).toList();
        List<String> names = named.stream()
                .map(from -> String.valueOf(from.stage()))
                .distinct()
                .toList();
        Optional<Instruction.From> meant = NearMiss.of(target, names)
                .flatMap(near ->
                        named.stream().filter(from -> near.equals(from.stage())).findFirst());
        String guess = meant.map(from -> "; did you mean \"" + from.stage() + "\" (line "
                        + from.source().firstLineInFile() + ")?")
                .orElse(".");
        String numbers = "0 to " + (froms.size() - 1);
        return new RequestInvalid(
                FailureCode.TARGET_NOT_FOUND,
                "The target stage \"" + target + "\" is not defined in "
                        + froms.get(0).source().text().name() + guess,
                names.isEmpty()
                        ? "Its stages have no names, but the numbers " + numbers + "."
                        : "Its stages are " + String.join(", ", names) + ", or by number " + numbers + ".");
    }
}
