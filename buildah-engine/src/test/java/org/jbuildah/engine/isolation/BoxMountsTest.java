package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jbuildah.engine.isolation.BusyboxRoot.Outcome;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.MountSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@EnumSource
class BoxMountsTest {
    @Parameter
    private AnIsolation isolation;

    @TempDir
    private Path temp;

    private BusyboxRoot root;

    @BeforeEach
    void furnish() throws IOException {
        root = new BusyboxRoot(temp, isolation);
    }

    // ---- tmpfs

    @Test
    void aTmpfsIsEmptyWritableAndGoneAfterwards() throws Exception {
        Outcome outcome = root.step(
                        "grep -q ' /t tmpfs ' /proc/mounts && ls -a /t | wc -l && touch /t/x && stat -c %a /t")
                .with(new MountSpec.Tmpfs("/t", 0, false))
                .run();

        assertThat(outcome.out()).isEqualTo("2\n1777\n");
        assertThat(root.directory.resolve("t")).doesNotExist();
    }

    @Test
    void aTmpfsTakesNoMoreThanItsSize() throws Exception {
        Outcome outcome = root.step("dd if=/dev/zero of=/t/x bs=65536 count=32 2>/dev/null || stat -c %s /t/x")
                .with(new MountSpec.Tmpfs("/t", 1 << 20, false))
                .run();

        assertThat(outcome.out()).isEqualTo("1048576\n");
    }

    @Test
    void sharedMemoryCanBeReplaced() throws Exception {
        Outcome outcome = root.step("grep -c ' /dev/shm tmpfs .*size=2048k' /proc/mounts")
                .with(new MountSpec.Tmpfs("/dev/shm", 2 << 20, false))
                .run();

        assertThat(outcome.out()).isEqualTo("1\n");
    }

    // ---- secrets

    @Test
    void aSecretHasItsOwnerAndModeAndCannotBeChanged() throws Exception {
        Outcome outcome = root.step("stat -c '%a %u %g' /run/secrets/s; cat /run/secrets/s; chmod 777 /run/secrets/s"
                        + " || echo no; echo x >/run/secrets/s || echo no")
                .with(secret("/run/secrets/s", new Access(5, 6, 0440)))
                .run();

        assertThat(outcome.out()).isEqualTo("440 5 6\npassword\nno\nno\n");
        assertThat(root.directory.resolve("run")).doesNotExist();
    }

    @Test
    void anotherUserCannotReadASecretOfRoots() throws Exception {
        Outcome outcome = root.step("cat /s || echo denied")
                .as(new Credentials(1000, 1000, List.of()))
                .with(secret("/s", new Access(0, 0, 0400)))
                .run();

        assertThat(outcome.out()).isEqualTo("denied\n");
    }

    @Test
    void aSecretIsInNoFileOfTheMachineWhileTheStepRuns() throws Exception {
        root.step("exit 0").with(secret("/s", new Access(0, 0, 0400))).run();

        try (Stream<Path> files = Files.walk(temp)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain("password\n");
            }
        }
    }

    private static MountSpec secret(String target, Access access) {
        return new MountSpec.SecretFile(target, "password\n".getBytes(UTF_8), access);
    }

    // ---- trees

    @Test
    void aPartOfATreeIsShownReadOnly() throws Exception {
        Path tree = Files.createDirectories(temp.resolve("tree/in/deep"))
                .getParent()
                .getParent();
        Files.writeString(tree.resolve("in/deep/file"), "content");

        Outcome outcome = root.step("cat /new/m/file /one; touch /new/m/x || echo no")
                .with(layers("/new/m", "in/deep", true, true))
                .with(layers("/one", "in/deep/file", false, true))
                .from(tree)
                .run();

        assertThat(outcome.out()).isEqualTo("contentcontentno\n");
        assertThat(root.directory.resolve("new")).doesNotExist();
        assertThat(root.directory.resolve("one")).doesNotExist();
    }

    @Test
    void aTreeCanBeWritable() throws Exception {
        Path tree = Files.createDirectory(temp.resolve("tree"));

        root.step("echo x >/m/made")
                .with(layers("/m", "", true, false))
                .from(tree)
                .run();

        assertThat(tree.resolve("made")).hasContent("x\n");
    }

    @Test
    void aMountBelowAnotherIsMadeInIt() throws Exception {
        Path tree = Files.createDirectory(temp.resolve("tree"));

        Outcome outcome = root.step("ls /c; touch /c/below/x; grep -c ' /c/below tmpfs' /proc/mounts")
                .with(new MountSpec.CacheDirectory(
                        "/c", "id", CacheSharing.SHARED, List.of(), EntryName.ROOT, null, false))
                .with(new MountSpec.Tmpfs("/c/below", 0, false))
                .from(tree)
                .run();

        assertThat(outcome.out()).isEqualTo("below\n1\n");
        assertThat(tree.resolve("below")).isEmptyDirectory();
    }

    @Test
    void aPlaceThatIsMissingInWhatIsReadOnlyIsNamed() throws Exception {
        Path tree = Files.createDirectory(temp.resolve("tree"));

        assertThatThrownBy(() -> root.step("true")
                        .with(layers("/m", "", true, true))
                        .with(new MountSpec.Tmpfs("/m/below", 0, false))
                        .from(tree)
                        .run())
                .hasMessageContaining("/m/below")
                .hasMessageContaining("read-only");
    }

    @Test
    void aFileCannotLieOnADirectory() throws Exception {
        Path tree = Files.createDirectory(temp.resolve("tree"));
        Files.writeString(tree.resolve("file"), "");

        assertThatThrownBy(() -> root.step("true")
                        .with(layers("/bin", "file", false, true))
                        .from(tree)
                        .run())
                .hasMessageContaining("/bin is a file");
    }

    @Test
    void aSymlinkOfTheImageLeadsNowhereOutside() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createSymbolicLink(root.directory.resolve("link"), outside);

        root.step("touch /link/x")
                .with(new MountSpec.Tmpfs("/link/t", 0, false))
                .run();

        assertThat(outside).isEmptyDirectory();
    }

    private static MountSpec layers(String target, String source, boolean directory, boolean readOnly) {
        return new MountSpec.OfLayers(target, List.of(), EntryName.of(source), directory, readOnly);
    }

    // ---- the machine

    @Test
    void aDirectoryOfTheMachineIsSeenAndCanBeReadOnly() throws Exception {
        Path directory = Files.createDirectory(temp.resolve("volume"));

        Outcome outcome = root.step("echo x >/rw/made; cat /ro/made; touch /ro/x || echo no")
                .with(new MountSpec.OfHost("/rw", directory.toString(), true, false))
                .with(new MountSpec.OfHost("/ro", directory.toString(), true, true))
                .run();

        assertThat(outcome.out()).isEqualTo("x\nno\n");
        assertThat(directory.resolve("made")).hasContent("x\n");
    }

    @Test
    void anAgentsSocketHasItsOwnerAndMode() throws Exception {
        Path socket = temp.resolve("agent");
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            Outcome outcome = root.step("stat -c '%F %a %u %g' /run/a/sock")
                    .with(new MountSpec.AgentSocket("/run/a/sock", socket.toString(), new Access(7, 8, 0660)))
                    .run();

            assertThat(outcome.out()).isEqualTo("socket 660 7 8\n");
            assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(0));
        }
    }
}
