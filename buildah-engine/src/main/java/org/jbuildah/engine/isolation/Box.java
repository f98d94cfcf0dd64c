package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountAttribute;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jspecify.annotations.Nullable;

/**
 * One step's namespaces, made by one throw-away thread that walks into them, starts the step's process, and ends.
 *
 * <p>After {@link #leaveHost} that thread sees the image's files instead of ours: it must not load a class, a library, a charset or a
 * time zone, nor start a thread, since they would be the image's or live in the step's namespaces. What it runs is loaded by {@link
 * Preload}.
 */
final class Box implements AutoCloseable {
    /**
     * What all boxes of a worker share.
     *
     * @param descriptors held while files are written, and while a thread takes a copy of all descriptors for itself: a copy of one that is
     *     written to would keep the other's backstage from becoming read-only
     */
    record Ground(
            Linux linux,
            Path scratch,
            SeccompFilters filters,
            Capabilities capabilities,
            List<String> masked,
            Semaphore sharedProc,
            Object descriptors,
            boolean groupsDenied) {
        /** Of the user as the image has it, what can be had here: where one id is mapped, there is one group. */
        Credentials possible(Credentials wanted) {
            return groupsDenied ? new Credentials(wanted.uid(), wanted.gid(), List.of()) : wanted;
        }
    }

    private static final byte[] HERE = {'.'};
    private static final byte[] ROOT = {'/'};

    private final Ground ground;
    private final Linux linux;
    private final Isolation.RootDirectory root;
    private final Trees trees;
    private final ProcessSpec process;
    private final byte[] seccompFilter;
    private final long capabilities;
    private final BoxMounts mounts;

    // descriptors of the JVM's own table
    private final int[] stdout;
    private final int[] stderr;
    private final int[] lifeLine;
    private int rootFd = -1;

    private @Nullable Placeholders placeholders;
    private @Nullable Init init;
    private volatile @Nullable UlimitGate gate;
    private boolean holdsSharedProc;
    private int pid = -1;
    private Errno refusal = Errno.OTHER;

    Box(Ground ground, Isolation.RootDirectory root, Trees trees, ProcessSpec process) throws IOException {
        this.ground = ground;
        this.linux = ground.linux;
        this.root = root;
        this.trees = trees;
        this.process = process;
        this.seccompFilter = ground.filters.of(process.grants().capabilities());
        this.capabilities = ground.capabilities.grant(process.grants().capabilities());
        this.mounts = new BoxMounts(linux, process.mounts());
        this.stdout = linux.pipe2();
        this.stderr = linux.pipe2();
        this.lifeLine = linux.pipe2();
    }

    /** The step's process, or -1 if its program could not be started. */
    int pid() {
        return pid;
    }

    /** Why there is no process. */
    Errno refusal() {
        return refusal;
    }

    int stdout() {
        return stdout[0];
    }

    int stderr() {
        return stderr[0];
    }

    /** The sockets that the step finds; closed with the box. */
    List<BoxMounts.Agent> agents() {
        return mounts.agents();
    }

    // ---- the thread

