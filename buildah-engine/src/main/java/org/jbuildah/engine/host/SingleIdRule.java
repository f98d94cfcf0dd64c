package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.host.Obstacle.Kind;
import org.jbuildah.engine.worker.Namespaces;

/** Anybody who may make a user namespace is root of one with a single id in it. */
final class SingleIdRule implements IdMapRule {
    @Override
    public Verdict judge(HostFacts host) {
        List<Obstacle> obstacles = new ArrayList<>(UserNamespaceObstacles.of(host));
        if (host.process().root() && !host.process().may(ProcessFacts.CAP_SETFCAP)) {
            obstacles.add(new Obstacle(
                    Kind.NO_CAPABILITY,
                    "Root lacks CAP_SETFCAP here, without which the kernel does not let it map id 0.",
                    "In a container: --cap-add SETFCAP, or run as an ordinary user."));
        }
        return new Verdict("a single id", obstacles);
    }

    @Override
    public Namespaces namespaces(HostFacts host) {
        return new Namespaces.SingleId(host.process().uid(), host.process().gid());
    }
}
