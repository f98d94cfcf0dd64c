package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jbuildah.engine.host.Diagnosis.Rehearsal;

/** A diagnosis for people: the answer first, then the ladder, then what to do, then what was found. */
public final class DiagnosisText {
    private final Diagnosis diagnosis;
    private final List<String> lines = new ArrayList<>();

    private DiagnosisText(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    /** Whole lines, without line ends. */
    public static List<String> lines(Diagnosis diagnosis) {
        DiagnosisText text = new DiagnosisText(diagnosis);
        text.answer();
        text.ladder();
        text.obstacles("What is in the way of more:", diagnosis.obstacles());
        text.obstacles("What may be in the way one day:", diagnosis.cautions());
        text.facts();
        return List.copyOf(text.lines);
    }

    private void answer() {
        Rung rung = diagnosis.rung();
        String proof =
                switch (diagnosis.rehearsal()) {
                    case NOT_TRIED -> " Nothing was tried: a worker has the last word (--rehearse).";
                    case WORKED -> " A worker was started and proved it.";
                    case FAILED -> " A worker was started, and failed.";
                };
        if (diagnosis.runWorks()) {
            lines.add("RUN works here. "
                    + diagnosis.headline().orElse("The rung is " + rung.number() + ": " + rung.what() + ".")
                    + (diagnosis.choice() == null && diagnosis.rehearsal() == Rehearsal.NOT_TRIED ? "" : proof));
        } else {
            lines.add("RUN cannot work here. A Dockerfile without RUN builds here as it is, rung " + rung.number()
                    + " of " + Rung.WITHOUT_RUN + "." + (diagnosis.rehearsal() == Rehearsal.FAILED ? proof : ""));
        }
    }

    private void ladder() {
        lines.add("");
        int reached = diagnosis.rung().number();
        for (Rung rung : diagnosis.rungs()) {
            String mark = rung.number() == reached ? "=>" : "  ";
            String kinds = rung.obstacles().stream()
                    .map(obstacle -> obstacle.byRequest()
                            ? obstacle.what()
                            : obstacle.kind().name())
                    .distinct()
                    .collect(Collectors.joining(", "));
            lines.add(String.format(
                    Locale.ROOT, "%s %d  %s%s", mark, rung.number(), rung.what(), kinds.isEmpty() ? "" : ": " + kinds));
        }
    }

    /** One recipe against several obstacles is shown once, below the first. */
    private void obstacles(String title, List<Obstacle> obstacles) {
        if (obstacles.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        Map<Recipe, String> shown = new LinkedHashMap<>();
        for (Obstacle obstacle : obstacles) {
            lines.add("");
            lines.add(obstacle.kind() + ": " + obstacle.what());
            for (Recipe recipe : diagnosis.recipesHere(obstacle)) {
                String before = shown.putIfAbsent(recipe, obstacle.kind().name());
                if (before == null) {
                    lines.add("  " + recipe.place().title() + ":");
                    recipe.text().lines().forEach(line -> lines.add("    " + line));
                } else if (!before.equals(obstacle.kind().name())) {
                    lines.add("  " + recipe.place().title() + ": as for " + before);
                }
            }
        }
    }

    private void facts() {
        lines.add("");
        lines.add("What was found:");
        diagnosis
                .factsInWords()
                .forEach(fact -> lines.add(String.format(Locale.ROOT, "  %-27s %s", fact.name(), fact.value())));
    }
}
