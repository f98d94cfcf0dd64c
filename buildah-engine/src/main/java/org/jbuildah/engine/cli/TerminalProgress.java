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
    private static final String CUT_LONG_LINES = "\u001b[?7l";
    private static final String WRAP_LONG_LINES = "\u001b[?7h";
    private static final Duration WORTH_TELLING = Duration.ofMillis(100);

    private final PrintStream out;
    private final Style style;
    private final ProcessText processes;
    private final Map<Digest, BuildEvent.BlobTransferred> moving = new LinkedHashMap<>();
    private final CheckBlock checks = new CheckBlock();
    private boolean lineOpen;

    /** How words are set apart, by sequences of ECMA-48; plain where the user wants none. */
    record Style(String dim, String bold, String reset) {
        static final Style PLAIN = new Style("", "", "");
        static final Style WEIGHTED = new Style("\u001b[2m", "\u001b[1m", "\u001b[0m");

        /** @see <a href="https://no-color.org">NO_COLOR</a>: any value but the empty one counts */
        static Style of(Map<String, String> environment) {
            return environment.getOrDefault("NO_COLOR", "").isEmpty() ? WEIGHTED : PLAIN;
        }
    }

    TerminalProgress(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
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
            host.reasons().forEach(reason -> out.println(style.dim() + "host: " + reason + style.reset()));
        } else if (event instanceof BuildEvent.ImageResolved image) {
            out.println(style.dim() + image.reference() + " " + image.manifest() + style.reset());
        } else if (event instanceof BuildEvent.StepStarted started) {
            out.println(style.bold() + EventText.step(started) + style.reset());
        } else if (event instanceof BuildEvent.StageStarted stage) {
            processes.begin(stage);
        } else if (event instanceof BuildEvent.StepCached step) {
            out.println(style.dim() + "  " + place(step.stage(), step.number()) + "cached" + style.reset());
        } else if (event instanceof BuildEvent.StepFinished step) {
            processes.end(step);
            if (step.took().compareTo(WORTH_TELLING) > 0) {
                String place = place(step.stage(), step.number());
                out.println(style.dim() + "  " + place + step.took().toMillis() + " ms" + style.reset());
            }
        } else if (event instanceof BuildEvent.ProcessOutput output) {
            processes.write(output);
        } else if (event instanceof BuildEvent.Warned warning) {
            out.println(style.bold() + "warning: " + style.reset() + warning.text());
        } else if (event instanceof BuildEvent.CheckWarned warned) {
            checks.add(warned.warning());
        } else if (event instanceof BuildEvent.OutputWritten written) {
            out.println("wrote " + written.destination() + style.dim() + " " + written.manifest() + style.reset());
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
            String line = EventText.transfer(blob) + ", " + moving.size() + " in all: " + done * 100 / size + " %";
            out.print(CLEAR_LINE + CUT_LONG_LINES + line + WRAP_LONG_LINES); // a second row would not be cleared
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
