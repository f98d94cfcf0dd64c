package org.jbuildah.engine;

import org.jbuildah.engine.worker.WorkerServer;

/** The main class of the second JVM. Not for users: it expects to be process 1 of a pid namespace, spoken to on its standard input. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) {
        WorkerServer.main();
    }
}
