package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole worker: namespaces, snapshots, isolation. What runs in it is a program that is not there. */
@Timeout(120)
class RealWorkerTest {
    @TempDir
    private Path store;

    static Stream<Namespaces> namespaces() {
        TestWorkers.namespaces();
        return TestWorkers.allNamespaces().stream();
    }

    @ParameterizedTest
    @MethodSource("namespaces")
    void aStepInAnEmptyImageFindsNoProgramAndChangesNothing(Namespaces namespaces) throws IOException {
        WorkerSettings settings = TestWorkers.settings(store, namespaces);
        try (NamespaceWorker worker = NamespaceWorker.start(settings, EventSink.silent())) {
            assertThat(worker.hello().pid()).isEqualTo(1);
            try (ActiveRootfs rootfs = worker.prepare(List.of())) {
                ExitStatus exit = rootfs.run(TestWorkers.process("/bin/sh"), (error, bytes) -> {});

                assertThat(exit).isEqualTo(new ExitStatus.NotStarted("/bin/sh", "ENOENT"));
                DiffId change = rootfs.commit();
                try (ContentStore content = ContentStore.open(store);
                        LayerSink nothing = content.newLayer()) {
                    assertThat(content.index(change)).isPresent();
                    assertThat(change).isEqualTo(nothing.commit());
                }
            }
            assertThat(worker.prune()).isTrue();
        }
    }

    @Test
    void overlayOnOverlayFallsBackOrIsRefusedByName() throws Exception {
        Namespaces namespaces = TestWorkers.namespaces();
        assumeTrue(namespaces instanceof Namespaces.RealRoot, "needs root, to mount an overlay for the store");
        Path lower = Files.createDirectory(store.resolve("lower"));
        Path upper = Files.createDirectory(store.resolve("upper"));
        Path work = Files.createDirectory(store.resolve("work"));
        Path merged = Files.createDirectory(store.resolve("merged"));
        Path tool = Files.writeString(
                store.resolve("unshare"),
                String.format(
                        Locale.ROOT,
                        "#!/bin/sh%nexec unshare -m sh -c 'mount -t overlay overlay -o lowerdir=%s,upperdir=%s,workdir=%s %s && exec "
                                + "unshare \"$@\"' sh \"$@\"%n",
                        lower,
                        upper,
                        work,
                        Files.createDirectory(merged.resolve("rootfs"))));
        assumeTrue(tool.toFile().setExecutable(true), "cannot make a script executable");

        WorkerSettings soft = settings(namespaces, merged, tool, true);
        try (NamespaceWorker worker = NamespaceWorker.start(soft, EventSink.silent())) {
            assertThat(worker.hello().driver()).isEqualTo(StorageDriver.VFS);
            assertThat(worker.hello().driverReason()).isNotEmpty();
        }
        WorkerSettings hard = settings(namespaces, merged, tool, false);
        try (NamespaceWorker worker = NamespaceWorker.start(hard, EventSink.silent())) {
            assertThatThrownBy(worker::hello).hasMessageContaining("refuses an overlay mount");
        }
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"), StandardCharsets.UTF_8))
                .doesNotContain(merged.toString());
    }

    private static WorkerSettings settings(Namespaces namespaces, Path merged, Path tool, boolean fallBack) {
        return new WorkerSettings(
                merged,
                namespaces,
                true,
                StorageDriver.OVERLAY,
                fallBack,
                List.of(tool.toString()),
                Path.of("/bin/sh"));
    }
}
