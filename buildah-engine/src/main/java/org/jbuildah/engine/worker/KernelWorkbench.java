package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.jbuildah.engine.isolation.Isolation;
import org.jbuildah.engine.snapshot.SnapshotStore;
import org.jbuildah.engine.worker.WorkerMessage.Open;

/** The real thing. */
final class KernelWorkbench implements Workbench {
    @Override
    public WorkerHello open(Open settings) throws IOException {
        throw new IOException("contract only");
    }

    @Override
    public SnapshotStore snapshots() {
        throw new IllegalStateException("contract only");
    }

    @Override
    public Isolation isolation() {
        throw new IllegalStateException("contract only");
    }

    @Override
    public String rehearseOverlay() throws IOException {
        throw new IOException("contract only");
    }

    @Override
    public void deleteTree(Path tree) throws IOException {
        throw new IOException("contract only");
    }
}
