package org.jbuildah.engine.worker;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.isolation.ChrootIsolation;
import org.jbuildah.engine.isolation.Isolation;
import org.jbuildah.engine.isolation.PlainChroot;
import org.jbuildah.engine.isolation.RuntimeIsolation;
import org.jbuildah.engine.isolation.RuntimeKind;
import org.jbuildah.engine.linux.JnrLinux;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.snapshot.CacheDirectories;
import org.jbuildah.engine.snapshot.FuseOverlay;
import org.jbuildah.engine.snapshot.FuseProgram;
import org.jbuildah.engine.snapshot.KernelOverlay;
import org.jbuildah.engine.snapshot.OverlayXattrs;
import org.jbuildah.engine.snapshot.SnapshotStore;
import org.jbuildah.engine.snapshot.Vfs;
import org.jbuildah.engine.worker.Greeting.Open;
import org.jspecify.annotations.Nullable;

/** The workbench of a worker in namespaces of its own. */
final class KernelWorkbench implements Workbench {
    /** For their unpacked layers; nothing is mounted. */
    private static final List<LayerDriver> ALL_DRIVERS = List.of(
            new LayerDriver.KernelOverlay(),
            new LayerDriver.FuseOverlay(Path.of("fuse-overlayfs")),
            new LayerDriver.Vfs());

    private @Nullable Opened opened;

    /** All of it, once it is there. */
    private record Opened(
            Linux linux,
            Open settings,
            OverlayRehearsal rehearsal,
            ContentStore content,
            LayerDriver driver,
            SnapshotStore snapshots,
            CacheDirectories caches,
            Isolation isolation) {}

