package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Grants;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameTest {
    private static final DiffId LAYER = DiffId.parse("sha256:" + "ab".repeat(32));

    private static final IdMap IDS = new IdMap(
            List.of(new Range(0, 1000, 1), new Range(1, 100000, 65536)), List.of(new Range(0, 0, 4294967295L)));

    private static final List<MountSpec> MOUNTS = List.of(
            new MountSpec.Tmpfs("/t", 1L << 33, true),
            new MountSpec.OfLayers("/m", List.of(LAYER), EntryName.of("a/\u00fc"), false, true),
            new MountSpec.CacheDirectory(
                    "/c",
                    "ns/id",
                    CacheSharing.LOCKED,
                    List.of(LAYER),
                    EntryName.of("s"),
                    new Access(1, 2, 0700),
                    false),
            new MountSpec.CacheDirectory("/c", "", CacheSharing.SHARED, List.of(), EntryName.ROOT, null, true),
            new MountSpec.AgentSocket("/s", "/run/agent", new Access(0, 0, 0600)),
            new MountSpec.OfHost("/h", "/home", true, false));

    static Stream<WorkerMessage> messages() {
        return Stream.of(
                new Greeting.Open(1, "/störe", IDS, true, DRIVERS, new RunIsolation.Box()),
                new Greeting.Open(1, "/", IDS, false, DRIVERS, new RunIsolation.PlainChroot()),
                new Greeting.Open(1, "/", IDS, false, DRIVERS, RUNTIME),
                new WorkerMessage.Ping(),
                new SnapshotMessage.Prepare(List.of(LAYER, LAYER)),
                new SnapshotMessage.Prepare(List.of()),
                new RunMessage.Run(7, process(List.of(), Duration.ofSeconds(3))),
                new RunMessage.Run(7, process(List.of(), null)),
                new RunMessage.Run(7, process(MOUNTS, null)),
                new RunMessage.Run(7, process(List.of(), null), new Terminal.Size(24, 80)),
                new RunMessage.Resize(new Terminal.Size(50, 132)),
                new RunMessage.Credit(4096),
                new RunMessage.Cancel(),
                new SnapshotMessage.Commit(3),
                new SnapshotMessage.Release(3),
                new SnapshotMessage.Prune(true),
                new SnapshotMessage.Pruned(true),
                new SnapshotMessage.RehearseOverlay(),
                new Greeting.Ready(new WorkerHello(
                        1, 1, 0, "0 1000 1", "0 1000 1", "17.0.15", true, "overlay", List.of("because"))),
                new WorkerMessage.Done(),
                new SnapshotMessage.Prepared(9),
                new RunMessage.Ended(new ExitStatus.Exited(3)),
                new RunMessage.Ended(new ExitStatus.Killed(9)),
                new RunMessage.Ended(new ExitStatus.TimedOut()),
                new RunMessage.Ended(new ExitStatus.NotStarted("/bin/x", "ENOENT")),
                new SnapshotMessage.Committed(LAYER),
                new SnapshotMessage.Rehearsed("mount: EINVAL"),
                new WorkerMessage.Failed(new Failure(Failure.Family.SYSTEM_CALL, "", "mount /x: EPERM", "", 1)));
    }

    private static final List<LayerDriver> DRIVERS = List.of(
            new LayerDriver.KernelOverlay(),
            new LayerDriver.FuseOverlay(Path.of("/usr/bin/fuse-overlayfs")),
            new LayerDriver.Vfs());

    private static final RunIsolation RUNTIME =
            new RunIsolation.OciRuntime("crun", Path.of("/usr/bin/crun"), List.of("--debug"));

    private static ProcessSpec process(List<MountSpec> mounts, @org.jspecify.annotations.Nullable Duration timeout) {
        return new ProcessSpec(
                List.of("/bin/sh", "-c", "echo \"ü\" '' "),
                List.of("A=", "B=\n"),
                "/work",
                new Credentials(1000, -2, List.of(4, 5)),
                "host",
                Network.NONE,
                new Grants(
                        EnumSet.of(Capability.SYS_ADMIN, Capability.CHOWN),
                        List.of(Ulimit.parse("nofile=10:20"), Ulimit.parse("core=-1")),
                        1L << 33),
                mounts,
                timeout);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsRead(WorkerMessage message) throws IOException {
        assertThat(Frame.read(new ByteArrayInputStream(new Frame(42, message).bytes())))
                .isEqualTo(new Frame(42, message));
    }

    @Test
    void bytesSurviveAsTheyAre() throws IOException {
        byte[] content = {0, -1, 10, 13, -128};
        MountSpec file = new MountSpec.GeneratedFile("/etc/hosts", content, 0644);
        MountSpec secret = new MountSpec.SecretFile("/run/secrets/s", content, new Access(3, 4, 0440));
        Frame run = Frame.read(new ByteArrayInputStream(
                new Frame(1, new RunMessage.Run(1, process(List.of(file, secret), null))).bytes()));
        Frame output = Frame.read(new ByteArrayInputStream(new Frame(1, new RunMessage.Output(true, content)).bytes()));

        Frame typed = Frame.read(new ByteArrayInputStream(new Frame(1, new RunMessage.Keys(content)).bytes()));

        MountSpec.GeneratedFile read = (MountSpec.GeneratedFile)
                ((RunMessage.Run) run.message()).process().mounts().get(0);
        MountSpec.SecretFile readSecret = (MountSpec.SecretFile)
                ((RunMessage.Run) run.message()).process().mounts().get(1);
        assertThat(read.content()).isEqualTo(content);
        assertThat(readSecret.content()).isEqualTo(content);
        assertThat(readSecret.access()).isEqualTo(new Access(3, 4, 0440));
        assertThat(((RunMessage.Output) output.message()).bytes()).isEqualTo(content);
        assertThat(((RunMessage.Output) output.message()).standardError()).isTrue();
        assertThat(((RunMessage.Keys) typed.message()).bytes()).isEqualTo(content);
    }

    @Test
    void everyKindHasAMessageUnderTest() {
        assertThat(messages().map(WorkerMessage::kind).distinct().count())
                .isEqualTo(WorkerMessage.Kind.values().length - 2L); // OUTPUT and TYPE have a test of their own
    }

    @Test
    void anEndInsideAFrameIsAnEnd() throws IOException {
        byte[] whole = new Frame(1, new RunMessage.Credit(5)).bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Frame.read(new ByteArrayInputStream(part))).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void nonsenseIsRefusedByItsNumbers() {
        assertThatThrownBy(() -> Frame.read(new ByteArrayInputStream(new byte[] {0, 0, 0, 5, 0, 0, 0, 1, 99})))
                .hasMessage("a message of unknown kind 99");
        assertThatThrownBy(() -> Frame.read(new ByteArrayInputStream(new byte[] {127, 0, 0, 0})))
                .hasMessage("a frame of 2130706432 bytes");
        assertThatThrownBy(() -> Frame.read(new ByteArrayInputStream(new byte[] {0, 0, 0, 6, 0, 0, 0, 1, 1, 0})))
                .hasMessage("PING message with 1 bytes too many");
    }
}
