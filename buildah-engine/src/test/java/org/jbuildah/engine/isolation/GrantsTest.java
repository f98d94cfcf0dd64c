package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.isolation.BusyboxRoot.Outcome;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Grants;
import org.jbuildah.engine.rootfs.Network;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A step has what it was granted, seen from inside. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@EnumSource
class GrantsTest {
    private static final Credentials SOMEBODY = new Credentials(1000, 1001, List.of());

    @Parameter
    private AnIsolation isolation;

    @TempDir
    private Path temp;

    private BusyboxRoot root;

    @BeforeEach
    void furnish() throws IOException {
        root = new BusyboxRoot(temp, isolation);
    }

    private static Grants limits(String... limits) {
        return new Grants(
                Capability.DEFAULT, List.of(limits).stream().map(Ulimit::parse).toList(), 65536);
    }

    private static Grants capabilities(Set<Capability> capabilities) {
        return new Grants(capabilities, List.of(), 65536);
    }

    // ---- limits

    @Test
    void theVeryFirstProcessHasItsLimits() throws Exception {
        String limits = root.program("cat", "/proc/self/limits")
                .granted(limits("nofile=777:888", "core=0", "stack=1048576:-1", "nproc=500"))
                .run()
                .out();
        assertThat(limits)
                .containsPattern("Max open files +777 +888 ")
                .containsPattern("Max core file size +0 +0 ")
                .containsPattern("Max stack size +1048576 +unlimited ")
                .containsPattern("Max processes +500 +500 ");
    }

    @Test
    void anotherUserHasThemToo() throws Exception {
        String limits = root.program("cat", "/proc/self/limits")
                .as(SOMEBODY)
                .granted(limits("nofile=100:200"))
                .run()
                .out();
        assertThat(limits).containsPattern("Max open files +100 +200 ");
    }

    @Test
    void nothingOfTheGateIsLeft() throws Exception {
        Outcome outcome = root.step("ls /proc/self/fd /dev; readlink /proc/self/fd/0; cat; exit 7")
                .granted(limits("nofile=100"))
                .run();
        assertThat(outcome.out())
                .startsWith("/dev:\n")
                .contains(isolation == AnIsolation.RUNC ? "\npipe:" : "\n/dev/null\n") // runc copies the streams
                .doesNotContain("fifo");
        assertThat(outcome.out()).contains("/proc/self/fd:\n0\n1\n2\n3\n");
        assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(7));
    }

    @Test
    void aProgramThatIsMissingIsStillSaidToBe() throws Exception {
        assertThat(root.program("/no/such").granted(limits("nofile=100")).run().status())
                .isEqualTo(new ExitStatus.NotStarted("/no/such", "ENOENT"));
    }

    @Test
    void everyCandidateOnThePathPassesTheGate() throws Exception {
        java.nio.file.Files.createDirectories(root.directory.resolve("first"));
        java.nio.file.Files.writeString(root.directory.resolve("first/cat"), "not executable");
        String limits = root.program("cat", "/proc/self/limits")
                .environment("PATH=/first:/bin")
                .granted(limits("nofile=100:200"))
                .run()
                .out();
        assertThat(limits).containsPattern("Max open files +100 +200 ");
    }

    @Test
    void moreThanTheBuilderHasIsRefusedWithBothFigures() {
        assertThatThrownBy(() ->
                        root.step("true").granted(limits("nofile=1073741816")).run())
                .isInstanceOfSatisfying(HostUnsuitable.class, letter -> assertThat(letter.what())
                        .contains("nofile=1073741816")
                        .containsPattern("above \\d+"));
    }

    @Test
    void stepsSideBySideHaveTheirOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int limit = 100 + i;
                outcomes.add(threads.submit(() -> root.program("cat", "/proc/self/limits")
                        .granted(limits("nofile=" + limit))
                        .run()));
            }
            for (int i = 0; i < outcomes.size(); i++) {
                assertThat(outcomes.get(i).get().out()).containsPattern("Max open files +" + (100 + i) + " ");
            }
        } finally {
            threads.shutdown();
        }
    }

    // ---- capabilities

    @Test
    void rootHasTheCapabilitiesThatItWasGranted() throws Exception {
        String status = root.program("cat", "/proc/self/status")
                .granted(capabilities(EnumSet.of(Capability.CHOWN, Capability.SYS_PTRACE)))
                .run()
                .out();
        assertThat(status).contains("CapEff:\t0000000000080001", "CapBnd:\t0000000000080001");
    }

    @Test
    void withNoneRootMayDoNothing() throws Exception {
        Outcome outcome = root.step("chmod 777 /bin; hostname x; mknod /n c 1 3; chroot / true; cat /proc/self/status")
                .granted(capabilities(Set.of()))
                .run();
        assertThat(outcome.out()).contains("CapEff:\t0000000000000000");
        assertThat(outcome.err()).contains("hostname:", "mknod:", "chroot:");
    }

    @Test
    void theAdministratorMayMount() throws Exception {
        Outcome outcome = root.step("mount -t tmpfs none /sys && echo mounted; unshare -m true && echo unshared")
                .granted(capabilities(EnumSet.of(Capability.SYS_ADMIN)))
                .run();
        assertThat(outcome.out()).as(outcome.err()).isEqualTo("mounted\nunshared\n");
    }

    @Test
    void allOfThemAreThoseThatTheBuilderHas() throws Exception {
        long held = Capabilities.ofThisProcess().held();
        String status = root.program("cat", "/proc/self/status")
                .granted(capabilities(EnumSet.allOf(Capability.class)))
                .run()
                .out();
        assertThat(status)
                .contains(String.format("CapEff:\t%016x", held & Capabilities.bits(EnumSet.allOf(Capability.class))));
    }

    @Test
    void whatTheBuilderDoesNotHaveIsRefusedByName() {
        Capabilities few = new Capabilities(Capabilities.bits(EnumSet.of(Capability.CHOWN)));

        assertThatThrownBy(() -> few.grant(EnumSet.of(Capability.SYS_TIME, Capability.SYS_BOOT)))
                .isInstanceOfSatisfying(HostUnsuitable.class, letter -> assertThat(letter.what())
                        .contains("SYS_BOOT, SYS_TIME"));
        assertThat(few.grant(Capability.DEFAULT)).isEqualTo(1);
    }

    // ---- the rest

    @Test
    void theSharedMemoryHasItsSize() throws Exception {
        Grants grants = new Grants(Capability.DEFAULT, List.of(), 3L << 20);
        assertThat(root.step("df -k /dev/shm").granted(grants).run().out()).containsPattern(" 3072 ");
    }

    @Test
    void withoutANetworkThereIsALoopbackDeviceOnly() throws Exception {
        assertThat(root.step("ifconfig -a | grep -c HWaddr; ifconfig lo")
                        .seeing(Network.NONE)
                        .run()
                        .out())
                .startsWith("0\n")
                .contains("127.0.0.1", "UP LOOPBACK RUNNING");
    }
}
