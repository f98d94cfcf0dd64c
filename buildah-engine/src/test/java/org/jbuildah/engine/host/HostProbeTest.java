package org.jbuildah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class HostProbeTest {
    @Test
    void readsWhatTheFilesSay() {
        HostFacts facts = Hosts.rootlessUbuntu().facts();

        assertThat(facts.system().kernel()).isEqualTo(new KernelRelease("6.8.0-45-generic", 6, 8));
        assertThat(facts.process().uid()).isEqualTo(1000);
        assertThat(facts.process().inFirstUserNamespace()).isTrue();
        assertThat(facts.store().fileSystem()).isEqualTo("xfs");
        assertThat(facts.layers().overlayKnown()).isTrue();
        assertThat(facts.container().kind()).isNull();
        assertThat(facts.tools().newuidmap())
                .isEqualTo(new HostTools.Tool(Path.of("/usr/bin/newuidmap"), HostTools.Power.SETUID));
        assertThat(facts.userNamespaces().unprivilegedClone()).isNull();
    }

    @Test
    void aModuleOnDiskCountsAsOverlay() {
        FixtureHost host = Hosts.rootlessUbuntu()
                .file("/proc/filesystems", "\text4\n")
                .file("/lib/modules/6.8.0-45-generic/modules.dep", "kernel/fs/overlayfs/overlay.ko.zst:\n");

        assertThat(host.facts().layers().overlayKnown()).isTrue();
    }

    @Test
    void theInnermostMountHoldsTheStore() {
        String mounts =
                """
                1 0 8:1 / / rw - ext4 /dev/a rw
                2 1 8:2 / /data rw shared:1 - xfs /dev/b rw
                3 2 0:3 / /data/with\\040space rw - tmpfs tmpfs rw
                4 1 0:4 / /dat rw - nfs server rw
                5 1 0:5 / /data rw - btrfs /dev/c rw
                """;

        assertThat(type(Path.of("/data/store"), mounts)).isEqualTo("btrfs");
        assertThat(type(Path.of("/data/with space/x"), mounts)).isEqualTo("tmpfs");
        assertThat(type(Path.of("/var"), mounts)).isEqualTo("ext4");
        assertThat(type(Path.of("/var"), "")).isEmpty();
    }

    private static String type(Path path, String mounts) {
        return ProcTexts.mountOf(path, mounts).map(ProcTexts.Mount::type).orElse("");
    }

    @Test
    void subIdsAreFoundByNameAndByNumber() {
        String text = "# a comment\nbob:1:2\nalice:100000:65536\n1000:300000:5\nalice:x:y\nalice:7\n";

        assertThat(SubIds.parse(text, "alice", 1000))
                .containsExactly(new SubIds.Owned(100000, 65536), new SubIds.Owned(300000, 5));
    }

    @Test
    void anUnreadableMachineGivesFactsAndNoException() {
        HostFacts facts = new FixtureHost().facts();

        assertThat(facts.system().kernel().atLeast(1, 0)).isFalse();
        assertThat(facts.tools().unshare()).isEmpty();
    }

    @Test
    void thisMachineIsReadQuickly() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "not on Linux");
        HostFacts facts =
                HostProbe.ofThisMachine().probe(Path.of("/tmp/nothing/here"), EnumSet.allOf(TrialSubject.class));

        assertThat(facts.system().kernel().major()).isPositive();
        assertThat(facts.process().idMap().uids()).isNotEmpty();
        assertThat(facts.store().fileSystem()).isNotEmpty();
    }

    @Test
    void aNumberOfTheKernelsSettingsIsReadWhole() throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(Path.of("/proc/sys/kernel/pid_max")), "there is no /proc/sys");
        Process cat = new ProcessBuilder("cat", "/proc/sys/kernel/pid_max").start();
        String number = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(cat.waitFor()).isZero();

        assertThat(new RealHostFiles().text("/proc/sys/kernel/pid_max")).isEqualTo(number);
    }
}
