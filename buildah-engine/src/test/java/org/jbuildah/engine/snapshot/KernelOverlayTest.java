package org.jbuildah.engine.snapshot;

import java.util.List;

class KernelOverlayTest extends SnapshotStoreContract {
    KernelOverlayTest() {
        super("overlay", List.of(OverlayScenarios.class));
    }
}
