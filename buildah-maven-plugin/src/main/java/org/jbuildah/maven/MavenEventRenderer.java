package org.jbuildah.maven;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.logging.Log;
import org.jbuildah.engine.FinishedImage;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.progress.ProcessLines;

/** Tells what happens in Maven's log, in whole lines; stages that run side by side are told apart by their names. */
final class MavenEventRenderer implements EventSink, AutoCloseable {
    private final Log log;
    private final ProcessLines lines;
    private final Map<Step, String> titles = new HashMap<>();
    private final List<CheckWarning> checkWarnings = new ArrayList<>();

    private record Step(String stage, int number) {}

    MavenEventRenderer(Log log) {
        this.log = log;
        this.lines = new ProcessLines((stage, number, text) -> log.info(title(new Step(stage, number)) + " | " + text));
    }

    @Override
    public synchronized void event(BuildEvent event) {
        if (event instanceof BuildEvent.HostJudged host) {
            host.reasons().forEach(log::info);
        } else if (event instanceof BuildEvent.ImageResolved image) {
            log.info(image.reference() + " is " + image.manifest());
        } else if (event instanceof BuildEvent.StepStarted step) {
            started(step);
        } else if (event instanceof BuildEvent.StepCached step) {
            log.info(title(new Step(step.stage(), step.number())) + " cached");
        } else if (event instanceof BuildEvent.StepFinished step) {
            lines.end(step.stage(), step.number());
            log.debug(title(new Step(step.stage(), step.number())) + " took "
                    + step.took().toMillis() + " ms");
        } else if (event instanceof BuildEvent.ProcessOutput output) {
            lines.add(output);
        } else if (event instanceof BuildEvent.BlobTransferred blob) {
            transferred(blob);
        } else if (event instanceof BuildEvent.Warned warning) {
            log.warn(warning.text());
        } else if (event instanceof BuildEvent.CheckWarned warned) {
            checkWarnings.add(warned.warning());
        } else if (event instanceof BuildEvent.OutputWritten output) {
            log.info("wrote " + output.destination() + " (" + output.manifest() + ")");
        }
    }

    private void started(BuildEvent.StepStarted started) {
        Step step = new Step(started.stage(), started.number());
        titles.put(step, "[" + started.stage() + " " + started.number() + "/" + started.steps() + "]");
        log.info(title(step) + " " + started.text().lines().findFirst().orElse(""));
    }

    private String title(Step step) {
        return titles.getOrDefault(step, "[" + step.stage() + " " + step.number() + "]");
    }

    private void transferred(BuildEvent.BlobTransferred blob) {
        if (blob.done() >= blob.size()) {
            String verb = blob.direction() == BuildEvent.Direction.PULL ? "pulled " : "pushed ";
            log.info(verb + blob.digest() + " of " + blob.reference() + ", " + FinishedImage.size(blob.size()));
        }
    }

    /** Prints what of a process's last words had no line end, and the warnings of the checks, where they are read. */
    @Override
    public synchronized void close() {
        lines.end();
        checkWarnings.stream()
                .sorted(Comparator.comparingInt(warning -> warning.place().firstLine()))
                .forEach(warning -> log.warn(warning.line()));
        if (!checkWarnings.isEmpty()) {
            log.info("The warnings are explained at " + CheckWarning.MANUAL);
        }
        checkWarnings.clear();
    }
}
