package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps in a user namespace that holds one id, with real processes, and the layers that come of them. */
@Timeout(120)
class OneIdTest {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final Credentials APP = new Credentials(1000, 1001, List.of(1001, 1002));

    @TempDir
    private Path store;

    private DiffId base;

    static Stream<LayerDriver> drivers() {
        return Stream.of(new LayerDriver.KernelOverlay(), new LayerDriver.Vfs());
    }

    private static Namespaces namespaces() {
        return TestWorkers.allNamespaces().stream()
                .filter(Namespaces.SingleId.class::isInstance)
                .findFirst()
                .orElse(null);
    }

    @BeforeEach
    void makeBase() throws IOException {
        assumeTrue(Files.isExecutable(BUSYBOX), "no " + BUSYBOX + " on this machine");
        assumeTrue(namespaces() != null, "no user namespace can be made here");
        byte[] busybox = Files.readAllBytes(BUSYBOX);
        Instant then = Instant.ofEpochSecond(1_000_000_000);
        try (ContentStore content = ContentStore.open(store);
                LayerSink sink = content.newLayer()) {
            sink.write(LayerEntry.directory(EntryName.of("bin"), 0755, 0, 0, then));
            sink.write(
                    LayerEntry.file(EntryName.of("bin/busybox"), 0755, 0, 0, busybox.length, then),
                    () -> Files.newInputStream(BUSYBOX));
            sink.write(
                    LayerEntry.symlink(EntryName.of("bin/sh"), 0, 0, "busybox".getBytes(StandardCharsets.UTF_8), then));
            sink.write(LayerEntry.directory(EntryName.of("old"), 0755, 7, 8, then));
            sink.write(
                    LayerEntry.file(EntryName.of("old/file"), 04755, 7, 8, busybox.length, then),
                    () -> Files.newInputStream(BUSYBOX));
            sink.write(LayerEntry.symlink(EntryName.of("old/link"), 7, 8, new byte[] {'f'}, then));
            sink.write(LayerEntry.directory(EntryName.of("tmp"), 01777, 0, 0, then));
            base = sink.commit();
        }
    }

    /** What a step says, and what it leaves. */
    private record Outcome(String said, LayerIndex layer) {
        LayerEntry entry(String name) throws IOException {
            return layer.find(EntryName.of(name)).orElseThrow().entry();
        }

        String owner(String name) throws IOException {
            return entry(name).uid() + ":" + entry(name).gid();
        }
    }

