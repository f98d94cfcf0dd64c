package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.NotedCall;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.ResolveFlag;
import org.jbuildah.engine.rootfs.AskedOwners;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jspecify.annotations.Nullable;

/**
 * Lets a step believe in ids that its user namespace does not hold. Where one id is mapped, chown(2), setuid(2) and their kin cannot
 * succeed; a filter of the step's processes hands those calls to a thread of ours, which does what can be done, remembers what was asked
 * for, and answers as if it had been done.
 *
 * <p>What it does not do: permissions are those of the one id, a set-user-ID program changes nothing, and what a process makes belongs to
 * the user with whom the step began, whatever it has become.
 *
 * <p>The filter belongs to the starting thread, and the listener to that thread's own table of descriptors: it comes over a socket. Where
 * another listener watches the worker already, or the kernel is older than 5.0, calls succeed and do nothing.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html">seccomp_unotify(2)</a>
 */
final class EmulatedIds implements AutoCloseable {
    private static final int RLIMIT_NOFILE = 7;

    /** How late the end may be noticed by kernels before 5.9, which do not tell the listener. */
    private static final int GLANCE_MILLIS = 100;

    private final Linux linux;
    private final EmulatedCalls calls;
    private final ProcessSpec process;
    private final List<AskedOwners.Named> unmarked;
    private final int[] socket;
    private final Thread thread = new Thread(this::serve, "ids");
    private AskedOwners asked = AskedOwners.NONE;
    private volatile boolean done;
    private @Nullable Throwable failure;

    private EmulatedIds(Linux linux, EmulatedCalls calls, ProcessSpec process, List<AskedOwners.Named> unmarked)
            throws LinuxException {
        this.linux = linux;
        this.calls = calls;
        this.process = process;
        this.unmarked = List.copyOf(unmarked);
        this.socket = linux.socketpair();
    }

    /**
     * Begins to wait for the listener; called on a thread that has not left the host, as the new thread then has not either.
     *
     * @param unmarked owners that no file bears
     */
    static EmulatedIds begin(Linux linux, EmulatedCalls calls, ProcessSpec process, List<AskedOwners.Named> unmarked)
            throws LinuxException {
        EmulatedIds ids = new EmulatedIds(linux, calls, process, unmarked);
        ids.thread.setDaemon(true);
        ids.thread.start();
        return ids;
    }

    /** Called by the starting thread, which must have CAP_SYS_ADMIN: from now on its own calls are emulated, too. */
    void attach() throws LinuxException {
        int listener;
        try {
            listener = linux.seccompListen(calls.listening());
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.EBUSY) {
                throw e;
            }
            linux.seccompSetFilter(calls.silent());
            return;
        }
        linux.sendDescriptor(socket[1], listener);
    }

    /** Called when the starting thread has ended: if it never came to {@link #attach}, there is nothing to wait for. */
    void startingHasEnded() {
        closeEnd(1);
    }

    /** After the end of the step's processes: what they asked for. */
    AskedOwners asked() throws IOException {
        done = true;
        join();
        if (failure != null) {
            throw new IOException("a step's users could not be emulated: " + failure, failure);
        }
        return asked;
    }

    private void serve() {
        Credentials user = process.credentials();
        asked = new AskedOwners(user, List.of());
        Identity first = Identity.of(user);
        try {
            int listener = linux.receiveDescriptor(socket[0]);
            if (listener < 0) {
                return;
            }
            try (FileOwners owners = owners(first)) {
                linux.unshare(CloneFlag.FS);
                linux.umask(0);
                linux.chdir("/proc".getBytes(UTF_8));
                ProcFolders folders = new ProcFolders(linux);
                Identities identities = new Identities(linux, first);
                Answers answers = new Answers(
                        linux, identities, owners, folders, process.grants().capabilities());
                int root = listen(listener, owners, answers, folders);
                if (root >= 0) {
                    linux.chroot(("self/fd/" + root).getBytes(UTF_8)); // what a name is depends on the root
                    asked = new AskedOwners(user, owners.named());
                    linux.close(root);
                }
            } finally {
                linux.close(listener); // what waits still is told ENOSYS
            }
        } catch (Throwable e) { // told by asked()
            failure = e;
        }
    }

    private FileOwners owners(Identity first) throws LinuxException {
        long most = linux.getrlimit(RLIMIT_NOFILE)[0];
        int held = (int) Math.min(most < 0 ? Integer.MAX_VALUE : most / 2, 100_000);
        return new FileOwners(linux, first, held, System.currentTimeMillis() / 1000);
    }

    /**
     * Until no process has the filter any more.
     *
     * @return the step's root directory, open; -1 if nobody ever called
     */
    private int listen(int listener, FileOwners owners, Answers answers, ProcFolders folders) throws IOException {
        int root = -1;
        while (true) {
            NotedCall.State state = linux.awaitCall(listener, GLANCE_MILLIS);
            if (state == NotedCall.State.NEVER_AGAIN || (state == NotedCall.State.NOT_YET && done)) {
                return root;
            }
            NotedCall call = state == NotedCall.State.THERE ? linux.receiveCall(listener) : null;
            if (call != null) {
                if (root < 0) {
                    root = open(folders.of(call.pid()) + "/root");
                    owners.mounts(linux.mountId(root), lentMounts(root));
                    owners.learn(root, unmarked);
                }
                answer(listener, call, answers, folders);
            }
        }
    }

    /** Those whose files are the builder's, and not the machine's or the kernel's. */
    private Set<Long> lentMounts(int root) throws LinuxException {
        Set<Long> lent = new HashSet<>();
        for (MountSpec mount : process.mounts()) {
            if (mount instanceof MountSpec.OfTree || mount instanceof MountSpec.Tmpfs) {
                byte[] target = mount.target().getBytes(UTF_8);
                int fd = linux.openat2(root, target, OpenFlag.PATH, 0, ResolveFlag.IN_ROOT);
                try {
                    lent.add(linux.mountId(fd));
                } finally {
                    linux.close(fd);
                }
            }
        }
        return lent;
    }

    private int open(String inProc) throws LinuxException {
        return linux.openat(Linux.AT_FDCWD, inProc.getBytes(UTF_8), OpenFlag.PATH, 0);
    }

    private void answer(int listener, NotedCall call, Answers answers, ProcFolders folders) throws LinuxException {
        OptionalLong result = OptionalLong.of(0);
        int errno = 0;
        try {
            Optional<EmulatedCall.Form> form = calls.find(call);
            Caller caller = new Caller(linux, call, folders.of(call.pid()));
            if (!linux.stillWaits(listener, call)) {
                return; // its number, and so what is read of it, may be another's
            }
            result = answers.of(form.orElseThrow(), caller);
        } catch (LinuxException e) {
            errno = e.number();
        } catch (IOException e) {
            errno = Errno.EIO.number();
        } catch (RuntimeException | Error e) {
            failure = failure == null ? e : failure;
            errno = Errno.EIO.number();
        }
        if (result.isPresent()) {
            linux.answer(listener, call, result.getAsLong(), errno);
        } else {
            linux.letPass(listener, call);
        }
    }

    private void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done = true;
        closeEnd(1);
        join();
        closeEnd(0);
    }

    private void closeEnd(int end) {
        int fd = socket[end];
        socket[end] = -1;
        try {
            if (fd >= 0) {
                linux.close(fd);
            }
        } catch (LinuxException e) {
            throw new IllegalStateException(e); // a socket has nothing left to write
        }
    }
}
