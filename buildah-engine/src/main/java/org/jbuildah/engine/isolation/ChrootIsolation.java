package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jbuildah.engine.linux.Architecture;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;

/**
 * Our own box: namespaces, pivot_root, seccomp and posix_spawn, without another program's help but the host's shell as process 1.
 *
 * <p>A step has its own mount, pid, UTS and IPC namespaces and shares the worker's network and user namespace. It sees Docker's usual
 * /proc, /sys and /dev, has the capabilities that it is granted and Docker's seccomp filter for them, and leaves nothing behind: when {@link #run} returns, its
 * processes are gone. Steps may run side by side.
 *
 * <p>It expects to live in the worker: a process with CAP_SYS_ADMIN in its user namespace and a /proc of its own pid namespace.
 */
public final class ChrootIsolation implements Isolation {
    private static final int RLIMIT_NOFILE = 7;
    private static final long MOST_FILES = 1_048_576;

    private final Box.Ground ground;

    /**
     * @param scratch a directory of our own; a file system in memory is mounted on it in each step's mount namespace. No root directory
     *     may be below it
     */
    public ChrootIsolation(Linux linux, Path scratch) throws IOException {
        Files.createDirectories(scratch);
        Preload.classes();
        limitFiles(linux);
        List<String> masked = new ArrayList<>(KernelPaths.MASKED);
        masked.addAll(KernelPaths.thermalThrottles(linux));
        this.ground = new Box.Ground(
                linux,
                scratch.toAbsolutePath(),
                new SeccompFilters(Architecture.ofThisJvm()),
                Capabilities.ofThisProcess(),
                List.copyOf(masked),
                new Semaphore(1),
                new Object(),
                groupsDenied());
    }

    @Override
    public ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, OutputSink output)
            throws IOException, InterruptedException {
        try (Box box = new Box(ground, root, trees, process)) {
            box.start();
            if (box.pid() < 0) {
                return new ExitStatus.NotStarted(
                        process.arguments().get(0), box.refusal().name());
            }
            AgentProxy agents = AgentProxy.serve(box.agents());
            try (agents) {
                return new Supervision(ground.linux(), box, output).watch(process.timeout());
            }
        }
    }

    /** As unshare(1) leaves it where an ordinary user maps the own id. */
    private static boolean groupsDenied() throws IOException {
        Path file = Path.of("/proc/self/setgroups");
        return Files.exists(file) && Files.readString(file).startsWith("deny");
    }

    /** Docker's limit for steps, which inherit it; with a billion, programs that close every descriptor take minutes. */
    private static void limitFiles(Linux linux) throws IOException {
        long hard = linux.getrlimit(RLIMIT_NOFILE)[1];
        long limit = hard < 0 ? MOST_FILES : Math.min(hard, MOST_FILES);
        linux.setrlimit(RLIMIT_NOFILE, limit, limit);
    }
}
