package org.jbuildah.engine.worker;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.progress.EventSink;

/** A launcher that starts a worker with processes in it, says so, and waits to be killed. */
public final class AbandonedLauncher {
    private AbandonedLauncher() {}

    public static void main(String[] arguments) throws Exception {
        NamespaceWorker worker = TestWorkers.paper(Path.of(arguments[0]), TestWorkers.namespaces(), EventSink.silent());
        worker.prepare(List.of()).run(TestWorkers.process("spawn"), (standardError, bytes) -> {});
        System.out.println("ready");
        if (arguments[1].equals("exit")) {
            System.exit(3);
        }
        worker.prepare(List.of()).run(TestWorkers.process("sleep"), (standardError, bytes) -> {});
    }
}
