package org.jbuildah.engine.worker;

import java.io.IOException;
import org.jbuildah.engine.isolation.Isolation;
import org.jbuildah.engine.snapshot.CacheDirectories;
import org.jbuildah.engine.snapshot.SnapshotStore;
import org.jbuildah.engine.worker.Greeting.Open;

/** What a worker works with. Tests of the protocol bring one without a kernel behind it. */
interface Workbench {
    /** Makes the worker fit for work: called once, on the main thread, before anything else. */
    WorkerHello open(Open settings) throws IOException;

    SnapshotStore snapshots();

    CacheDirectories caches();

    Isolation isolation();

    /** Tries an overlay mount in the store; empty when it works. */
    String rehearseOverlay() throws IOException, InterruptedException;

    /**
     * Deletes every unpacked layer.
     *
     * @param caches whether the cache directories go, too
     * @return false when another worker uses some of it, which then stays
     */
    boolean prune(boolean caches) throws IOException;

    /** Gives locks and temporary files back. What is not given back ends with the process. */
    void close();
}
