package org.jbuildah.engine.cli;

import org.jbuildah.engine.progress.BuildEvent;

/** Tells nothing while a process has the terminal: the stages that still run wait with what they have to say. */
final class PausedProgress implements Progress {
    private final Progress progress;
    private final UserTerminal terminal;

    PausedProgress(Progress progress, UserTerminal terminal) {
        this.progress = progress;
        this.terminal = terminal;
    }

    @Override
    public void event(BuildEvent event) {
        try {
            terminal.awaitFree();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the build ends, and what it says now is of no use
            return;
        }
        progress.event(event);
    }

    @Override
    public void line(String text) {
        progress.line(text);
    }

    @Override
    public void finish() {
        progress.finish();
    }
}
