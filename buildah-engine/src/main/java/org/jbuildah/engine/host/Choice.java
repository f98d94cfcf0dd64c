package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.worker.Namespaces;
import org.jbuildah.engine.worker.WorkerSettings;

/**
 * How this build will run RUN.
 *
 * @param driver {@code OVERLAY} or {@code VFS}
 * @param fallBackToVfs whether vfs may take overlay's place when the worker's rehearsal fails; not when overlay was asked for by name
 * @param rung of the ladder, 1 is best
 * @param reasons why this, and why nothing higher; a sentence each
 */
public record Choice(
        BuildMode mode,
        StorageDriver driver,
        boolean fallBackToVfs,
        Namespaces namespaces,
        boolean trustedXattrs,
        int rung,
        List<String> reasons,
        List<String> unshare,
        Path shell) {
    public Choice {
        reasons = List.copyOf(reasons);
        unshare = List.copyOf(unshare);
    }

    public IdMap idMap() {
        return namespaces.idMap();
    }

    /** What to start a worker with, for a store. */
    public WorkerSettings workerSettings(Path storeRoot) {
        return new WorkerSettings(storeRoot, namespaces, trustedXattrs, driver, fallBackToVfs, unshare, shell);
    }
}
