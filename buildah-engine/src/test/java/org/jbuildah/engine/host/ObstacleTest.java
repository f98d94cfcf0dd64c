package org.jbuildah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.host.Obstacle.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each obstacle has a machine that has it, and whoever meets it is told how to be rid of it. */
class ObstacleTest {
    /** They say why a rung is not climbed, and nothing can be done about them. */
    private static final Set<Kind> WITHOUT_REMEDY = EnumSet.of(Kind.NOT_ROOT, Kind.NOT_ASKED_FOR);

    private record Met(FixtureHost host, ModeOptions asked) {
        Diagnosis diagnosis() {
            return Diagnosis.of(host.facts(), asked);
        }
    }

    private static Met met(FixtureHost host) {
        return new Met(host, ModeOptions.DEFAULT);
    }

    private static Met met(FixtureHost host, BuildMode mode) {
        return new Met(host, ModeOptions.DEFAULT.withMode(mode));
    }

    private static FixtureHost storeOn(String type, String options) {
        return Hosts.rootlessUbuntu()
                .file(
                        "/proc/self/mountinfo",
                        "27 1 254:0 / / rw - ext4 /dev/vda rw\n40 27 0:40 / /home rw" + options + " - " + type
                                + " store rw\n");
    }

    private static Map<Kind, Met> machines() {
        Map<Kind, Met> machines = new EnumMap<>(Kind.class);
        machines.put(Kind.NOT_LINUX, met(Hosts.macOs()));
        machines.put(Kind.KERNEL_TOO_OLD, met(Hosts.debian10()));
        machines.put(Kind.NO_UNSHARE, met(Hosts.rootlessUbuntu().without("/usr/bin/unshare")));
        machines.put(Kind.NO_SHELL, met(Hosts.rootlessUbuntu().without("/bin/sh")));
        machines.put(Kind.NO_JAVA, met(Hosts.rootlessUbuntu().without("/usr/lib/jvm/java-17/bin/java")));
        machines.put(Kind.NO_USER_NAMESPACES, met(Hosts.rootlessUbuntu().without("/proc/self/ns/user")));
        machines.put(Kind.UNPRIVILEGED_USER_NAMESPACES_OFF, met(Hosts.debian10()));
        machines.put(
                Kind.NO_USER_NAMESPACES_LEFT,
                met(Hosts.rootlessUbuntu().file("/proc/sys/user/max_user_namespaces", "0\n")));
        machines.put(
                Kind.FEW_USER_NAMESPACES,
                met(Hosts.rootlessUbuntu().file("/proc/sys/user/max_user_namespaces", "100\n")));
        machines.put(Kind.USER_NAMESPACES_DENIED, met(Hosts.ubuntuWithAppArmor()));
        machines.put(
                Kind.MOUNTS_DENIED,
                met(Hosts.dockerDefault()
                        .process(0, Hosts.ALL_CAPABILITIES, Hosts.ALL_CAPABILITIES, false, false)
                        .refusingRoot("/usr/bin/unshare -m: exit code 1 Permission denied")
                        .without("/proc/self/ns/user")));
        machines.put(Kind.NOT_ROOT, met(Hosts.debian10()));
        machines.put(Kind.NO_CAPABILITY, met(Hosts.dockerDefault().process(0, 0, 0, false, false)));
        machines.put(Kind.NO_ID_MAP_TOOLS, met(Hosts.rootlessUbuntu().without("/usr/bin/newuidmap")));
        machines.put(
                Kind.ID_MAP_TOOLS_POWERLESS, met(Hosts.rhel8().saying("/usr/sbin/getcap /usr/bin/newuidmap", 0, "")));
        machines.put(Kind.NO_SUB_IDS, met(Hosts.rootlessUbuntu().file("/etc/subgid", "bob:100000:65536\n")));
        machines.put(Kind.NO_OVERLAY, met(Hosts.rootlessUbuntu().file("/proc/filesystems", "\text4\n")));
        machines.put(Kind.NO_FUSE_OVERLAY, met(storeOn("overlay", "")));
        machines.put(Kind.NO_FUSE_DEVICE, met(storeOn("overlay", "").program("/usr/bin/fuse-overlayfs", 0100755)));
        machines.put(Kind.STORE_ON_UNION, met(storeOn("overlay", "")));
        machines.put(Kind.STORE_ON_NETWORK, met(storeOn("nfs4", "")));
        machines.put(Kind.STORE_WITHOUT_OWNERS, met(storeOn("vfat", "")));
        machines.put(Kind.STORE_NO_EXEC, met(storeOn("ext4", ",noexec")));
        machines.put(
                Kind.STORE_LABEL,
                met(Hosts.dockerUnconfined()
                        .file("/sys/fs/selinux/enforce", "1")
                        .saying("stat -c %C /", 0, "system_u:object_r:user_home_t:s0")));
        machines.put(Kind.NO_RUNTIME, met(Hosts.rootlessUbuntu(), BuildMode.NATIVE_ROOTLESS));
        machines.put(Kind.INSIDE_CONTAINER, met(Hosts.dockerUnconfined(), BuildMode.NATIVE_ROOTLESS));
        machines.put(Kind.WEAK_NOT_ALLOWED, met(Hosts.dockerDefault()));
        machines.put(Kind.NO_ENGINE, met(Hosts.macOs()));
        machines.put(Kind.ENGINE_SILENT, met(Hosts.macOs().program("/usr/local/bin/docker", 0100755)));
        machines.put(Kind.NOT_ASKED_FOR, met(Hosts.rootlessUbuntu(), BuildMode.DOCKER_WITH_FUSE));
        return machines;
    }

