package org.jbuildah.engine.plan;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * The stages of a Dockerfile and what they need of each other.
 *
 * @param stages all of them, as written
 * @param target the one that is to be built
 * @param needed the indexes of the stages to build: {@code target} and all that it needs, or every one. In an order to build them
 *     in: ascending, but for stages that an earlier one copies from
 * @param contexts names that stand for neither stages nor images
 * @param globalArgs ARGs before the first FROM, with their values, and the platform arguments
 * @param escape the Dockerfile's escape character
 */
public record StageGraph(
        List<Stage> stages,
        Stage target,
        List<Integer> needed,
        ContextNames contexts,
        ArgScope globalArgs,
        char escape) {
    private static final Pattern INDEX = Pattern.compile("[+-]?\\d+");

    public StageGraph {
        stages = List.copyOf(stages);
        needed = List.copyOf(needed);
    }

    /**
     * What {@code --from=NAME} means in a stage: a stage by name (any case) or index, be it an earlier or a later one. Of several with
     * one name it is the last of the file.
     *
     * @return empty for the name of a named context, which counts before stages, or of an image
     * @throws org.jbuildah.engine.api.DockerfileInvalid without a place, for an index that is no stage
     */
    public Optional<Stage> stageNamed(String name, Stage within) {
        if (INDEX.matcher(name).matches()) {
            return Optional.of(stageAt(name, within));
        }
        if (contexts.find(name).isPresent()) {
            return Optional.empty();
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        return stages.stream().filter(stage -> wanted.equals(stage.name())).reduce((earlier, later) -> later);
    }

    /** The stage that a name was probably to mean that means none: one whose own name is nearly the same. */
    public Optional<Stage> stageNearly(String name) {
        List<String> names = stages.stream()
                .map(Stage::name)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
        return NearMiss.of(name, names).flatMap(near -> stages.stream()
                .filter(stage -> near.equals(stage.name()))
                .findFirst());
    }

    /** True where a named context stands for a whole stage, whatever the file says of it. */
    public boolean isReplaced(Stage stage) {
        return stage.name() != null && contexts.find(stage.name()).isPresent();
    }

    private Stage stageAt(String index, Stage within) {
        return stages.stream()
                .filter(stage -> Integer.toString(stage.index()).equals(stripped(index)))
                .findFirst()
                .orElseThrow(() -> new DockerfileInvalid(
                        FailureCode.STAGE_NOT_FOUND,
                        "There is no stage " + index + ", which the stage \"" + within.label() + "\" copies from.",
                        stages.size() == 1
                                ? "This Dockerfile has one stage, and it cannot copy from itself."
                                : "The stages have the numbers 0 to " + (stages.size() - 1) + ", or their names."));
    }

    private static String stripped(String index) {
        return index.replaceFirst("^\\+?0*(?=\\d)", "");
    }

    /**
     * The indexes of a stage and of all that it needs, in an order to build them in.
     *
     * <p>{@link #needed()} is this for the target; it is for stages that only a base image's trigger names.
     */
    public List<Integer> orderTo(Stage stage) {
        return StageOrder.to(stage, this);
    }

    /**
     * The stages that some instructions name, such as the triggers of a base image, which {@link #needed()} knows nothing of.
     *
     * @throws org.jbuildah.engine.api.DockerfileInvalid with the place, for an index that is no stage, and where the result of
     *     {@code within} would be needed for itself
     */
    public List<Stage> stagesNamedBy(List<Instruction> instructions, Stage within) {
        List<StageReferences.Reference> references = StageReferences.in(instructions, within, this);
        for (StageReferences.Reference reference : references) {
            if (orderTo(reference.stage()).contains(within.index())) {
                throw new DockerfileInvalid(
                                FailureCode.STAGE_CYCLE,
                                "The stage \"" + within.label() + "\" needs its own result: its base image's trigger \""
                                        + reference.by().text() + "\" copies from \""
                                        + reference.stage().label() + "\".",
                                "Name the stages differently.")
                        .at(within.from().source());
            }
        }
        return references.stream()
                .map(StageReferences.Reference::stage)
                .distinct()
                .toList();
    }

    /**
     * True if a needed stage holds a RUN that is written in the file, be it behind an ONBUILD of the stage it stands on (triggers of
     * base images are not known here).
     */
    public boolean hasRun() {
        return needed.stream()
                .map(stages::get)
                .anyMatch(
                        stage -> holdsRun(stage.instructions()) || holdsRun(StageReferences.triggersFor(stage, this)));
    }

    private static boolean holdsRun(List<Instruction> instructions) {
        return instructions.stream().anyMatch(Instruction.Run.class::isInstance);
    }
}
