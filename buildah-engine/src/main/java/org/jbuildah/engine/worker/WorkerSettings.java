package org.jbuildah.engine.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * What a worker is started with.
 *
 * @param storeRoot the content store; {@code lib/} and {@code rootfs/} in it belong to the worker
 * @param namespaces how it is set apart
 * @param trustedXattrs whether overlay may keep its marks in {@code trusted.*}: only real root of the first user namespace may
 * @param drivers the first one that a rehearsal proves is used; vfs needs none
 * @param isolation of each RUN
 * @param unshare the tool, one word, or two for busybox
 * @param shell a POSIX shell
 */
public record WorkerSettings(
        Path storeRoot,
        Namespaces namespaces,
        boolean trustedXattrs,
        List<LayerDriver> drivers,
        RunIsolation isolation,
        List<String> unshare,
        Path shell) {
    public WorkerSettings {
        drivers = List.copyOf(drivers);
        unshare = List.copyOf(unshare);
        if (drivers.isEmpty()) {
            throw new IllegalArgumentException("a worker needs a driver");
        }
    }
}
