package org.jbuildah.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jbuildah.engine.progress.EventSink;

/** What a person sees of a build. */
interface Progress extends EventSink, AutoCloseable {
    /** Standard error as the kernel knows it; {@code System.console()} tells of standard input, and from JDK 22 on not even that. */
    Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    Pattern TERMINAL = Pattern.compile("/dev/(pts/\\d+|tty.*|console)");

    /** Live on a terminal, plain lines elsewhere. */
    static Progress on(Cli.Console console) {
        boolean dumb = console.environment().getOrDefault("TERM", "dumb").equals("dumb");
        return !dumb && isTerminal() ? new TerminalProgress(console.err()) : new PlainProgress(console.err());
    }

    private static boolean isTerminal() {
        try {
            return TERMINAL.matcher(Files.readSymbolicLink(STANDARD_ERROR).toString())
                    .matches();
        } catch (IOException otherSystem) {
            return false;
        }
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
