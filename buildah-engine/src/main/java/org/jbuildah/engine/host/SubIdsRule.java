package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jbuildah.engine.host.HostTools.Power;
import org.jbuildah.engine.host.HostTools.Tool;
import org.jbuildah.engine.host.Obstacle.Kind;
import org.jbuildah.engine.host.SubIds.Owned;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.worker.Namespaces;
import org.jspecify.annotations.Nullable;

/** An ordinary user with subordinate ids has them mapped by newuidmap and newgidmap. */
final class SubIdsRule implements IdMapRule {
    @Override
    public Verdict judge(HostFacts host) {
        List<Obstacle> obstacles = new ArrayList<>(UserNamespaceObstacles.of(host));
        range(host, "/etc/subuid", host.subIds().uids(), obstacles);
        range(host, "/etc/subgid", host.subIds().gids(), obstacles);
        tool(host, "newuidmap", host.tools().newuidmap(), "cap_setuid", obstacles);
        tool(host, "newgidmap", host.tools().newgidmap(), "cap_setgid", obstacles);
        if (obstacles.isEmpty() && !host.trials().idMap().isEmpty()) {
            obstacles.add(new Obstacle(
                    Kind.ID_MAP_TOOLS_POWERLESS,
                    "The ranges were tried and refused: " + host.trials().idMap(),
                    "See that newuidmap and newgidmap have cap_setuid+ep and cap_setgid+ep, or the setuid bit, and that the ranges in "
                            + "/etc/subuid and /etc/subgid exist in this container's own user namespace."));
        }
        if (host.store().onNetwork()) {
            obstacles.add(new Obstacle(
                    Kind.STORE_ON_NETWORK,
                    "The store " + host.store().root() + " is on "
                            + host.store().fileSystem() + ", whose server does not know subordinate ids.",
                    "Put the store on a local disk."));
        }
        return new Verdict("subordinate ids", obstacles);
    }

    private static void range(HostFacts host, String file, List<Owned> owned, List<Obstacle> obstacles) {
        long count = SubIds.count(owned);
        if (count < SubIds.ENOUGH) {
            String user = host.process().user();
            obstacles.add(new Obstacle(
                    Kind.NO_SUB_IDS,
                    count == 0
                            ? user + " has no range in " + file + "."
                            : "The range of " + user + " in " + file + " is " + count + ", at least " + SubIds.ENOUGH
                                    + " is needed.",
                    "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 " + user));
        }
    }

    private static void tool(
            HostFacts host, String name, @Nullable Tool tool, String capability, List<Obstacle> obstacles) {
        String capable = "setcap " + capability + "+ep ";
        if (tool == null) {
            obstacles.add(new Obstacle(
                    Kind.NO_ID_MAP_TOOLS,
                    "The program " + name + " is not on the PATH.",
                    host.system().distribution().install("uidmap", "shadow-utils", "shadow-uidmap")));
        } else if (host.process().noNewPrivs()) {
            obstacles.add(
                    new Obstacle(
                            Kind.ID_MAP_TOOLS_POWERLESS,
                            "no_new_privs is set, so " + tool.path() + " has no effect.",
                            "In Kubernetes: securityContext.allowPrivilegeEscalation: true. In Docker: drop --security-opt no-new-privileges."));
        } else if (tool.power() == Power.SETUID && !host.process().couldGain(ProcessFacts.CAP_SYS_ADMIN)) {
            obstacles.add(new Obstacle(
                    Kind.ID_MAP_TOOLS_POWERLESS,
                    tool.path() + " is setuid root, and root lacks CAP_SYS_ADMIN in this container.",
                    "In the image: chmod u-s " + tool.path() + " ; " + capable + tool.path()));
        } else if (tool.power() == Power.NONE) {
            obstacles.add(new Obstacle(
                    Kind.ID_MAP_TOOLS_POWERLESS,
                    tool.path() + " is neither setuid root nor has it the capability " + capability + ".",
                    "sudo " + capable + tool.path()));
        }
    }

    /** Whether it is worth a trial. */
    static boolean mayMap(ProcessFacts process, SubIds subIds, HostTools tools) {
        return subIds.enough() && !process.noNewPrivs() && tools.newuidmap() != null && tools.newgidmap() != null;
    }

    static boolean setuid(HostTools tools) {
        return tools.newuidmap() != null
                && tools.newuidmap().power() == Power.SETUID
                && tools.newgidmap() != null
                && tools.newgidmap().power() == Power.SETUID;
    }

    @Override
    public Namespaces namespaces(HostFacts host) {
        return namespaces(host.process(), host.subIds(), host.tools());
    }

    static Namespaces.SubIds namespaces(ProcessFacts process, SubIds subIds, HostTools tools) {
        return new Namespaces.SubIds(
                new IdMap(SubIds.map(process.uid(), subIds.uids()), SubIds.map(process.gid(), subIds.gids())),
                Objects.requireNonNull(tools.newuidmap(), "judged").path(),
                Objects.requireNonNull(tools.newgidmap(), "judged").path());
    }
}
