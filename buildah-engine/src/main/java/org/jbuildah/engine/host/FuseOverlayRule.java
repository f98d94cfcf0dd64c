package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.host.Obstacle.Kind;

/** What speaks against fuse-overlayfs before it is tried. */
final class FuseOverlayRule {
    Verdict judge(HostFacts host, ModeOptions asked) {
        List<Obstacle> obstacles = new ArrayList<>();
        Program program = host.layers().fuseOverlay();
        if (asked.fuseProgram() == null && (program == null || program.broken())) {
            obstacles.add(new Obstacle(
                    Kind.NO_FUSE_OVERLAY,
                    program == null ? "The program fuse-overlayfs is not on the PATH." : program + ".",
                    host.system().distribution().install("fuse-overlayfs", "fuse-overlayfs", "fuse-overlayfs")));
        }
        if (!host.layers().fuseDeviceRefusal().isEmpty()) {
            obstacles.add(new Obstacle(
                    Kind.NO_FUSE_DEVICE,
                    "/dev/fuse cannot be opened: " + host.layers().fuseDeviceRefusal() + ".",
                    host.container().inside()
                            ? "In Docker: --device /dev/fuse. In Kubernetes: a device plugin for it."
                            : "sudo modprobe fuse ; sudo chmod 0666 /dev/fuse"));
        }
        if (host.store().withoutOwners()) {
            obstacles.add(KernelOverlayRule.withoutOwners(host.store()));
        }
        return new Verdict("fuse-overlayfs", obstacles);
    }
}
