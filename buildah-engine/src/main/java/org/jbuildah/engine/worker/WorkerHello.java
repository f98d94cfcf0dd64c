package org.jbuildah.engine.worker;

import java.util.List;

/**
 * What a worker says of itself once it is ready.
 *
 * @param pid its process id in its own pid namespace: 1
 * @param uidMap {@code /proc/self/uid_map} as it sees it, fields separated by one space, lines by a comma
 * @param freshProc whether it could mount a {@code /proc} of its own; else it sees the launcher's
 * @param driver the word of the driver in use
 * @param obstacles why those before it in the list are not; a sentence each
 */
public record WorkerHello(
        int protocol,
        int pid,
        int euid,
        String uidMap,
        String gidMap,
        String jvm,
        boolean freshProc,
        String driver,
        List<String> obstacles) {
    public WorkerHello {
        obstacles = List.copyOf(obstacles);
    }
}
