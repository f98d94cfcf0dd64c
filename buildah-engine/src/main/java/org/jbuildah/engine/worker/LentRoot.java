package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.isolation.Isolation;
import org.jbuildah.engine.rootfs.AskedOwners;
import org.jbuildah.engine.snapshot.SnapshotStore.Snapshot;

/** A snapshot as the root directory of a process. */
record LentRoot(Snapshot snapshot) implements Isolation.RootDirectory {
    @Override
    public Path mount() throws IOException {
        return snapshot.mount();
    }

    @Override
    public List<AskedOwners.Named> unmarked() throws IOException {
        return snapshot.unmarked();
    }

    @Override
    public void own(AskedOwners asked) {
        snapshot.own(asked);
    }
}
