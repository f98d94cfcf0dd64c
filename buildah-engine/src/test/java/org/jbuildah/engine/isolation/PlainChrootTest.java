package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.JnrLinux;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Grants;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.Network;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainChrootTest {
    @TempDir
    private Path temp;

    private BusyboxRoot root;

    @BeforeEach
    void furnish() throws IOException {
        root = new BusyboxRoot(temp, new PlainChroot(JnrLinux.load(), PlainChrootTest::java));
    }

    private static List<String> java(String mainClass) {
        String classpath = System.getProperty("java.class.path");
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return List.of(java, "-Xrs", "-XX:+UseSerialGC", "-cp", classpath, mainClass);
    }

    @Test
    void theProcessHasItsUserDirectoryEnvironmentAndExitCode() throws Exception {
        Credentials app = new Credentials(1000, 1001, List.of(7, 5));

        BusyboxRoot.Outcome outcome = root.step("id; pwd; env | grep ^GREETING; echo bad >&2; umask; exit 7")
                .as(app)
                .in("/srv/new")
                .environment(BusyboxRoot.PATH, "GREETING=hello")
                .run();

        assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(7));
        assertThat(outcome.out()).isEqualTo("uid=1000 gid=1001 groups=5,7\n/srv/new\nGREETING=hello\n0022\n");
        assertThat(outcome.err()).isEqualTo("bad\n");
        assertThat(Files.getAttribute(root.directory.resolve("srv/new"), "unix:uid"))
                .isEqualTo(1000);
    }

    @Test
    void aSignalAndAProgramThatIsNotThereAreToldAsTheyAre() throws Exception {
        assertThat(root.step("kill -9 $$").run().status()).isEqualTo(new ExitStatus.Killed(9));
        assertThat(root.program("nowhere").run().status()).isEqualTo(new ExitStatus.NotStarted("nowhere", "ENOENT"));
    }

    @Test
    void devicesAreThereAndGoneAfterwards() throws Exception {
        assertThat(root.step("echo x > /dev/null && head -c 3 /dev/zero | wc -c")
                        .as(new Credentials(9, 9, List.of()))
                        .run()
                        .out())
                .isEqualTo("3\n");
        try (var left = Files.list(root.directory.resolve("dev"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void filesOfTheImageHaveTheirContentBackAndOthersAreGone() throws Exception {
        Path hosts = Files.createDirectories(root.directory.resolve("etc")).resolve("hosts");
        Files.writeString(hosts, "the image's\n");
        var time = Files.getLastModifiedTime(hosts);

        BusyboxRoot.Outcome outcome = root.step("cat /etc/hosts /etc/resolv.conf; echo mine >> /etc/hosts")
                .with("/etc/hosts", "lent\n", 0644)
                .with("/etc/resolv.conf", "nameserver\n", 0644)
                .run();

        assertThat(outcome.out()).isEqualTo("lent\nnameserver\n");
        assertThat(hosts).hasContent("the image's\n");
        assertThat(Files.getLastModifiedTime(hosts)).isEqualTo(time);
        assertThat(root.directory.resolve("etc/resolv.conf")).doesNotExist();
    }

    @Test
    void aLentFileCanBeExecuted() throws Exception {
        BusyboxRoot.Outcome outcome = root.step("/dev/pipes/EOF two")
                .as(new Credentials(9, 9, List.of()))
                .with("/dev/pipes/EOF", "#!/bin/sh\necho one $1\n", 0755)
                .run();

        assertThat(outcome.out()).isEqualTo("one two\n");
        assertThat(root.directory.resolve("dev/pipes")).doesNotExist();
    }

    @Test
    void whatTheProcessLeavesBehindEndsWithIt() throws Exception {
        String mark = "sleep 7" + System.nanoTime() % 1_000_000;
        root.step("(setsid " + mark + " &) ; " + mark + " > /dev/null 2>&1 & sleep 0.3")
                .run();
        assertThat(running(mark)).isFalse();
    }

    @Test
    void theTimeoutEndsEveryProcess() throws Exception {
        String mark = "sleep 8" + System.nanoTime() % 1_000_000;
        BusyboxRoot.Outcome outcome = root.step("setsid " + mark + " & " + mark)
                .within(Duration.ofSeconds(3))
                .run();
        assertThat(outcome.status()).isEqualTo(new ExitStatus.TimedOut());
        assertThat(running(mark)).isFalse();
    }

    private static boolean running(String command) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith(command));
    }

    @Test
    void capabilitiesAndLimitsAreThoseThatWereGranted() throws Exception {
        EnumSet<Capability> few = EnumSet.copyOf(Capability.DEFAULT);
        few.remove(Capability.CHOWN);
        List<Ulimit> limits = List.of(new Ulimit(Ulimit.Resource.NOFILE, 333, 444));

        BusyboxRoot.Outcome outcome = root.step(
                        "ulimit -n; ulimit -Hn; touch /f; /bin/busybox chown 5 /f || echo denied")
                .granted(new Grants(few, limits, 1 << 20))
                .run();

        assertThat(outcome.out()).isEqualTo("333\n444\ndenied\n");
    }

    @Test
    void whatCannotBeThereIsRefusedByItsName() {
        Access all = new Access(0, 0, 0600);
        EntryName top = EntryName.ROOT;
        Map<String, MountSpec> mounts = Map.of(
                "no file of a secret at /m", new MountSpec.SecretFile("/m", new byte[] {1}, all),
                "no tmpfs at /m", new MountSpec.Tmpfs("/m", 0, false),
                "no bind at /m", new MountSpec.OfLayers("/m", List.of(), top, true, true),
                "no cache at /m",
                        new MountSpec.CacheDirectory("/m", "id", CacheSharing.SHARED, List.of(), top, null, false),
                "no socket of an SSH agent at /m", new MountSpec.AgentSocket("/m", "/nowhere", all),
                "no volume at /m", new MountSpec.OfHost("/m", "/nowhere", true, true));
        mounts.forEach((words, mount) -> assertThatThrownBy(
                        () -> root.step("true").with(mount).run())
                .isInstanceOf(HostUnsuitable.class)
                .hasMessageContaining(words));
        assertThatThrownBy(() -> root.step("true").seeing(Network.NONE).run())
                .isInstanceOf(HostUnsuitable.class)
                .hasMessageContaining("none");
    }

    @Test
    void descentIsReadFromWhatProcTells() {
        assertThat(Descendants.parentIn("42 (a) b (c)) S 17 42 42 0")).isEqualTo(17);
        assertThat(Descendants.of(1, Map.of(2, 1, 3, 2, 4, 9, 5, 3))).isEqualTo(Set.of(2, 3, 5));
    }
}
