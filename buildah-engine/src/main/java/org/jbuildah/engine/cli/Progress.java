package org.jbuildah.engine.cli;

import org.jbuildah.engine.progress.EventSink;

/** What a person sees of a build. */
interface Progress extends EventSink, AutoCloseable {
    /** Live on a terminal, plain lines elsewhere. */
    static Progress on(Cli.Console console) {
        boolean dumb = console.environment().getOrDefault("TERM", "dumb").equals("dumb");
        return !dumb && UserTerminal.Stream.ERROR.isTerminal()
                ? new TerminalProgress(console.err(), TerminalProgress.Style.of(console.environment()))
                : new PlainProgress(console.err());
    }

    /** A line that sums something up, after {@link #finish}. */
    void line(String text);

    /** Leaves the screen as it should stay; may be called more than once. */
    void finish();

    @Override
    default void close() {
        finish();
    }
}
