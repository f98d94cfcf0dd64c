package org.jbuildah.engine.cli;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.ProcessLines;

/**
 * What processes write, on its way to the user: as it comes while there is one stage; in whole lines, each with its stage and step
 * before it, once there are several, which may run side by side.
 */
final class ProcessText {
    private final PrintStream out;
    private final ProcessLines lines;
    private final Set<String> stages = new HashSet<>();

    ProcessText(PrintStream out) {
        this.out = out;
        this.lines = new ProcessLines((stage, number, text) -> out.println("[" + stage + " " + number + "] " + text));
    }

    void begin(BuildEvent.StageStarted stage) {
        stages.add(stage.stage());
    }

    /** True once a fact needs its stage's name to be understood. */
    boolean severalStages() {
        return stages.size() > 1;
    }

    void write(BuildEvent.ProcessOutput output) {
        if (severalStages()) {
            lines.add(output);
        } else {
            out.write(output.bytes(), 0, output.bytes().length);
        }
    }

    void end(BuildEvent.StepFinished step) {
        lines.end(step.stage(), step.number());
    }

    /** Nothing more comes. */
    void end() {
        lines.end();
    }
}
