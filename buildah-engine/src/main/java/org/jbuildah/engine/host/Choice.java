package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.worker.LayerDriver;
import org.jbuildah.engine.worker.Namespaces;
import org.jbuildah.engine.worker.RunIsolation;
import org.jbuildah.engine.worker.WorkerSettings;

/**
 * How this build will run RUN.
 *
 * @param drivers to be rehearsed in this order; the first that works is used
 * @param isolation of each RUN
 * @param rung of the ladder, 1 is best
 * @param reasons why this, and why nothing higher; a sentence each
 */
public record Choice(
        BuildMode mode,
        List<LayerDriver> drivers,
        RunIsolation isolation,
        Namespaces namespaces,
        boolean trustedXattrs,
        int rung,
        List<String> reasons,
        List<String> unshare,
        Path shell) {
    public Choice {
        drivers = List.copyOf(drivers);
        reasons = List.copyOf(reasons);
        unshare = List.copyOf(unshare);
    }

    public IdMap idMap() {
        return namespaces.idMap();
    }

    /** What to start a worker with, for a store. */
    public WorkerSettings workerSettings(Path storeRoot) {
        return new WorkerSettings(storeRoot, namespaces, trustedXattrs, drivers, isolation, unshare, shell);
    }
}
