package org.jbuildah.engine.lint;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * A variable that neither ARG nor ENV nor the base image sets. ARGs without a value count as set.
 *
 * <p>The environment of the base image is known in a build. A check, which fetches nothing, reports in a stage that stands on an image
 * only what is nearly a name that the file itself sets: anything else may come from the image.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/undefined-var/">Docker: build checks, UndefinedVar</a>
 */
final class UndefinedVar implements StageRule {
    @Override
    public String description() {
        return "A variable is set before it is used.";
    }

    private static final int SHORTEST_SURE_NAME = 4;

    @Override
    public boolean asksForBase() {
        return true;
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        boolean sure = stage.standsOnScratch() || stage.base().isPresent();
        for (StageView.Place place : stage.places()) {
            Set<String> unset = new LinkedHashSet<>();
            if (place.instruction() instanceof Instruction.Arg arg) {
                unset.addAll(inDefaults(arg, place.scope()));
            } else {
                ExpandedWords.of(place.instruction(), place.scope()).forEach(words -> unset.addAll(words.unset()));
            }
            for (String name : unset) {
                judge(name, place, sure, findings);
            }
        }
    }

    /** Those that are really taken, each seeing the declarations before it. */
    private static Set<String> inDefaults(Instruction.Arg arg, Scope before) {
        Set<String> unset = new LinkedHashSet<>();
        Scope scope = before;
        for (Instruction.Arg.Declaration declaration : arg.declarations()) {
            String written = declaration.defaultValue();
            Scope seen = scope;
            scope = scope.declaring(declaration);
            if (written != null && !seen.args().isGiven(declaration.name())) {
                seen.expand(written).unset().stream()
                        .filter(name -> !seen.declares(name))
                        .forEach(unset::add);
            }
        }
        return unset;
    }

    private static void judge(String name, StageView.Place place, boolean sure, Findings findings) {
        if (place.scope().declares(name)) {
            return;
        }
        Optional<String> near = NearMiss.of(name, place.scope().names());
        if (sure || (near.isPresent() && name.length() >= SHORTEST_SURE_NAME)) {
            findings.report(
                    place.instruction(),
                    "$" + name + " is not set here"
                            + near.map(meant -> "; did you mean $" + meant + "?")
                                    .orElse("."));
        }
    }
}
