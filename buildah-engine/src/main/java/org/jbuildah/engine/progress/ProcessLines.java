package org.jbuildah.engine.progress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what processes wrote back into whole lines, each step's for itself, so that steps that run side by side do not share a line. Of a
 * line that was overwritten by carriage returns it is the last state. Not for several threads at once.
 */
public final class ProcessLines {
    private static final int LONGEST_LINE = 16 * 1024;

    private final Listener listener;
    private final Map<Step, ByteArrayOutputStream> unfinished = new HashMap<>();

    private record Step(String stage, int number) {}

    /** Hears of whole lines, without their ends. */
    public interface Listener {
        void line(String stage, int number, String text);
    }

    public ProcessLines(Listener listener) {
        this.listener = listener;
    }

    public void add(BuildEvent.ProcessOutput output) {
        Step step = new Step(output.stage(), output.number());
        ByteArrayOutputStream line = unfinished.computeIfAbsent(step, any -> new ByteArrayOutputStream());
        for (byte value : output.bytes()) {
            if (value == '\n') {
                tell(step, line);
            } else {
                line.write(value);
                if (line.size() >= LONGEST_LINE) {
                    tell(step, line);
                }
            }
        }
    }

    private void tell(Step step, ByteArrayOutputStream line) {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        listener.line(step.stage(), step.number(), text.substring(text.lastIndexOf('\r') + 1));
    }

    /** A step is over: what of its last words had no line end is a line. */
    public void end(String stage, int number) {
        Step step = new Step(stage, number);
        ByteArrayOutputStream line = unfinished.remove(step);
        if (line != null && line.size() > 0) {
            tell(step, line);
        }
    }

    /** As {@link #end(String, int)}, of all steps. */
    public void end() {
        List.copyOf(unfinished.keySet()).forEach(step -> end(step.stage(), step.number()));
    }
}