    private static Stream<Obstacle> all(Diagnosis diagnosis) {
        return Stream.concat(
                diagnosis.cautions().stream(), diagnosis.rungs().stream().flatMap(rung -> rung.obstacles().stream()));
    }

    @TestFactory
    Stream<DynamicTest> aMachineHasItAndIsToldTheRemedy() {
        return machines().entrySet().stream()
                .map(machine -> DynamicTest.dynamicTest(machine.getKey().name(), () -> {
                    Diagnosis diagnosis = machine.getValue().diagnosis();
                    List<Obstacle> met = all(diagnosis)
                            .filter(obstacle -> obstacle.kind() == machine.getKey())
                            .toList();

                    assertThat(met).isNotEmpty().allSatisfy(obstacle -> {
                        assertThat(obstacle.what()).isNotBlank();
                        if (!WITHOUT_REMEDY.contains(obstacle.kind())) {
                            assertThat(obstacle.remedy().isBlank()
                                            && diagnosis.recipes(obstacle).isEmpty())
                                    .as("no way out of %s", obstacle)
                                    .isFalse();
                        }
                    });
                }));
    }

    @Test
    void whatAWorkerHasFoundOutIsThereToo() {
        Diagnosis diagnosis = met(Hosts.rootlessUbuntu()).diagnosis();

        assertThat(all(diagnosis.proven("vfs", List.of("The kernel refuses an overlay mount."))))
                .extracting(Obstacle::kind)
                .contains(Kind.OVERLAY_REFUSED);
        assertThat(all(diagnosis.failed(new HostUnsuitable(FailureCode.WORKER_NOT_STARTED, "no worker", "look"))))
                .extracting(Obstacle::kind)
                .contains(Kind.WORKER_NOT_STARTED);
    }

    @Test
    void noneIsWithoutAMachine() {
        Set<Kind> had = EnumSet.copyOf(machines().keySet());
        had.addAll(EnumSet.of(Kind.OVERLAY_REFUSED, Kind.WORKER_NOT_STARTED));

        assertThat(had).containsExactlyInAnyOrderElementsOf(Arrays.asList(Kind.values()));
    }
}
