package org.jbuildah.engine.cli;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.progress.BuildEvent;

/** One line an event, in the order in which things happen; for logs. */
final class PlainProgress implements Progress {
    private final PrintStream out;
    private final ProcessText processes;
    private final Set<Digest> announced = new HashSet<>();
    private final CheckBlock checks = new CheckBlock();

    PlainProgress(PrintStream out) {
        this.out = out;
        this.processes = new ProcessText(out);
    }

    @Override
    public synchronized void event(BuildEvent event) {
        if (event instanceof BuildEvent.HostJudged host) {
            host.reasons().forEach(reason -> out.println("host: " + reason));
        } else if (event instanceof BuildEvent.ImageResolved image) {
            out.println("image " + image.reference() + " is " + image.manifest());
        } else if (event instanceof BuildEvent.StageStarted stage) {
            processes.begin(stage);
        } else if (event instanceof BuildEvent.StepFinished step) {
            processes.end(step);
        } else if (event instanceof BuildEvent.StepStarted step) {
            out.println(EventText.step(step));
        } else if (event instanceof BuildEvent.StepCached step) {
            out.println("[" + step.stage() + " " + step.number() + "] cached");
        } else if (event instanceof BuildEvent.ProcessOutput output) {
            processes.write(output);
            out.flush();
        } else if (event instanceof BuildEvent.BlobTransferred blob) {
            if (announced.add(blob.digest())) {
                out.println(EventText.transfer(blob));
            }
        } else if (event instanceof BuildEvent.Warned warning) {
            out.println("warning: " + warning.text());
        } else if (event instanceof BuildEvent.CheckWarned warned) {
            checks.add(warned.warning());
        } else if (event instanceof BuildEvent.OutputWritten written) {
            out.println("wrote " + written.destination() + " as " + written.manifest());
        }
    }

    @Override
    public void line(String text) {
        out.println(text);
    }

    @Override
    public synchronized void finish() {
        processes.end();
        checks.take().forEach(out::println);
        out.flush();
    }
}
