package org.jbuildah.engine.worker;

import org.jbuildah.engine.api.StorageDriver;

/**
 * What a worker says of itself once it is ready.
 *
 * @param pid its process id in its own pid namespace: 1
 * @param uidMap {@code /proc/self/uid_map} as it sees it, fields separated by one space, lines by a comma
 * @param freshProc whether it could mount a {@code /proc} of its own; else it sees the launcher's
 * @param driver the storage driver in use: the one asked for, or vfs where that was allowed
 * @param driverReason why the driver is not the one asked for; empty when it is
 */
public record WorkerHello(
        int protocol,
        int pid,
        int euid,
        String uidMap,
        String gidMap,
        String jvm,
        boolean freshProc,
        StorageDriver driver,
        String driverReason) {}
