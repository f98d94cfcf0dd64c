package org.jbuildah.engine.cli;

import java.util.Locale;
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
        return verb + " " + blob.digest().hex().substring(0, SHORT_DIGEST) + " (" + size(blob.size()) + ") of "
                + blob.reference();
    }

    /** A number of bytes for people: decimal units, three digits. */
    static String size(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }
}
