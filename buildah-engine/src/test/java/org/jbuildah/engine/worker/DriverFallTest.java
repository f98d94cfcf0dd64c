package org.jbuildah.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;
import org.jbuildah.engine.progress.EventSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores that cannot carry the kernel's overlay are found out by rehearsal, in a worker that sees another file system there. */
@Timeout(60)
class DriverFallTest {
    private static final LayerDriver KERNEL = new LayerDriver.KernelOverlay();
    private static final LayerDriver FUSE = new LayerDriver.FuseOverlay(Path.of("/usr/bin/fuse-overlayfs"));
    private static final LayerDriver NO_FUSE = new LayerDriver.FuseOverlay(Path.of("/nowhere/fuse-overlayfs"));
    private static final LayerDriver VFS = new LayerDriver.Vfs();
    private static final String OVERLAY =
            "mkdir \"$S/l\" \"$S/u\" \"$S/w\"; mount -t overlay none -o lowerdir=\"$S/l\",upperdir=\"$S/u\",workdir=\"$S/w\" \"$S/store/rootfs\"";
    private static final String RAMFS = "mount -t ramfs none \"$S/store/rootfs\"";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    private final List<Range> all = List.of(new Range(0, 0, 4294967295L));

    @BeforeEach
    void mountsArePossible() {
        assumeTrue(
                TestWorkers.allNamespaces().stream().anyMatch(Namespaces.RealRoot.class::isInstance),
                "file systems can be mounted by root only");
    }

    private static void needsFuse() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/fuse-overlayfs")) && Files.isReadable(Path.of("/dev/fuse")),
                "there is no fuse-overlayfs, or no /dev/fuse");
    }

    /** What the worker says of itself when its part of the store is on another file system. */
    private WorkerHello hello(String mount, LayerDriver... drivers) throws IOException {
        Files.createDirectories(store().resolve("rootfs"));
        // before the worker's own namespaces, another one in which it sees that
        List<String> unshare =
                List.of("unshare", "-m", "sh", "-ec", "S=" + directory + "; " + mount + "; exec unshare \"$@\"", "sh");
        WorkerSettings settings = new WorkerSettings(
                store(),
                new Namespaces.RealRoot(new IdMap(all, all)),
                true,
                List.of(drivers),
                new RunIsolation.Box(),
                unshare,
                Path.of("/bin/sh"));
        try (NamespaceWorker worker = NamespaceWorker.start(settings, EventSink.silent())) {
            return worker.hello();
        }
    }

    @Test
    void theKernelsOverlayIsTakenWhereItWorks() throws IOException {
        WorkerHello hello = hello(":", KERNEL, FUSE, VFS);

        assertThat(hello.driver()).isEqualTo("overlay");
        assertThat(hello.obstacles()).isEmpty();
    }

    @Test
    void onAnOverlayFuseTakesItsPlace() throws IOException {
        needsFuse();
        WorkerHello hello = hello(OVERLAY, KERNEL, FUSE, VFS);

        assertThat(hello.driver()).isEqualTo("fuse-overlayfs");
        assertThat(hello.obstacles())
                .singleElement()
                .asString()
                .startsWith("The kernel refuses an overlay mount in " + store() + ", which is on overlay: ");
    }

    @Test
    void withoutXattrsFuseTakesItsPlace() throws IOException {
        needsFuse();
        WorkerHello hello = hello(RAMFS, KERNEL, FUSE, VFS);

        assertThat(hello.driver()).isEqualTo("fuse-overlayfs");
        assertThat(hello.obstacles()).singleElement().asString().contains("which is on ramfs: ");
    }

    @Test
    void withoutFuseTooTreesAreCopied() throws IOException {
        WorkerHello hello = hello(OVERLAY, KERNEL, NO_FUSE, VFS);

        assertThat(hello.driver()).isEqualTo("vfs");
        assertThat(hello.obstacles()).hasSize(2);
        assertThat(hello.obstacles().get(1))
                .isEqualTo("fuse-overlayfs does not work in " + store()
                        + ", which is on overlay: posix_spawn /nowhere/fuse-overlayfs: ENOENT.");
    }

    @Test
    void overlayThatWasAskedForByNameIsRefusedWithAllObstacles() {
        HostUnsuitable letter = catchThrowableOfType(HostUnsuitable.class, () -> hello(OVERLAY, KERNEL, NO_FUSE));

        assertThat(letter.code()).isEqualTo(FailureCode.DRIVER_NOT_AVAILABLE);
        assertThat(letter.what())
                .contains("The kernel refuses an overlay mount in ")
                .contains("fuse-overlayfs does not work in ");
    }
}
