package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.host.Obstacle.Kind;
import org.jbuildah.engine.worker.LayerDriver;
import org.jspecify.annotations.Nullable;

/**
 * What a machine can do for a request, and what would make it do more.
 *
 * @param rungs from the top, with what a rehearsal said
 * @param choice the one that counts; null where no RUN can be run by a worker
 * @param cautions what is not in the way yet
 * @param rehearsal whether a worker was started
 */
public record Diagnosis(
        HostFacts facts, List<Rung> rungs, @Nullable Choice choice, List<Obstacle> cautions, Rehearsal rehearsal) {
    /** Whether the answer was tried. */
    public enum Rehearsal {
        NOT_TRIED,
        WORKED,
        FAILED
    }

    public Diagnosis {
        rungs = List.copyOf(rungs);
        cautions = List.copyOf(cautions);
    }

    /** From the facts alone. */
    public static Diagnosis of(HostFacts facts, ModeOptions asked) {
        ModeChooser chooser = new ModeChooser();
        List<Rung> rungs = chooser.rungs(facts, asked);
        Choice choice;
        try {
            choice = chooser.choose(facts, asked);
        } catch (HostUnsuitable noWorker) {
            choice = null;
        }
        List<Obstacle> cautions = new ArrayList<>();
        if (choice != null && choice.namespaces().userNamespace()) {
            cautions.addAll(UserNamespaceObstacles.cautions(facts));
        }
        cautions.addAll(storeLabel(facts));
        return new Diagnosis(facts, rungs, choice, cautions, Rehearsal.NOT_TRIED);
    }

    /** In a container, SELinux lets nobody but the container's own type near files. */
    private static List<Obstacle> storeLabel(HostFacts facts) {
        String label = facts.security().storeLabel();
        return !facts.container().inside() || label.isEmpty() || label.contains("container_file_t")
                ? List.of()
                : List.of(new Obstacle(
                        Kind.STORE_LABEL,
                        "SELinux is enforcing, and the store " + facts.store().root() + " is labelled " + label + ".",
                        "Mount its volume with :Z, or give the container --security-opt label=disable."));
    }

    /** The same after a worker has said which driver works and why those before it do not. */
    public Diagnosis proven(String driver, List<String> refused) {
        Choice before = choice;
        if (before == null) {
            return this;
        }
        List<Rung> after = rungs;
        for (int i = 0; i < refused.size(); i++) {
            int number = before.drivers().get(i) instanceof LayerDriver.KernelOverlay ? 1 : 2;
            Obstacle obstacle = new Obstacle(Kind.OVERLAY_REFUSED, refused.get(i), "");
            after = after.stream()
                    .map(rung -> rung.number() == number ? rung.with(obstacle) : rung)
                    .toList();
        }
        return new Diagnosis(facts, after, before.proven(driver, refused), cautions, Rehearsal.WORKED);
    }

    /** The same after a worker has failed to start, which keeps this build from every rung that needs one. */
    public Diagnosis failed(HostUnsuitable letter) {
        Obstacle obstacle = new Obstacle(Kind.WORKER_NOT_STARTED, letter.what(), letter.remedy());
        List<Rung> after = rungs.stream()
                .map(rung -> rung.number() <= Rung.SINGLE_ID ? rung.with(obstacle) : rung)
                .toList();
        return new Diagnosis(facts, after, null, cautions, Rehearsal.FAILED);
    }

    /** The best that holds. */
    public Rung rung() {
        return rungs.stream().filter(Rung::holds).findFirst().orElseThrow();
    }

    public boolean runWorks() {
        return rung().number() < Rung.WITHOUT_RUN;
    }

    public List<Fact> factsInWords() {
        return Fact.of(facts);
    }

    /** What is in the way of anything higher than the rung that holds, each once. */
    public List<Obstacle> obstacles() {
        int reached = rung().number();
        return rungs.stream()
                .filter(rung -> rung.number() < reached && worthClimbing(rung))
                .flatMap(rung -> rung.obstacles().stream())
                .distinct()
                .toList();
    }

    /** Not if it takes another request or another user, nor if less work leads to a higher one. */
    private boolean worthClimbing(Rung rung) {
        return rung.obstacles().stream().noneMatch(obstacle -> obstacle.byRequest() || obstacle.kind() == Kind.NOT_ROOT)
                && rungs.stream()
                        .takeWhile(higher -> higher.number() < rung.number())
                        .noneMatch(higher -> rung.obstacles().containsAll(higher.obstacles()));
    }

    public List<Recipe> recipes(Obstacle obstacle) {
        return new Recipes(facts).against(obstacle);
    }

    /** Those that somebody on this machine is likely to need. */
    public List<Recipe> recipesHere(Obstacle obstacle) {
        return recipes(obstacle).stream()
                .filter(recipe -> recipe.place().fits(facts))
                .toList();
    }

    Optional<String> headline() {
        return Optional.ofNullable(choice).map(chosen -> chosen.reasons().get(0));
    }
}
