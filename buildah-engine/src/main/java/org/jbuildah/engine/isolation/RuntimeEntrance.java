package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.linux.Architecture;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jspecify.annotations.Nullable;

/**
 * By an OCI runtime, from a bundle that is written here.
 *
 * <p>The bundle, the runtime's state and its log lie in a file system in memory that only the step's mount namespace sees: they are gone
 * with the step's last process, however it ends. The runtime and what it starts are in the step's own pid namespace, and end with it.
 */
final class RuntimeEntrance implements Entrance {
    static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final BoxGround ground;
    private final Linux linux;
    private final RuntimeCommand runtime;
    private final ProcessSpec process;
    private final Set<Capability> capabilities;

    private byte[] config = {};
    private byte[] configWithTmp = {};
    private String folder = "";
    private String proc = "";
    private int log = -1;

    RuntimeEntrance(BoxGround ground, RuntimeCommand runtime, ProcessSpec process) throws IOException {
        this.ground = ground;
        this.linux = ground.linux();
        this.runtime = runtime;
        this.process = process;
        this.capabilities = granted();
        new UlimitCeiling(linux, ground.capabilities()).check(process.grants().ulimits());
    }

    private Set<Capability> granted() {
        long bits = ground.capabilities().grant(process.grants().capabilities());
        return Arrays.stream(Capability.values())
                .filter(capability -> (bits >>> capability.number() & 1) != 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<String> places() {
        return runtime.kind().coversTmp() ? List.of("/tmp") : List.of();
    }

    @Override
    public void prepare(Backstage backstage) throws IOException {
        folder = backstage.workshop();
        proc = backstage.proc();
        for (String name : List.of(bundle(), state(), root(), devices(), temporary())) {
            linux.mkdirat(Linux.AT_FDCWD, bytes(name), 0755);
        }
        config = config(null);
        configWithTmp = runtime.kind().coversTmp() ? config(temporary()) : config;
        log = linux.openat(Linux.AT_FDCWD, bytes(logFile()), OpenFlag.RDWR | OpenFlag.CREAT | OpenFlag.EXCL, 0600);
    }

    private String bundle() {
        return folder + "/bundle";
    }

    private String state() {
        return folder + "/state";
    }

    private String root() {
        return folder + "/root";
    }

    private String devices() {
        return folder + "/dev";
    }

    private String temporary() {
        return folder + "/tmp";
    }

    private String logFile() {
        return folder + "/log";
    }

    @Override
    public void furnish(Furnishing furnishing, BoxMounts mounts, int root, Init init) throws IOException {
        if (runtime.kind().sharesTheKernel()) {
            furnishing.dev(process.grants().sharedMemoryInBytes());
            furnishing.sys();
        }
        mounts.place(root);
        WorkingDirectory.of(linux, root, ground.possible(process.credentials())).ensure(process.workingDirectory());
        if (runtime.kind().sharesTheKernel()) {
            setDevicesAside(root);
        } else if (runtime.kind().coversTmp() && bindTmp(root)) {
            config = configWithTmp;
        }
        if (!init.awaitProc()) {
            throw new HostUnsuitable(
                    FailureCode.MODE_NOT_AVAILABLE,
                    "An OCI runtime cannot be used here: parts of /proc are covered, as in a container, and then the kernel refuses the"
                            + " /proc of its own that a RUN needs.",
                    "Use the mode native-chroot, which lends the builder's /proc.");
        }
    }

    /** The runtime must be told of {@code /dev}, by a path that no symlink of the image can turn into another one. */
    private void setDevicesAside(int root) throws LinuxException {
        try (MountPoint dev = MountPoint.in(linux, root, "/dev")) {
            linux.mount(dev.throughProc(), bytes(devices()), null, MountFlag.MOVE, null);
        }
    }

    /** False where the image has something else there. */
    private boolean bindTmp(int root) throws LinuxException {
        MountPoint tmp = MountPoint.ifPresent(linux, root, "/tmp");
        if (tmp == null) {
            return false;
        }
        try (tmp) {
            if (!tmp.isDirectory()) {
                return false;
            }
            linux.mount(tmp.throughProc(), bytes(temporary()), null, MountFlag.BIND | MountFlag.REC, null);
            return true;
        }
    }

    @Override
    public Program.Start start(Init init, Streams streams) throws LinuxException {
        String device = runtime.kind().sharesTheKernel() ? devices() + "/null" : "/dev/null";
        int nothing = linux.openat(Linux.AT_FDCWD, bytes(device), OpenFlag.RDWR, 0);
        // a path without symlinks, wherever the store is
        linux.mount(".", bytes(root()), null, MountFlag.MOVE, null);
        CgroupView.cover(linux);
        write(bundle() + "/config.json", config);
        // last, since this thread is not in the pid namespace that it shows
        linux.mount(proc, bytes("/proc"), null, MountFlag.MOVE, null);
        List<FileAction> actions = streams.actions(nothing, devices() + "/pts");
        String container = "step-" + HexFormat.of().toHexDigits(RANDOM.nextLong());
        List<String> command = runtime.run(bundle(), state(), logFile(), container);
        int pid = linux.posixSpawn(runtime.program(), command, ENVIRONMENT, actions);
        return Program.Start.of(pid);
    }

    private byte[] config(@Nullable String temporary) throws IOException {
        return new BundleConfig(
                        runtime.kind(),
                        Architecture.ofThisJvm(),
                        root(),
                        devices(),
                        process,
                        ground.possible(process.credentials()),
                        capabilities,
                        ground.masked(),
                        temporary)
                .json();
    }

    private void write(String path, byte[] content) throws LinuxException {
        int fd = linux.openat(Linux.AT_FDCWD, bytes(path), OpenFlag.WRONLY | OpenFlag.CREAT | OpenFlag.EXCL, 0600);
        try {
            linux.write(fd, content, 0, content.length);
        } finally {
            linux.close(fd);
        }
    }

    /** What the runtime had to say, once it has ended. */
    RuntimeLog log() throws LinuxException {
        linux.lseek(log, 0, 0);
        byte[] text = new byte[RuntimeLog.MOST_BYTES];
        int length = 0;
        while (length < text.length) {
            int count = linux.read(log, text, length, text.length - length);
            if (count == 0) {
                break;
            }
            length += count;
        }
        return RuntimeLog.parse(new String(text, 0, length, UTF_8));
    }

    @Override
    public @Nullable Throwable refused() {
        return null;
    }

    @Override
    public void close() throws LinuxException {
        if (log >= 0) {
            linux.close(log);
            log = -1;
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(UTF_8);
    }
}
