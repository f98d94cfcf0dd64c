package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.isolation.Isolation;
import org.jbuildah.engine.linux.JnrLinux;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.snapshot.SnapshotStore;
import org.jbuildah.engine.worker.WorkerMessage.Open;
import org.jspecify.annotations.Nullable;

/** The workbench of a worker in namespaces of its own. */
final class KernelWorkbench implements Workbench {
    private @Nullable OverlayRehearsal rehearsal;

    @Override
    public WorkerHello open(Open settings) throws IOException {
        Linux linux = JnrLinux.load();
        boolean freshProc = linux.getpid() == 1 && mountProc(linux);
        rehearsal =
                new OverlayRehearsal(linux, Path.of(settings.storeRoot()).resolve("rootfs"), settings.trustedXattrs());
        String obstacle = settings.driver() == StorageDriver.OVERLAY ? rehearse(settings) : "";
        openEveryJar();
        return new WorkerHello(
                WorkerMessage.PROTOCOL,
                linux.getpid(),
                linux.geteuid(),
                idMap("uid_map"),
                idMap("gid_map"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                freshProc,
                obstacle.isEmpty() ? settings.driver() : StorageDriver.VFS,
                obstacle);
    }

    /** Without one, the launcher's /proc stays in sight, as it does where a container has masked parts of its own. */
    private static boolean mountProc(Linux linux) throws LinuxException {
        linux.mount("none", bytes("/"), null, MountFlag.REC | MountFlag.PRIVATE, null);
        try {
            linux.mount("proc", bytes("/proc"), "proc", MountFlag.NOSUID | MountFlag.NODEV | MountFlag.NOEXEC, null);
            return true;
        } catch (LinuxException masked) {
            return false;
        }
    }

    private String rehearse(Open settings) throws IOException {
        String obstacle = obstacle();
        if (!obstacle.isEmpty() && !settings.fallBackToVfs()) {
            throw new HostUnsuitable(
                    FailureCode.DRIVER_NOT_AVAILABLE,
                    "The kernel refuses an overlay mount in " + settings.storeRoot() + ": " + obstacle + ".",
                    "Put the store on a local file system such as ext4 or xfs (in a container: on a volume), or use the "
                            + "storage driver vfs.");
        }
        return obstacle;
    }

    private String obstacle() throws IOException {
        try {
            return rehearseOverlay();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** After pivot_root, classes come only from jars that are open; asking every jar for what none has opens them all. */
    private static void openEveryJar() {
        ClassLoader.getSystemResource("META-INF/nothing-of-this-name");
    }

    private static String idMap(String file) throws IOException {
        return Files.readString(Path.of("/proc/self", file))
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    @Override
    public SnapshotStore snapshots() {
        throw new IllegalStateException("contract only");
    }

    @Override
    public Isolation isolation() {
        throw new IllegalStateException("contract only");
    }

    @Override
    public String rehearseOverlay() throws IOException, InterruptedException {
        return Objects.requireNonNull(rehearsal, "not open yet").obstacle();
    }

    @Override
    public void deleteTree(Path tree) throws IOException {
        TreeDeletion.delete(tree);
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