    /** Makes the namespaces and starts the process. */
    void start() throws IOException, InterruptedException {
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
        if (!process.grants().ulimits().isEmpty()) {
            gate = UlimitGate.watch(linux, process.grants().ulimits(), ground.possible(process.credentials()));
        }
        thread.start();
        boolean interrupted = join(thread);
        Throwable refused = gate == null ? null : gate.end();
        closeIfOpen(stdout, 1);
        closeIfOpen(stderr, 1);
        closeIfOpen(lifeLine, 0);
        if (interrupted) {
            throw new InterruptedException("interrupted while a step was being started");
        }
        if (!failure.isEmpty()) {
            throw asIoException(failure.get(0));
        }
        if (refused instanceof HostUnsuitable letter) {
            throw letter;
        }
        if (refused != null) {
            throw asIoException(refused);
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

    private static IOException asIoException(Throwable failure) {
        return failure instanceof IOException e ? e : new IOException("a step's namespaces cannot be made", failure);
    }

    private void walkIn() throws IOException, InterruptedException {
        unshare("NEWNS|NEWUTS|NEWIPC|FS", CloneFlag.NEWNS | CloneFlag.NEWUTS | CloneFlag.NEWIPC | CloneFlag.FS);
        linux.mount(null, ROOT, null, MountFlag.REC | MountFlag.PRIVATE, null);
        Path directory = root.mount();
        mounts.mountTrees(trees);
        linux.umask(0);
        Backstage backstage = Backstage.mount(linux, ground.scratch);
        synchronized (ground.descriptors) {
            mounts.fill(backstage);
        }
        UlimitGate limits = gate;
        if (limits != null) {
            limits.place(backstage.fifo());
        }
        backstage.seal();
        makePlaceholders(directory);
        // its own descriptors too: what the JVM left without close-on-exec is marked here and nowhere else
        synchronized (ground.descriptors) {
            unshare("NEWPID|FILES", CloneFlag.NEWPID | CloneFlag.FILES);
        }
        linux.closeRangeOnExec(3);
        linux.chdir(bytes(ground.scratch));
        Init first = Init.start(linux, lifeLine[0]);
        init = first;
        int box = bindRoot(directory);
        furnish(new Furnishing(linux, box, backstage), box, first);
        linux.sethostname(process.hostname());
        if (process.network() == Network.NONE) {
            unshare("NEWNET", CloneFlag.NEWNET);
            linux.bringLoopbackUp();
        }
        linux.umask(022);
        byte[] workingDirectory = process.workingDirectory().getBytes(UTF_8);
        leaveHost();
        enter(workingDirectory);
        int stdin = linux.openat(Linux.AT_FDCWD, "/dev/null".getBytes(UTF_8), OpenFlag.RDWR, 0);
        Privileges.drop(linux, ground.possible(process.credentials()), seccompFilter, capabilities);
        if (limits != null) {
            limits.expect(first.pid());
        }
        Program.Start start = new Program(linux, process).start(files(stdin, limits));
        pid = start.pid();
        refusal = start.refusal();
    }

    private List<FileAction> files(int stdin, @Nullable UlimitGate limits) {
        List<FileAction> actions = new ArrayList<>();
        if (limits != null) {
            actions.add(limits.entrance());
        }
        actions.add(new FileAction.Dup2(stdin, 0));
        actions.add(new FileAction.Dup2(stdout[1], 1));
        actions.add(new FileAction.Dup2(stderr[1], 2));
        return actions;
    }

    /** A working directory that the image lacks is made, as OCI runtimes do; it becomes part of the layer. */
    private void enter(byte[] directory) throws LinuxException {
        try {
            linux.chdir(directory);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            for (int i = 1; i <= directory.length; i++) {
                if (i == directory.length || directory[i] == '/') {
                    makeDirectory(Arrays.copyOf(directory, i));
                }
            }
            linux.chdir(directory);
        }
    }

    private void makeDirectory(byte[] path) throws LinuxException {
        try {
            linux.mkdirat(Linux.AT_FDCWD, path, 0755);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
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

    private void furnish(Furnishing furnishing, int box, Init first) throws IOException, InterruptedException {
        furnishing.dev(process.grants().sharedMemoryInBytes());
        furnishing.sys();
        mounts.place(box);
        boolean fresh = first.awaitProc();
        if (!fresh) {
            // steps that share a /proc could read each other's secrets in /proc/PID/root
            ground.sharedProc.acquire();
            holdsSharedProc = true;
        }
        furnishing.proc(fresh);
        furnishing.covers(ground.masked, KernelPaths.READ_ONLY);
    }

    private void leaveHost() throws LinuxException {
        if (pivot()) {
            linux.umount2(HERE, MountFlag.DETACH); // the old root, which lies over the new one now
        } else {
            linux.mount(".", ROOT, null, MountFlag.MOVE, null);
            linux.chroot(HERE);
        }
        linux.chdir(ROOT);
    }

    /** An initramfs has no root to swap, and Docker's profile with SYS_ADMIN forbids it: then the old root must be covered. */
    private boolean pivot() throws LinuxException {
        try {
            linux.pivotRoot(HERE, HERE);
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.EPERM || e.errno() == Errno.EINVAL || e.errno() == Errno.ENOSYS) {
                return false;
            }
            throw e;
        }
    }

    // ---- the end

    /** Ends every process of the step. */
    void kill() throws LinuxException {
        if (init != null) {
            init.kill();
        }
    }

    /** After it ended or was killed; the raw status. */
    int await() throws LinuxException {
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
            if (gate != null) {
                gate.close();
            }
        } finally {
            closeDescriptors();
            if (holdsSharedProc) {
                ground.sharedProc.release();
            }
        }
    }

    private void closeDescriptors() throws IOException {
        for (BoxMounts.Agent agent : mounts.agents()) {
            agent.door().close();
        }
        for (int[] pipe : List.of(stdout, stderr, lifeLine)) {
            closeIfOpen(pipe, 0);
            closeIfOpen(pipe, 1);
        }
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
