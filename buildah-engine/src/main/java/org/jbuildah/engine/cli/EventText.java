package org.jbuildah.engine.cli;

import org.jbuildah.engine.FinishedImage;
import org.jbuildah.engine.progress.BuildEvent;

/** Facts in words. */
final class EventText {
    private static final int SHORT_DIGEST = 12;

    private EventText() {}

    static String step(BuildEvent.StepStarted step) {
        return "[" + step.stage() + " " + step.number() + "/" + step.steps() + "] " + step.text();
    }

    static String transfer(BuildEvent.BlobTransferred blob) {
        String verb = blob.direction() == BuildEvent.Direction.PULL ? "pulling" : "pushing";
        return verb + " " + blob.digest().hex().substring(0, SHORT_DIGEST) + " (" + FinishedImage.size(blob.size())
                + ") of " + blob.reference();
    }
}
