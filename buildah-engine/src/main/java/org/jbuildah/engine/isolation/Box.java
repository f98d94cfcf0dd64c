package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountAttribute;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jspecify.annotations.Nullable;

/**
 * One step's namespaces, made by one throw-away thread that walks into them, starts the step's process through an {@link Entrance}, and
 * ends.
 */
final class Box implements Supervision.Watched, AutoCloseable {
    private static final byte[] HERE = {'.'};
    private static final byte[] ROOT = {'/'};

    private final BoxGround ground;
    private final Linux linux;
    private final Isolation.RootDirectory root;
    private final Trees trees;
    private final ProcessSpec process;
    private final Entrance entrance;
    private final BoxMounts mounts;
    private final @Nullable PrivateNetwork network;

    private final Streams streams;

    // descriptors of the JVM's own table
    private final int[] lifeLine;
    private int rootFd = -1;

    private @Nullable Placeholders placeholders;
    private @Nullable Init init;
    private int pid = -1;
    private Errno refusal = Errno.OTHER;

    /**
     * @param entrance closed with the box
     * @param streams closed with the box
     */
    Box(
            BoxGround ground,
            Isolation.RootDirectory root,
            Trees trees,
            ProcessSpec process,
            Entrance entrance,
            Streams streams)
            throws IOException {
        this.ground = ground;
        this.linux = ground.linux();
        this.root = root;
        this.trees = trees;
        this.process = process;
        this.entrance = entrance;
        this.mounts = new BoxMounts(linux, process.mounts());
        this.network = process.network().helped() ? new PrivateNetwork(ground, process.network()) : null;
        this.streams = streams;
        this.lifeLine = linux.pipe2();
    }

    /** Runs the process to its end. */
    ExitStatus run(OutputSink output) throws IOException, InterruptedException {
        start();
        if (pid < 0) {
            return new ExitStatus.NotStarted(process.arguments().get(0), refusal.name());
        }
        AgentProxy agents = AgentProxy.serve(mounts.agents());
        try (agents) {
            streams.begin();
            return new Supervision(linux, this, streams, output).watch(process.timeout());
        }
    }

    @Override
    public int pid() {
        return pid;
    }

    // ---- the thread

    /** Makes the namespaces and starts the process. */
    private void start() throws IOException, InterruptedException {
        List<Throwable> failure = new ArrayList<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        walkIn();
                    } catch (Throwable e) { // handed to the thread that waits
                        failure.add(e);
                    }
                },
                "step");
        thread.start();
        if (network != null) {
            network.serve(thread);
        }
        boolean interrupted = join(thread);
        Throwable refused = entrance.refused();
        streams.handOver();
        closeIfOpen(lifeLine, 0);
        if (interrupted) {
            throw new InterruptedException("interrupted while a step was being started");
        }
        Throwable reason = failure.isEmpty() ? refused : failure.get(0);
        if (reason instanceof HostUnsuitable letter) {
            throw letter;
        }
        if (reason != null) {
            throw reason instanceof IOException e ? e : new IOException("a step's namespaces cannot be made", reason);
        }
    }

    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt(); // it may wait for its turn
            }
        }
    }

    private void walkIn() throws IOException, InterruptedException {
        unshare("NEWNS|NEWUTS|NEWIPC|FS", CloneFlag.NEWNS | CloneFlag.NEWUTS | CloneFlag.NEWIPC | CloneFlag.FS);
        linux.mount(null, ROOT, null, MountFlag.REC | MountFlag.PRIVATE, null);
        Path directory = root.mount();
        mounts.mountTrees(trees);
        linux.umask(0);
        Backstage backstage = Backstage.mount(linux, ground.scratch());
        synchronized (ground.descriptors()) {
            mounts.fill(backstage);
            streams.open(backstage, ground.possible(process.credentials()));
        }
        entrance.prepare(backstage);
        backstage.seal();
        makePlaceholders(directory);
        // its own descriptors too: what the JVM left without close-on-exec is marked here and nowhere else
        synchronized (ground.descriptors()) {
            unshare("NEWPID|FILES", CloneFlag.NEWPID | CloneFlag.FILES);
        }
        linux.closeRangeOnExec(3);
        linux.chdir(bytes(ground.scratch()));
        Init first = Init.start(linux, lifeLine[0]);
        init = first;
        int box = bindRoot(directory);
        entrance.furnish(new Furnishing(linux, box, backstage), mounts, box, first);
        linux.sethostname(process.hostname());
        if (network != null) {
            network.enter();
        } else if (process.network().equals(Network.NONE)) {
            unshare("NEWNET", CloneFlag.NEWNET);
            linux.bringLoopbackUp();
        }
        linux.umask(022);
        Program.Start start = entrance.start(first, streams);
        pid = start.pid();
        refusal = start.refusal();
    }

    private void unshare(String names, int flags) throws LinuxException {
        try {
            linux.unshare(flags);
        } catch (LinuxException e) {
            throw new LinuxException("unshare", names, e.number());
        }
    }

    /** On the root directory as it was given, which stays reachable by its descriptor when the namespace is gone. */
    private void makePlaceholders(Path directory) throws LinuxException {
        linux.chdir(bytes(directory));
        rootFd = linux.openat(Linux.AT_FDCWD, HERE, OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
        Placeholders made = new Placeholders(linux, rootFd);
        placeholders = made;
        for (String folder : List.of("/proc", "/sys", "/dev")) {
            made.directory(folder);
        }
        for (String folder : entrance.places()) {
            made.directory(folder);
        }
        mounts.makePlaceholders(made);
    }

    /** A mount of the root directory to itself: pivot_root(2) wants one, and devices in the image must be dead. */
    private int bindRoot(Path directory) throws LinuxException {
        linux.mount(directory.toString(), bytes(directory), null, MountFlag.BIND, null);
        linux.chdir(bytes(directory));
        int box = linux.openat(Linux.AT_FDCWD, HERE, OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
        MountRestriction.add(linux, box, directory.toString(), false, MountAttribute.NODEV);
        return box;
    }

    // ---- the end

    private void kill() throws LinuxException {
        if (init != null) {
            init.kill();
        }
    }

    @Override
    public int end() throws LinuxException {
        kill();
        int status = await();
        if (init != null) {
            init.close();
        }
        return status;
    }

    private int await() throws LinuxException {
        int status = linux.wait4(pid);
        pid = -1;
        return status;
    }

    /** Ends what still runs, then takes the placeholders away. */
    @Override
    public void close() throws IOException {
        try {
            kill();
            if (pid > 0) {
                await();
            }
            if (init != null) {
                init.close();
            }
            if (placeholders != null) {
                placeholders.remove();
            }
            entrance.close();
            if (network != null) {
                network.close();
            }
        } finally {
            closeDescriptors();
        }
    }

    private void closeDescriptors() throws IOException {
        for (BoxMounts.Agent agent : mounts.agents()) {
            agent.door().close();
        }
        streams.close();
        closeIfOpen(lifeLine, 0);
        closeIfOpen(lifeLine, 1);
        if (placeholders != null) {
            placeholders.close();
        }
        if (rootFd >= 0) {
            linux.close(rootFd);
        }
    }

    private void closeIfOpen(int[] pipe, int end) throws LinuxException {
        if (pipe[end] >= 0) {
            int fd = pipe[end];
            pipe[end] = -1;
            linux.close(fd);
        }
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(UTF_8);
    }
}
