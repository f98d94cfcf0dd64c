package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountFlag;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.rootfs.Network;

/**
 * A step's network namespace with a {@link NetworkHelper} at its other end. The helper lives outside of the step, in the worker's pid and
 * network namespace, where no process of the step sees it: it has what the step must not have, the machine's network. It ends with the
 * step, and with the worker.
 *
 * <p>Two threads meet here: the step's own asks by {@link #enter}, and the one that waits for it answers by {@link #serve}.
 */
final class PrivateNetwork implements AutoCloseable {
    private static final int MOST_BYTES = 8 * 1024;
    private static final long GLANCE_MILLIS = 5;

    private final BoxGround ground;
    private final Linux linux;
    private final Network network;
    private final BlockingQueue<Integer> asked = new ArrayBlockingQueue<>(1);
    private final CompletableFuture<Void> attached = new CompletableFuture<>();
    private int[] lifeLine = {-1, -1};
    private int[] ready = {-1, -1};
    private int log = -1;
    private int pid = -1;

    PrivateNetwork(BoxGround ground, Network network) {
        this.ground = ground;
        this.linux = ground.linux();
        this.network = network;
    }

    /** Puts the calling thread into a network namespace of its own, and returns once that is connected. */
    void enter() throws IOException, InterruptedException {
        linux.unshare(CloneFlag.NEWNET);
        linux.bringLoopbackUp();
        asked.add(linux.gettid());
        try {
            attached.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HostUnsuitable letter) {
                throw letter;
            }
            throw new IOException("the network of a step cannot be made", e.getCause());
        }
    }

    /** Starts the helper when the step's thread asks for it; returns then, or when that thread has ended without. */
    void serve(Thread step) {
        try {
            Integer thread = null;
            while (thread == null && step.isAlive()) {
                thread = asked.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (thread != null) {
                attach("/proc/" + linux.getpid() + "/task/" + thread + "/ns/net");
                attached.complete(null);
            }
        } catch (InterruptedException e) {
            attached.completeExceptionally(e);
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            attached.completeExceptionally(e);
        }
    }

    private void attach(String namespace) throws IOException, InterruptedException {
        NetworkHelper helper = NetworkHelper.of(network);
        lifeLine = linux.pipe2();
        ready = linux.pipe2();
        List<Throwable> failure = new ArrayList<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        pid = start(helper, namespace);
                    } catch (Throwable e) { // handed to the thread that waits
                        failure.add(e);
                    }
                },
                "network");
        thread.start();
        thread.join();
        close(ready, 1);
        close(lifeLine, 0);
        if (!failure.isEmpty()) {
            throw new IOException(helper.program() + " cannot be started", failure.get(0));
        }
        if (linux.read(ready[0], new byte[1], 0, 1) == 0) {
            throw new HostUnsuitable(
                    FailureCode.NETWORK_NOT_AVAILABLE,
                    helper.program() + " could not make a private network: " + lastWords(),
                    "Use the network host or none, or the other one of pasta and slirp4netns.");
        }
    }

    /**
     * On a thread of its own. The namespace is bound to a file that only the helper's mount namespace shows: pasta gives up what opening
     * it in {@code /proc} needs.
     */
    private int start(NetworkHelper helper, String namespace) throws LinuxException {
        linux.unshare(CloneFlag.NEWNS | CloneFlag.FS);
        linux.mount(null, bytes("/"), null, MountFlag.REC | MountFlag.PRIVATE, null);
        String folder = ground.scratch().toString();
        linux.mount("jbuildah", bytes(folder), "tmpfs", MountFlag.NOSUID | MountFlag.NODEV, "mode=0755");
        String place = folder + "/network";
        linux.close(create(place));
        linux.mount(namespace, bytes(place), null, MountFlag.BIND, null);
        log = create(folder + "/log");
        int nothing = linux.openat(Linux.AT_FDCWD, bytes("/dev/null"), OpenFlag.RDWR, 0);
        synchronized (ground.descriptors()) {
            linux.unshare(CloneFlag.FILES);
        }
        linux.closeRangeOnExec(3);
        List<FileAction> files = List.of(
                new FileAction.Dup2(nothing, 0),
                new FileAction.Dup2(log, 1),
                new FileAction.Dup2(log, 2),
                new FileAction.Dup2(ready[1], NetworkHelper.READY),
                new FileAction.Dup2(lifeLine[0], NetworkHelper.LIFE_LINE));
        return linux.posixSpawn(helper.program().toString(), helper.command(place), RuntimeEntrance.ENVIRONMENT, files);
    }

    private int create(String path) throws LinuxException {
        return linux.openat(Linux.AT_FDCWD, bytes(path), OpenFlag.RDWR | OpenFlag.CREAT | OpenFlag.EXCL, 0600);
    }

    private String lastWords() throws LinuxException {
        linux.lseek(log, 0, 0);
        byte[] text = new byte[MOST_BYTES];
        int length = linux.read(log, text, 0, text.length);
        List<String> lines = new String(text, 0, length, UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.contains(" to syslog"))
                .toList();
        return lines.isEmpty() ? "it ended at once." : lines.get(lines.size() - 1);
    }

    @Override
    public void close() throws LinuxException {
        if (pid > 0) {
            linux.kill(pid, 9);
            linux.wait4(pid);
            pid = -1;
        }
        for (int[] pipe : List.of(lifeLine, ready)) {
            close(pipe, 0);
            close(pipe, 1);
        }
        if (log >= 0) {
            linux.close(log);
            log = -1;
        }
    }

    private void close(int[] pipe, int end) throws LinuxException {
        if (pipe[end] >= 0) {
            int fd = pipe[end];
            pipe[end] = -1;
            linux.close(fd);
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(UTF_8);
    }
}
