package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.host.Obstacle.Kind;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;
import org.jbuildah.engine.worker.Namespaces;

/** Root with CAP_SYS_ADMIN makes mounts by itself. */
final class RealRootRule implements IdMapRule {
    @Override
    public Verdict judge(HostFacts host) {
        List<Obstacle> obstacles = new ArrayList<>();
        String denied = host.trials().mountNamespace();
        if (!host.process().root()) {
            obstacles.add(new Obstacle(Kind.NOT_ROOT, "This process is not root.", ""));
        } else if (!host.process().may(ProcessFacts.CAP_SYS_ADMIN)) {
            obstacles.add(new Obstacle(
                    Kind.NO_CAPABILITY,
                    "Root lacks CAP_SYS_ADMIN here.",
                    "In a container: --privileged or --cap-add SYS_ADMIN."));
        } else if (!denied.isEmpty()) {
            obstacles.add(new Obstacle(
                    Kind.MOUNTS_DENIED,
                    "Root has CAP_SYS_ADMIN, and a mount namespace was tried and refused: " + denied,
                    "In a container: --security-opt apparmor=unconfined, or --privileged."));
        }
        return new Verdict("root", obstacles);
    }

    @Override
    public Namespaces namespaces(HostFacts host) {
        return new Namespaces.RealRoot(identity(host.process().idMap()));
    }

    /** The ids that exist here, each for itself. */
    static IdMap identity(IdMap own) {
        return new IdMap(identity(own.uids()), identity(own.gids()));
    }

    private static List<Range> identity(List<Range> ranges) {
        return ranges.stream()
                .map(range -> new Range(range.inside(), range.inside(), range.count()))
                .toList();
    }
}
