package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.host.Obstacle.Kind;

/** What speaks against the kernel's overlay before it is tried; the worker's rehearsal has the last word. */
final class KernelOverlayRule {
    Verdict judge(HostFacts host) {
        StoreFacts store = host.store();
        List<Obstacle> obstacles = new ArrayList<>();
        if (!host.layers().overlayKnown()) {
            obstacles.add(new Obstacle(
                    Kind.NO_OVERLAY,
                    "The kernel has no overlay, and no module of that name.",
                    "sudo modprobe overlay ; echo overlay | sudo tee /etc/modules-load.d/overlay.conf"));
        }
        if (store.onUnion()) {
            obstacles.add(new Obstacle(
                    Kind.STORE_ON_UNION,
                    "The store " + store.root() + " is on " + store.fileSystem()
                            + ", which cannot carry another overlay.",
                    "Mount a volume (Docker) or an emptyDir (Kubernetes) there."));
        }
        if (store.onNetwork()) {
            obstacles.add(new Obstacle(
                    Kind.STORE_ON_NETWORK,
                    "The store " + store.root() + " is on " + store.fileSystem() + ", which overlay cannot write to.",
                    "Put the store on a local disk."));
        }
        if (store.withoutOwners()) {
            obstacles.add(withoutOwners(store));
        }
        return new Verdict("overlay", obstacles);
    }

    static Obstacle withoutOwners(StoreFacts store) {
        return new Obstacle(
                Kind.STORE_WITHOUT_OWNERS,
                "The store " + store.root() + " is on " + store.fileSystem() + ", which knows no owners.",
                "Put the store on a Linux file system such as ext4 or xfs.");
    }
}
