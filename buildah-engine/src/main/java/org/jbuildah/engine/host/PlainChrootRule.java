package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.host.Obstacle.Kind;

/** A chroot and nothing else, where a container's filter refuses every namespace: only for root, and only where it was allowed by name. */
final class PlainChrootRule {
    /** To unpack files of others, to change the root and to become the user of a RUN. Docker gives them all. */
    private static final List<Capability> NEEDED = List.of(
            Capability.SYS_CHROOT,
            Capability.CHOWN,
            Capability.DAC_OVERRIDE,
            Capability.FOWNER,
            Capability.FSETID,
            Capability.MKNOD,
            Capability.SETGID,
            Capability.SETUID,
            Capability.SETPCAP,
            Capability.KILL);

    Verdict judge(HostFacts host, ModeOptions asked) {
        List<Obstacle> obstacles = new ArrayList<>();
        if (!host.process().root()) {
            obstacles.add(new Obstacle(Kind.NOT_ROOT, "This process is not root.", ""));
        } else {
            for (Capability needed : NEEDED) {
                if (!host.process().may(needed.number())) {
                    obstacles.add(new Obstacle(
                            Kind.NO_CAPABILITY,
                            "Root lacks CAP_" + needed + " here.",
                            "In a container: --cap-add " + needed + "."));
                }
            }
        }
        if (!asked.allowWeakIsolation()) {
            obstacles.add(new Obstacle(
                    Kind.WEAK_NOT_ALLOWED,
                    "A plain chroot keeps honest programs apart, and no others: a RUN could leave it and change this container.",
                    "If this container is thrown away and every Dockerfile is trusted: --allow-weak-isolation, "
                            + "-Dbuildah.allowWeakIsolation."));
        }
        return new Verdict("plain chroot", obstacles);
    }
}
