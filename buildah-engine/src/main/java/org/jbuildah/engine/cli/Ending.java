package org.jbuildah.engine.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** The end of a run from outside. It is told once, whoever hears of it first: the signal's thread, or the work that it interrupts. */
final class Ending {
    private final PrintStream err;
    private final AtomicBoolean over = new AtomicBoolean();

    Ending(PrintStream err) {
        this.err = err;
    }

    /** From now on a signal that ends this JVM, such as that of Ctrl-C, is answered before it goes. */
    void hearSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::cancelled, "jbuildah-ending"));
    }

    void cancelled() {
        if (over.compareAndSet(false, true)) {
            err.println((UserTerminal.Stream.ERROR.isTerminal() ? System.lineSeparator() : "") + "Cancelled.");
        }
    }

    /** Whether all is told: what goes wrong after that is only the run's falling apart. */
    boolean told() {
        return over.get();
    }

    /** The run ends by itself, and has told what there is to tell. */
    void byItself() {
        over.set(true);
    }
}