    @Override
    public WorkerHello open(Open settings) throws IOException {
        Linux linux = JnrLinux.load();
        boolean freshProc = linux.getpid() == 1 && mountProc(linux);
        Path rootfs = Path.of(settings.storeRoot()).resolve("rootfs");
        OverlayRehearsal rehearsal = new OverlayRehearsal(linux, rootfs);
        ContentStore content = ContentStore.open(Path.of(settings.storeRoot()));
        List<String> obstacles = new ArrayList<>();
        LayerDriver driver = chosen(linux, settings, rehearsal, obstacles);
        opened = new Opened(
                linux,
                settings,
                rehearsal,
                content,
                driver,
                snapshots(linux, settings, content, driver),
                CacheDirectories.of(linux, content.root(), settings.idMap()),
                isolation(settings.isolation(), linux, rootfs));
        openEveryJar();
        return new WorkerHello(
                WorkerMessage.PROTOCOL,
                linux.getpid(),
                linux.geteuid(),
                idMap("uid_map"),
                idMap("gid_map"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                freshProc,
                driver.word(),
                obstacles);
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

    /** The first driver that works here. */
    private static LayerDriver chosen(Linux linux, Open settings, OverlayRehearsal rehearsal, List<String> obstacles)
            throws IOException {
        for (LayerDriver driver : settings.drivers()) {
            String obstacle = obstacle(linux, driver, settings, rehearsal);
            if (obstacle.isEmpty()) {
                return driver;
            }
            obstacles.add(obstacle);
        }
        throw new HostUnsuitable(
                FailureCode.DRIVER_NOT_AVAILABLE,
                String.join(" ", obstacles),
                "Put the store on a local file system such as ext4 or xfs (in a container: on a volume), or use the "
                        + "storage driver vfs.");
    }

    private static String obstacle(Linux linux, LayerDriver driver, Open settings, OverlayRehearsal rehearsal)
            throws IOException {
        if (driver instanceof LayerDriver.Vfs) {
            return "";
        }
        boolean kernel = driver instanceof LayerDriver.KernelOverlay;
        OverlayTrial trial = driver instanceof LayerDriver.FuseOverlay fuse
                ? new OverlayTrial.OfFuse(linux, program(fuse))
                : new OverlayTrial.OfKernel(linux, settings.trustedXattrs());
        try {
            String why = rehearsal.obstacle(trial);
            if (why.isEmpty()) {
                return "";
            }
            return (kernel ? "The kernel refuses an overlay mount in " : "fuse-overlayfs does not work in ")
                    + settings.storeRoot() + ", which is on " + fileSystem(settings) + ": " + why + ".";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while overlay was rehearsed", e);
        }
    }

    private static Isolation isolation(RunIsolation isolation, Linux linux, Path rootfs) throws IOException {
        Path scratch = rootfs.resolve("scratch");
        if (isolation instanceof RunIsolation.OciRuntime runtime) {
            if (!Files.isExecutable(runtime.program())) {
                throw new HostUnsuitable(
                        FailureCode.MODE_NOT_AVAILABLE,
                        "The OCI runtime " + runtime.program() + " is not there, or is no program.",
                        "Name another one, or none for the first of crun, runc, kata-runtime and runsc that is installed.");
            }
            RuntimeKind kind = RuntimeKind.of(runtime.name());
            return new RuntimeIsolation(linux, scratch, kind, runtime.program(), runtime.flags());
        }
        return isolation instanceof RunIsolation.PlainChroot
                ? new PlainChroot(linux, KernelWorkbench::javaLikeThis)
                : new ChrootIsolation(linux, scratch);
    }

    /** The command of a JVM that finds what this one has found. */
    private static List<String> javaLikeThis(String mainClass) {
        List<String> options = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("jffi.") || name.startsWith("jnr."))
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .sorted()
                .toList();
        List<Path> classpath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
        Path home = Path.of(System.getProperty("java.home"));
        return WorkerCommand.java(home, Runtime.version().feature(), options, classpath, mainClass);
    }

    private static String fileSystem(Open settings) {
        try {
            return Files.getFileStore(Path.of(settings.storeRoot()).resolve("rootfs"))
                    .type();
        } catch (IOException notListed) {
            return "a file system without a name";
        }
    }

    private static FuseProgram program(LayerDriver.FuseOverlay fuse) {
        return new FuseProgram(fuse.program());
    }

    private static SnapshotStore snapshots(Linux linux, Open settings, ContentStore content, LayerDriver driver)
            throws IOException {
        OverlayXattrs xattrs = settings.trustedXattrs() ? OverlayXattrs.TRUSTED : OverlayXattrs.USER;
        if (driver instanceof LayerDriver.FuseOverlay fuse) {
            return FuseOverlay.open(content, linux, settings.idMap(), xattrs, program(fuse));
        }
        return driver instanceof LayerDriver.Vfs
                ? Vfs.open(content, linux, settings.idMap(), xattrs)
                : KernelOverlay.open(content, linux, settings.idMap(), xattrs);
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

    private Opened opened() {
        if (opened == null) {
            throw new IllegalStateException("the first request must be " + WorkerMessage.Kind.OPEN);
        }
        return opened;
    }

    @Override
    public SnapshotStore snapshots() {
        return opened().snapshots();
    }

    @Override
    public CacheDirectories caches() {
        return opened().caches();
    }

    @Override
    public Isolation isolation() {
        return opened().isolation();
    }

    @Override
    public String rehearseOverlay() throws IOException, InterruptedException {
        Opened all = opened();
        return all.rehearsal()
                .obstacle(new OverlayTrial.OfKernel(all.linux(), all.settings().trustedXattrs()));
    }

    @Override
    public boolean prune(boolean caches) throws IOException {
        Opened all = opened();
        boolean emptied = !caches || all.caches().prune();
        boolean whole = all.snapshots().prune() && emptied;
        for (LayerDriver driver : ALL_DRIVERS) {
            if (!driver.word().equals(all.driver().word())) {
                try (SnapshotStore others = snapshots(all.linux(), all.settings(), all.content(), driver)) {
                    whole &= others.prune();
                }
            }
        }
        return whole;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.snapshots().close();
            opened.content().close();
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
