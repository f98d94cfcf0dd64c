package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.host.Obstacle.Kind;

/** Our own box needs Linux, three programs, and one way to be root of some namespaces. */
final class NativeChrootRule implements ModeRule {
    @Override
    public BuildMode mode() {
        return BuildMode.NATIVE_CHROOT;
    }

    @Override
    public Verdict judge(HostFacts host) {
        if (!host.linux()) {
            return new Verdict(
                    mode().word(),
                    List.of(new Obstacle(
                            Kind.NOT_LINUX,
                            "RUN needs a Linux kernel; this is " + host.operatingSystem() + ".",
                            "Build on Linux. A Dockerfile without RUN builds here.")));
        }
        List<Obstacle> obstacles = new ArrayList<>();
        if (!host.kernel().atLeast(5, 11)) {
            obstacles.add(new Obstacle(
                    Kind.KERNEL_TOO_OLD,
                    "The kernel is " + host.kernel().text() + "; RUN needs 5.11 or later.",
                    "Update the kernel."));
        }
        programs(host.tools(), obstacles);
        List<Verdict> idMaps =
                IdMapRule.all().stream().map(rule -> rule.judge(host)).toList();
        if (idMaps.stream().noneMatch(Verdict::usable)) {
            // the last one asks for least: what it lacks, all lack
            obstacles.addAll(idMaps.get(idMaps.size() - 1).obstacles());
        }
        return new Verdict(mode().word(), obstacles);
    }

    private static void programs(HostTools tools, List<Obstacle> obstacles) {
        if (tools.unshare().isEmpty()) {
            obstacles.add(new Obstacle(
                    Kind.NO_UNSHARE,
                    "The program unshare is not on the PATH, nor is busybox.",
                    "Install the package util-linux."));
        }
        if (tools.shell() == null) {
            obstacles.add(new Obstacle(
                    Kind.NO_SHELL, "There is no shell sh on the PATH.", "Install the package dash, bash or busybox."));
        }
        if (tools.java() == null) {
            obstacles.add(new Obstacle(
                    Kind.NO_JAVA,
                    "The Java that runs this build has no bin/java in its home, so RUN cannot start a second one.",
                    "Use a complete JDK or JRE, or one that jlink made without --strip-native-commands."));
        }
    }
}
