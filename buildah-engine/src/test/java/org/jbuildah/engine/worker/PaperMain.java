package org.jbuildah.engine.worker;

/** The main class of a second JVM whose workbench has no kernel behind it. */
public final class PaperMain {
    private PaperMain() {}

    public static void main(String[] arguments) {
        WorkerServer.main(new PaperWorkbench());
    }
}
