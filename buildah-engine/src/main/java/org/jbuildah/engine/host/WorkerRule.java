package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.host.Obstacle.Kind;

/** What every worker needs, whoever its root is and however layers become a directory: Linux, three programs, a library that can be loaded. */
final class WorkerRule {
    Verdict judge(HostFacts host) {
        String subject = "the worker";
        if (!host.linux()) {
            return new Verdict(
                    subject,
                    List.of(
                            new Obstacle(
                                    Kind.NOT_LINUX,
                                    "RUN needs a Linux kernel; this is "
                                            + host.system().name() + ".",
                                    "Build on Linux, or with Docker (mode docker-with-fuse). A Dockerfile without RUN builds here.")));
        }
        List<Obstacle> obstacles = new ArrayList<>();
        if (!host.system().kernel().atLeast(5, 11)) {
            obstacles.add(new Obstacle(
                    Kind.KERNEL_TOO_OLD,
                    "The kernel is " + host.system().kernel().text() + "; RUN needs 5.11 or later.",
                    host.system().windowsSubsystem()
                            ? "In Windows: wsl --set-version DISTRIBUTION 2 ; wsl --update"
                            : "Update the kernel, or build in a container of a newer machine."));
        }
        programs(host, obstacles);
        if (host.store().noExec()) {
            obstacles.add(new Obstacle(
                    Kind.STORE_NO_EXEC,
                    "The store " + host.store().root()
                            + " is on a mount with noexec, from which no library can be loaded.",
                    "Put the store elsewhere (--root, -Dbuildah.root), or mount it without noexec."));
        }
        return new Verdict(subject, obstacles);
    }

    private static void programs(HostFacts host, List<Obstacle> obstacles) {
        HostTools tools = host.tools();
        Distribution distribution = host.system().distribution();
        if (tools.unshare().isEmpty()) {
            obstacles.add(new Obstacle(
                    Kind.NO_UNSHARE,
                    "The program unshare is not on the PATH, nor is busybox.",
                    distribution.install("util-linux", "util-linux", "util-linux-misc")));
        }
        if (tools.shell() == null) {
            obstacles.add(new Obstacle(
                    Kind.NO_SHELL,
                    "There is no shell sh on the PATH.",
                    distribution.install("dash", "bash", "busybox")));
        }
        if (tools.java() == null) {
            obstacles.add(new Obstacle(
                    Kind.NO_JAVA,
                    "The Java that runs this build has no bin/java in its home, so RUN cannot start a second one.",
                    "Use a complete JDK or JRE, or one that jlink made without --strip-native-commands."));
        }
    }
}
