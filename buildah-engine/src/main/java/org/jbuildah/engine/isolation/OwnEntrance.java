package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jspecify.annotations.Nullable;

/**
 * Without another program's help: the step's thread itself swaps its root, becomes the step's user, and starts the process.
 *
 * <p>From {@link #leaveHost} on, that thread sees the image's files instead of ours: it must not load a class, a library, a charset or a
 * time zone, nor start a thread, since they would be the image's or live in the step's namespaces. What it runs is loaded by {@link
 * Preload}.
 */
final class OwnEntrance implements Entrance {
    private static final byte[] HERE = {'.'};
    private static final byte[] ROOT = {'/'};

    private final BoxGround ground;
    private final Linux linux;
    private final ProcessSpec process;
    private final byte[] seccompFilter;
    private final long capabilities;
    private final byte[] workingDirectory;
    private final @Nullable UlimitGate gate;
    private final Isolation.RootDirectory root;
    private final @Nullable EmulatedIds ids;
    private boolean holdsSharedProc;

    /**
     * Called on a thread that has not left the host.
     *
     * @param root hears of owners that were asked for
     */
    OwnEntrance(BoxGround ground, Isolation.RootDirectory root, ProcessSpec process) throws IOException {
        this.ground = ground;
        this.root = root;
        this.linux = ground.linux();
        this.process = process;
        this.seccompFilter = ground.filters().of(process.grants().capabilities());
        this.capabilities = ground.capabilities().grant(process.grants().capabilities());
        this.workingDirectory = process.workingDirectory().getBytes(UTF_8);
        this.gate = process.grants().ulimits().isEmpty()
                ? null
                : UlimitGate.watch(linux, process.grants().ulimits(), user());
        EmulatedCalls emulated = ground.emulated();
        this.ids = emulated == null ? null : EmulatedIds.begin(linux, emulated, process, root.unmarked());
    }

    /** Where ids are emulated, the kernel knows root only. */
    private Credentials user() {
        return ground.emulated() == null ? ground.possible(process.credentials()) : Credentials.ROOT;
    }

    @Override
    public List<String> places() {
        return List.of();
    }

    @Override
    public void prepare(Backstage backstage) throws IOException {
        if (gate != null) {
            gate.place(backstage.fifo());
        }
    }

    @Override
    public void furnish(Furnishing furnishing, BoxMounts mounts, int root, Init init)
            throws IOException, InterruptedException {
        furnishing.dev(process.grants().sharedMemoryInBytes());
        furnishing.sys();
        mounts.place(root);
        workingDirectory(root).ensure(process.workingDirectory());
        boolean fresh = init.awaitProc();
        if (!fresh) {
            // steps that share a /proc could read each other's secrets in /proc/PID/root
            ground.sharedProc().acquire();
            holdsSharedProc = true;
        }
        furnishing.proc(fresh);
        furnishing.covers(ground.masked(), KernelPaths.READ_ONLY);
    }

    private WorkingDirectory workingDirectory(int root) {
        return ids == null
                ? WorkingDirectory.of(linux, root, ground.possible(process.credentials()))
                : WorkingDirectory.whereOwnersAreNoted(linux, root, process.credentials());
    }

    @Override
    public Program.Start start(Init init, Streams streams) throws LinuxException {
        leaveHost();
        linux.chdir(workingDirectory);
        int nothing = linux.openat(Linux.AT_FDCWD, "/dev/null".getBytes(UTF_8), OpenFlag.RDWR, 0);
        Privileges.drop(linux, user(), ids, seccompFilter, capabilities);
        List<FileAction> actions = new ArrayList<>();
        if (gate != null) {
            gate.expect(init.pid());
            actions.add(gate.entrance());
        }
        actions.addAll(streams.actions(nothing, "/dev/pts"));
        return new Program(linux, process).start(actions);
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

    @Override
    public @Nullable Throwable refused() {
        if (ids != null) {
            ids.startingHasEnded();
        }
        return gate == null ? null : gate.end();
    }

    @Override
    public void close() throws IOException {
        try (ids) {
            if (gate != null) {
                gate.close();
            }
            if (ids != null) {
                root.own(ids.asked());
            }
        } finally {
            if (holdsSharedProc) {
                ground.sharedProc().release();
            }
        }
    }
}
