package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.host.Obstacle.Kind;

/** A chroot and nothing else, where a container's filter refuses every namespace: only for root, and only where it was allowed by name. */
final class PlainChrootRule {
    Verdict judge(HostFacts host, ModeOptions asked) {
        List<Obstacle> obstacles = new ArrayList<>();
        if (!host.process().root() || !host.process().may(ProcessFacts.CAP_SYS_CHROOT)) {
            obstacles.add(
                    host.process().root()
                            ? new Obstacle(
                                    Kind.NO_CAPABILITY,
                                    "Root lacks CAP_SYS_CHROOT here.",
                                    "In a container: --cap-add SYS_CHROOT.")
                            : new Obstacle(Kind.NOT_ROOT, "This process is not root.", ""));
        }
        if (!asked.allowWeakIsolation()) {
            obstacles.add(new Obstacle(
                    Kind.WEAK_NOT_ALLOWED,
                    "A plain chroot keeps honest programs apart, and no others: a RUN could leave it and change this container.",
                    "If this container is thrown away and every Dockerfile is trusted: --allow-weak-isolation, "
                            + "-Dbuildah.allowWeakIsolation."));
        }
        obstacles.add(new Obstacle(Kind.NOT_THERE_YET, "The plain chroot is not there yet in this version.", ""));
        return new Verdict("plain chroot", obstacles);
    }
}
