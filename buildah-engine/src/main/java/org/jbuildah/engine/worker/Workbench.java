package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.jbuildah.engine.isolation.Isolation;
import org.jbuildah.engine.snapshot.SnapshotStore;
import org.jbuildah.engine.worker.WorkerMessage.Open;

/** What a worker works with. Tests of the protocol bring one without a kernel behind it. */
interface Workbench {
    /** Makes the worker fit for work: called once, on the main thread, before anything else. */
    WorkerHello open(Open settings) throws IOException;

    SnapshotStore snapshots();

    Isolation isolation();

    /** Tries an overlay mount in the store; empty when it works. */
    String rehearseOverlay() throws IOException, InterruptedException;

    void deleteTree(Path tree) throws IOException;
}
