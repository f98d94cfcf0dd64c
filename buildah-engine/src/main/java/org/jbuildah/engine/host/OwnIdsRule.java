package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.host.Obstacle.Kind;
import org.jbuildah.engine.worker.Namespaces;

/** Root without CAP_SYS_ADMIN, as in most containers, makes a user namespace and maps the ids it has. */
final class OwnIdsRule implements IdMapRule {
    @Override
    public Verdict judge(HostFacts host) {
        List<Obstacle> obstacles = new ArrayList<>();
        if (!host.process().root()) {
            obstacles.add(new Obstacle(Kind.NOT_ROOT, "This process is not root.", ""));
            return new Verdict("root's own ids", obstacles);
        }
        capability(host, ProcessFacts.CAP_SETUID, "SETUID", obstacles);
        capability(host, ProcessFacts.CAP_SETGID, "SETGID", obstacles);
        capability(host, ProcessFacts.CAP_SETFCAP, "SETFCAP", obstacles);
        obstacles.addAll(UserNamespaceObstacles.of(host));
        return new Verdict("root's own ids", obstacles);
    }

    private static void capability(HostFacts host, int number, String name, List<Obstacle> obstacles) {
        if (!host.process().may(number)) {
            obstacles.add(new Obstacle(
                    Kind.NO_CAPABILITY,
                    "Root lacks CAP_" + name + " here, without which the kernel lets it map no ids.",
                    "In a container: --cap-add " + name + "."));
        }
    }

    @Override
    public Namespaces namespaces(HostFacts host) {
        return new Namespaces.OwnIds(RealRootRule.identity(host.process().idMap()));
    }
}
