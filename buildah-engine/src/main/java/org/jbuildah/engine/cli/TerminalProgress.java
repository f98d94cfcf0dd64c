package org.jbuildah.engine.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.progress.BuildEvent;

/** Steps scroll by; a last line, rewritten in place, tells what moves: transfers and their share. */
final class TerminalProgress implements Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String DIM = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";
    private static final Duration WORTH_TELLING = Duration.ofMillis(100);

    private final PrintStream out;
    private final ProcessText processes;
    private final Map<Digest, BuildEvent.BlobTransferred> moving = new LinkedHashMap<>();
    private final CheckBlock checks = new CheckBlock();
    private boolean lineOpen;

    TerminalProgress(PrintStream out) {
        this.out = out;
        this.processes = new ProcessText(out);
    }

    @Override
    public synchronized void event(BuildEvent event) {
        if (event instanceof BuildEvent.BlobTransferred blob) {
            transferred(blob);
            return;
        }
        clear();
        if (event instanceof BuildEvent.HostJudged host) {
            host.reasons().forEach(reason -> out.println(DIM + "host: " + reason + RESET));
        } else if (event instanceof BuildEvent.ImageResolved image) {
            out.println(DIM + image.reference() + " " + image.manifest() + RESET);
        } else if (event instanceof BuildEvent.StepStarted started) {
            out.println(BOLD + EventText.step(started) + RESET);
        } else if (event instanceof BuildEvent.StageStarted stage) {
            processes.begin(stage);
        } else if (event instanceof BuildEvent.StepCached step) {
            out.println(DIM + "  " + place(step.stage(), step.number()) + "cached" + RESET);
        } else if (event instanceof BuildEvent.StepFinished step) {
            processes.end(step);
            if (step.took().compareTo(WORTH_TELLING) > 0) {
                String place = place(step.stage(), step.number());
                out.println(DIM + "  " + place + step.took().toMillis() + " ms" + RESET);
            }
        } else if (event instanceof BuildEvent.ProcessOutput output) {
            processes.write(output);
        } else if (event instanceof BuildEvent.Warned warning) {
            out.println(BOLD + "warning: " + RESET + warning.text());
        } else if (event instanceof BuildEvent.CheckWarned warned) {
            checks.add(warned.warning());
        } else if (event instanceof BuildEvent.OutputWritten written) {
            out.println("wrote " + written.destination() + DIM + " " + written.manifest() + RESET);
        }
        out.flush();
    }

    private String place(String stage, int number) {
        return processes.severalStages() ? "[" + stage + " " + number + "] " : "";
    }

    private void transferred(BuildEvent.BlobTransferred blob) {
        if (blob.done() >= blob.size()) {
            moving.remove(blob.digest());
        } else {
            moving.put(blob.digest(), blob);
        }
        long done = moving.values().stream()
                .mapToLong(BuildEvent.BlobTransferred::done)
                .sum();
        long size = moving.values().stream()
                .mapToLong(BuildEvent.BlobTransferred::size)
                .sum();
        if (size == 0) {
            clear();
        } else {
            out.print(CLEAR_LINE + EventText.transfer(blob) + ", " + moving.size() + " in all: " + done * 100 / size
                    + " %");
            lineOpen = true;
        }
        out.flush();
    }

    private void clear() {
        if (lineOpen) {
            out.print(CLEAR_LINE);
            lineOpen = false;
        }
    }

    @Override
    public synchronized void line(String text) {
        out.println(text);
    }

    @Override
    public synchronized void finish() {
        clear();
        processes.end();
        checks.take().forEach(out::println);
        out.flush();
    }
}