    /** {@code bb} runs an applet of busybox. */
    private Outcome step(LayerDriver driver, Credentials user, String script) throws IOException {
        WorkerSettings usual = TestWorkers.settings(store, namespaces());
        WorkerSettings settings = new WorkerSettings(
                store, namespaces(), false, List.of(driver), usual.isolation(), usual.unshare(), usual.shell());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (NamespaceWorker worker = NamespaceWorker.start(settings, EventSink.silent());
                ActiveRootfs rootfs = worker.prepare(List.of(base))) {
            String full = "bb() { /bin/busybox \"$@\"; }; " + script;
            ProcessSpec process = new ProcessSpec(
                    List.of("/bin/sh", "-c", full), List.of("PATH=/bin"), "/", user, "host", List.of(), null);
            ExitStatus status = rootfs.run(process, (error, bytes) -> said.writeBytes(bytes));
            assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(new ExitStatus.Exited(0));
            DiffId layer = rootfs.commit();
            try (ContentStore content = ContentStore.open(store)) {
                return new Outcome(
                        said.toString(StandardCharsets.UTF_8),
                        content.index(layer).orElseThrow());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void ownersThatWereAskedForAreInTheLayer(LayerDriver driver) throws IOException {
        Outcome outcome = step(
                driver,
                Credentials.ROOT,
                "bb mkdir /d && bb chown 5:6 /d && >/d/f && bb chown 9:10 /d/f && bb ln /d/f /hard && bb mv /d/f /d/g"
                        + " && bb ln -s g /d/s && bb chown -h 11:12 /d/s && bb mv /d/s /t"
                        + " && bb mkfifo /p && bb chown 13:14 /p && >/mine && >/gone && bb chown 15:16 /gone && bb rm /gone && >/next");
        assertThat(outcome.owner("d")).isEqualTo("5:6");
        assertThat(outcome.owner("d/g")).isEqualTo("9:10");
        assertThat(outcome.owner("hard")).isEqualTo("9:10");
        assertThat(outcome.owner("t")).isEqualTo("11:12");
        assertThat(outcome.owner("p")).isEqualTo("13:14");
        assertThat(outcome.owner("mine")).isEqualTo("0:0");
        assertThat(outcome.owner("next")).isEqualTo("0:0");
        assertThat(outcome.entry("d/g").xattrs()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aChangeOfOwnerIsAChangeOfWhatCameFromBelow(LayerDriver driver) throws IOException {
        Outcome outcome = step(driver, Credentials.ROOT, "bb chown 20:21 /old/file && bb chown -h 22:23 /old/link");
        assertThat(outcome.owner("old/file")).isEqualTo("20:21");
        assertThat(outcome.entry("old/file").mode()).isEqualTo(0755); // chown(2) takes the set-user-ID bit away
        assertThat(outcome.owner("old/link")).isEqualTo("22:23");
        assertThat(outcome.owner("old")).isEqualTo("7:8");
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aUserThatDoesNotExistHereIsBelievedIn(LayerDriver driver) throws IOException {
        Outcome outcome = step(
                driver,
                APP,
                "bb id -u; bb id -g; bb id -G; >/tmp/f; bb mkdir /tmp/d; bb ln -s f /tmp/s; bb chown 0 /tmp/f 2>/dev/null || echo refused");
        assertThat(outcome.said()).isEqualTo("1000\n1001\n1001 1002\nrefused\n");
        for (String made : List.of("tmp/f", "tmp/d", "tmp/s")) {
            assertThat(outcome.owner(made)).as(made).isEqualTo("1000:1001");
        }
        assertThat(outcome.owner("tmp")).isEqualTo("0:0");
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aProcessThatBecameAnotherUserStaysOneAndItsChildrenToo(LayerDriver driver) throws IOException {
        Outcome outcome = step(
                driver,
                Credentials.ROOT,
                "bb mkdir /etc;"
                        + " echo app:x:1000:1001::/:/bin/sh > /etc/passwd; echo root:x:0:0::/:/bin/sh >> /etc/passwd;"
                        + " echo app:x:1001: > /etc/group;"
                        + " bb su app -c 'busybox id -u; busybox chown 0 /old 2>/dev/null || echo refused'; bb id -u");
        assertThat(outcome.said()).isEqualTo("1000\nrefused\n0\n");
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void devicesAreMadeInTheLayerOnlyAndWhiteoutsAreNot(LayerDriver driver) throws IOException {
        Outcome outcome = step(
                driver,
                Credentials.ROOT,
                "umask 027; bb mknod /null c 1 3 && bb mknod /disk b 8 1 && bb chown 0:6 /disk;"
                        + " bb mknod /white c 0 0 2>/dev/null || echo refused");
        assertThat(outcome.said()).isEqualTo("refused\n");
        assertThat(outcome.entry("null").type()).isEqualTo(EntryType.CHARACTER_DEVICE);
        assertThat(outcome.entry("null").deviceMajor()).isEqualTo(1);
        assertThat(outcome.entry("null").deviceMinor()).isEqualTo(3);
        assertThat(outcome.entry("null").mode()).isEqualTo(0640);
        assertThat(outcome.entry("disk").type()).isEqualTo(EntryType.BLOCK_DEVICE);
        assertThat(outcome.owner("disk")).isEqualTo("0:6");
        assertThat(outcome.layer().find(EntryName.of("white"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aChangeRootChangesWhatAPathMeans(LayerDriver driver) throws IOException {
        Outcome outcome = step(
                driver,
                Credentials.ROOT,
                "bb mkdir /jail /jail/bin && bb cp /bin/sh /jail/bin/chown && >/jail/f && >/f"
                        + " && bb chroot /jail /bin/chown 30:31 /f && cd /jail && bb chown 32:33 bin ../f");
        assertThat(outcome.owner("jail/f")).isEqualTo("30:31");
        assertThat(outcome.owner("jail/bin")).isEqualTo("32:33");
        assertThat(outcome.owner("f")).isEqualTo("32:33");
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void failuresAreTheKernels(LayerDriver driver) throws IOException {
        Outcome outcome = step(
                driver,
                Credentials.ROOT,
                "bb chown 5 /nowhere; bb chown 5 /bin/sh/x; bb ln -s loop /loop; bb chown 5 /loop; bb rm /loop; :");
        assertThat(outcome.said())
                .contains("/nowhere: No such file or directory")
                .contains("/bin/sh/x: Not a directory")
                .containsIgnoringCase("symbolic links");
    }
}
