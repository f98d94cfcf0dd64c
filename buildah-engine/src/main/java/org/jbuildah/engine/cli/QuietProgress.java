package org.jbuildah.engine.cli;

import org.jbuildah.engine.progress.BuildEvent;

/** Nobody wants to know; a failure tells the last lines of its process itself. */
final class QuietProgress implements Progress {
    @Override
    public void event(BuildEvent event) {
        // on purpose
    }

    @Override
    public void line(String text) {
        // on purpose
    }

    @Override
    public void finish() {
        // there is nothing on the screen
    }
}
