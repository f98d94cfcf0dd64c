package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.ArrayList;
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
 * @param user whose process this is
 * @param why nothing higher; a sentence each
 */
public record Choice(
        BuildMode mode,
        List<LayerDriver> drivers,
        RunIsolation isolation,
        Namespaces namespaces,
        boolean trustedXattrs,
        String user,
        List<String> why,
        List<String> unshare,
        Path shell) {
    public Choice {
        drivers = List.copyOf(drivers);
        why = List.copyOf(why);
        unshare = List.copyOf(unshare);
    }

    public IdMap idMap() {
        return namespaces.idMap();
    }

    /** Of the ladder, 1 is best; counts on the first driver. */
    public int rung() {
        if (isolation instanceof RunIsolation.PlainChroot) {
            return Rung.PLAIN_CHROOT;
        }
        if (idMap().singleId()) {
            return Rung.SINGLE_ID;
        }
        LayerDriver driver = drivers.get(0);
        return driver instanceof LayerDriver.KernelOverlay ? 1 : driver instanceof LayerDriver.FuseOverlay ? 2 : 3;
    }

    /** What is used, and why nothing higher; a sentence each. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        reasons.add("RUN uses " + mode.word() + runtime() + " with "
                + drivers.get(0).word() + " as " + who() + ", rung " + rung() + " of " + Rung.WITHOUT_RUN + ".");
        reasons.addAll(why);
        return reasons;
    }

    private String runtime() {
        return isolation instanceof RunIsolation.OciRuntime runtime
                ? " (" + runtime.name() + ")"
                : isolation instanceof RunIsolation.PlainChroot ? " (plain chroot, weak isolation)" : "";
    }

    private String who() {
        if (namespaces instanceof Namespaces.RealRoot || namespaces instanceof Namespaces.None) {
            return "root";
        }
        if (namespaces instanceof Namespaces.OwnIds) {
            return "root of a user namespace";
        }
        return namespaces instanceof Namespaces.SubIds
                ? user + " with subordinate ids"
                : user + " with a single id (owners are kept in the layers only)";
    }

    /**
     * The choice after a worker's rehearsal.
     *
     * @param driver the word of the driver that worked
     * @param refused why those before it did not; a sentence each
     */
    public Choice proven(String driver, List<String> refused) {
        int first = 0;
        while (first < drivers.size() - 1 && !drivers.get(first).word().equals(driver)) {
            first++;
        }
        List<String> more = new ArrayList<>(why);
        refused.forEach(sentence -> more.add(sentence
                + " To change that: put the store on a local disk with ext4 or xfs (in a container: on a volume), with --root or "
                + "-Dbuildah.root."));
        return new Choice(
                mode,
                drivers.subList(first, drivers.size()),
                isolation,
                namespaces,
                trustedXattrs,
                user,
                more,
                unshare,
                shell);
    }

    /** What to start a worker with, for a store. */
    public WorkerSettings workerSettings(Path storeRoot) {
        return new WorkerSettings(storeRoot, namespaces, trustedXattrs, drivers, isolation, unshare, shell);
    }
}
