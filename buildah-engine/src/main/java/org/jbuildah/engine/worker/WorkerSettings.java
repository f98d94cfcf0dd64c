package org.jbuildah.engine.worker;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.StorageDriver;

/**
 * What a worker is started with.
 *
 * @param storeRoot the content store; {@code lib/} and {@code rootfs/} in it belong to the worker
 * @param namespaces how it is set apart
 * @param trustedXattrs whether overlay may keep its marks in {@code trusted.*}: only real root of the first user namespace may
 * @param driver {@code OVERLAY} or {@code VFS}
 * @param fallBackToVfs whether vfs may take overlay's place when the rehearsal fails
 * @param unshare the tool, one word, or two for busybox
 * @param shell a POSIX shell
 */
public record WorkerSettings(
        Path storeRoot,
        Namespaces namespaces,
        boolean trustedXattrs,
        StorageDriver driver,
        boolean fallBackToVfs,
        List<String> unshare,
        Path shell) {
    public WorkerSettings {
        unshare = List.copyOf(unshare);
        if (driver == StorageDriver.AUTO) {
            throw new IllegalArgumentException("the driver is chosen before the worker starts");
        }
    }
}
