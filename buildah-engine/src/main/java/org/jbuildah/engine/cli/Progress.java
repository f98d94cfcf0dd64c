package org.jbuildah.engine.cli;

import org.jbuildah.engine.progress.EventSink;

/** What a person sees of a build. */
interface Progress extends EventSink, AutoCloseable {
    /** Live on a terminal, plain lines elsewhere. */
    static Progress on(Cli.Console console) {
        boolean terminal = System.console() != null
                && !console.environment().getOrDefault("TERM", "dumb").equals("dumb");
        return terminal ? new TerminalProgress(console.err()) : new PlainProgress(console.err());
    }

    /** Leaves the screen as it should stay; may be called more than once. */
    @Override
    void close();
}
