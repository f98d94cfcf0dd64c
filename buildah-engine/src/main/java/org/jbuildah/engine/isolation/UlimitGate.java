package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.rootfs.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Sets the limits of a step's process between its birth and its program. Limits belong to a process, so that the thread which starts it
 * cannot set them on itself without setting them on the whole worker; and a program that runs already has seen others.
 *
 * <p>The child opens a FIFO before anything else, and that waits for somebody to open the other end. Meanwhile a thread of its own finds
 * the child by the kernel's list of the starting thread's children, sets the limits, and opens the other end. The FIFO has no name in
 * the step's root: the child reaches it through a descriptor.
 *
 * <p>The thread takes on the child's real ids: then no privilege is needed but for raising a hard limit.
 */
final class UlimitGate implements AutoCloseable {
    private static final long GLANCE_MILLIS = 1;

    private final Linux linux;
    private final List<Ulimit> limits;
    private final Credentials user;
    private final Thread thread = new Thread(this::serve, "ulimits");
    private volatile int fifo = -1;
    private volatile int starter = -1;
    private volatile int init = -1;
    private volatile boolean done;
    private volatile @Nullable Throwable failure;

    private UlimitGate(Linux linux, List<Ulimit> limits, Credentials user) {
        this.linux = linux;
        this.limits = limits;
        this.user = user;
    }

    /**
     * Begins to watch; called on a thread that has not left the host, as the new thread then has not either.
     *
     * @throws HostUnsuitable if the kernel does not list a thread's children (CONFIG_PROC_CHILDREN)
     */
    static UlimitGate watch(Linux linux, List<Ulimit> limits, Credentials user) {
        if (!Files.exists(Path.of("/proc/thread-self/children"))) {
            throw new HostUnsuitable(
                    FailureCode.HOST_UNSUITABLE,
                    "Ulimits cannot be set here: this kernel has no /proc/PID/task/TID/children.",
                    "Leave them out, and set them in the shell or service that starts the build.");
        }
        UlimitGate gate = new UlimitGate(linux, limits, user);
        gate.thread.start();
        return gate;
    }

    /** Called by the starting thread while it shares the descriptor table of all threads. */
    void place(String path) throws LinuxException {
        fifo = linux.openat(Linux.AT_FDCWD, path.getBytes(UTF_8), OpenFlag.PATH, 0);
    }

    /** Called by the starting thread when its next child will be the step's process; the other one is {@code init}. */
    void expect(int initPid) {
        init = initPid;
        starter = linux.gettid();
    }

    /** What the child does first. */
    FileAction entrance() {
        return new FileAction.Open(0, throughProc(), OpenFlag.RDONLY);
    }

    private String throughProc() {
        return "/proc/self/fd/" + fifo;
    }

    private void serve() {
        int child = -1;
        try {
            linux.setRealIds(user.uid(), user.gid());
            Set<Integer> served = new HashSet<>();
            while (!done) {
                child = starter < 0 ? -1 : next(served);
                if (child < 0) {
                    Thread.sleep(GLANCE_MILLIS);
                    continue;
                }
                limit(child);
                letPass();
                served.add(child);
            }
        } catch (Throwable e) { // handed to the thread that waits; a child that waits must not wait for ever
            failure = e;
            end(child);
        }
    }

    private void end(int child) {
        try {
            if (child > 0) {
                linux.kill(child, 9);
            }
        } catch (LinuxException gone) {
            return;
        }
    }

    /** A program that cannot be executed makes room for another candidate: there may be several children, one after the other. */
    private int next(Set<Integer> served) {
        String children;
        try {
            children = Files.readString(Path.of("/proc/self/task/" + starter + "/children"));
        } catch (IOException gone) {
            return -1; // the starting thread ends once its child has passed
        }
        for (String word : children.strip().split(" ", -1)) {
            int pid = word.isEmpty() ? init : Integer.parseInt(word);
            if (pid != init && !served.contains(pid)) {
                return pid;
            }
        }
        return -1;
    }

    private void limit(int child) throws LinuxException {
        for (Ulimit limit : limits) {
            try {
                linux.prlimit(child, limit.resource().number(), limit.soft(), limit.hard());
            } catch (LinuxException e) {
                if (e.errno() == Errno.EPERM) {
                    throw UlimitCeiling.tooMuch(linux, limit);
                }
                throw e;
            }
        }
    }

    private void letPass() throws LinuxException, InterruptedException {
        while (!done) {
            try {
                byte[] path = throughProc().getBytes(UTF_8);
                linux.close(linux.openat(Linux.AT_FDCWD, path, OpenFlag.WRONLY | OpenFlag.NONBLOCK, 0));
                return;
            } catch (LinuxException e) {
                if (e.errno() != Errno.ENXIO) { // which says that the child is not there yet
                    throw e;
                }
                Thread.sleep(GLANCE_MILLIS);
            }
        }
    }

    /** After the starting thread has ended: why the limits could not be set, if they could not. */
    @Nullable
    Throwable end() {
        done = true;
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
        return failure;
    }

    @Override
    public void close() throws LinuxException {
        end();
        if (fifo >= 0) {
            linux.close(fifo);
            fifo = -1;
        }
    }
}
