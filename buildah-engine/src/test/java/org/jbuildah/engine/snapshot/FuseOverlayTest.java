package org.jbuildah.engine.snapshot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class FuseOverlayTest extends SnapshotStoreContract {
    FuseOverlayTest() {
        super("fuse", List.of(OverlayScenarios.class, FuseScenarios.class));
    }

    @Override
    String missing() {
        for (Path needed : List.of(ScenarioProgram.FUSE_OVERLAYFS, Path.of("/dev/fuse"))) {
            if (!Files.isReadable(needed)) {
                return needed + " is missing or closed to us";
            }
        }
        return "";
    }
}
