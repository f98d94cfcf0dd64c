package org.jbuildah.engine.worker;

import java.io.IOException;
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

    /** Deletes every unpacked layer; false when another worker uses them. */
    boolean prune() throws IOException;

    /** Gives locks and temporary files back. What is not given back ends with the process. */
    void close();
}
