package org.jbuildah.engine.snapshot;

import java.util.List;

class VfsTest extends SnapshotStoreContract {
    VfsTest() {
        super("vfs", List.of());
    }
}
