package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.isolation.Trees;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.snapshot.CacheDirectories;
import org.jbuildah.engine.snapshot.SnapshotStore;
import org.jbuildah.engine.snapshot.SnapshotStore.Snapshot;

/** The trees that one process's mounts take files from: snapshots whose changes are thrown away, and cache directories. */
final class LentTrees implements Trees, AutoCloseable {
    /** Gives back what is lent. */
    private interface Return {
        void back() throws IOException;
    }

    private final IdentityHashMap<MountSpec, Snapshot> snapshots = new IdentityHashMap<>();
    private final Map<String, CacheDirectories.Lent> caches = new HashMap<>();
    private final Deque<Return> returns = new ArrayDeque<>();

    private LentTrees() {}

    static LentTrees of(List<MountSpec> mounts, Workbench workbench) throws IOException {
        LentTrees trees = new LentTrees();
        try {
            trees.lendCaches(mounts, workbench);
            for (MountSpec mount : mounts) {
                if (mount instanceof MountSpec.OfLayers layers) {
                    Snapshot snapshot = workbench.snapshots().prepare(layers.layers());
                    trees.returns.push(snapshot::close);
                    trees.snapshots.put(mount, snapshot);
                }
            }
            return trees;
        } catch (IOException | RuntimeException e) {
            trees.close();
            throw e;
        }
    }

    /** In one order for all, so that no two processes wait for each other; a directory that is mounted twice is lent once. */
    private void lendCaches(List<MountSpec> mounts, Workbench workbench) throws IOException {
        SnapshotStore store = workbench.snapshots();
        List<MountSpec.CacheDirectory> sorted = mounts.stream()
                .filter(MountSpec.CacheDirectory.class::isInstance)
                .map(MountSpec.CacheDirectory.class::cast)
                .sorted(Comparator.comparing(CacheDirectories::nameOf))
                .toList();
        for (MountSpec.CacheDirectory mount : sorted) {
            String name = CacheDirectories.nameOf(mount);
            if (!caches.containsKey(name)) {
                CacheDirectories.Lent lent = workbench.caches().lend(mount, store);
                returns.push(lent::close);
                caches.put(name, lent);
            }
        }
    }

    @Override
    public Path mount(MountSpec.OfTree mount) throws IOException {
        if (mount instanceof MountSpec.CacheDirectory cache) {
            CacheDirectories.Lent lent = caches.get(CacheDirectories.nameOf(cache));
            if (lent != null) {
                return lent.directory();
            }
        }
        Snapshot snapshot = snapshots.get(mount);
        if (snapshot == null) {
            throw new IOException("nothing was lent for " + mount);
        }
        return snapshot.mount();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!returns.isEmpty()) {
            try {
                returns.pop().back();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
