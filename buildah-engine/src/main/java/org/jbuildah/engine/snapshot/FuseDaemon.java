package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * The process that serves one mount. It has the capabilities of the worker, so that it opens {@code /dev/fuse} and mounts by itself, with
 * no setuid program's help, in the mount namespace of the thread that starts it; it is a child of the worker and dies with its pid
 * namespace at the latest.
 *
 * <p>It is ended by SIGKILL, and nothing is lost by that: the kernel hands on what was written to a file when it is closed or unmapped,
 * and waits for it; the process itself holds nothing back.
 */
public final class FuseDaemon {
    private static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    private static final int KILL = 9;
    private static final int GLANCE_MILLIS = 1;
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final int LOG_FLAGS = OpenFlag.WRONLY | OpenFlag.CREAT | OpenFlag.TRUNC | OpenFlag.NOFOLLOW;

    private final Linux linux;
    private final Path log;
    private final int pid;
    private final int pidfd;

    private FuseDaemon(Linux linux, Path log, int pid, int pidfd) {
        this.linux = linux;
        this.log = log;
        this.pid = pid;
        this.pidfd = pidfd;
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param directories the lowers, the upper and the work directory as options, relative to the calling thread's working directory as
     *     {@code target} is
     * @param log a file for what it says
     * @throws IOException in the program's own words, if it ends instead
     */
    public static FuseDaemon mount(Linux linux, FuseProgram program, String directories, String target, Path log)
            throws IOException {
        byte[] place = Names.utf8(target);
        FileStatus before = linux.lstat(Linux.AT_FDCWD, place);
        linux.close(linux.openat(Linux.AT_FDCWD, Names.utf8(log.toString()), LOG_FLAGS, 0600));
        int pid = start(linux, program.file().toString(), program.command(directories, target), log.toString());
        FuseDaemon daemon = new FuseDaemon(linux, log, pid, linux.pidfdOpen(pid));
        try {
            daemon.awaitMount(place, before);
        } catch (IOException e) {
            daemon.kill();
            throw e;
        }
        return daemon;
    }

    /**
     * What this JVM has open is no business of the daemon's. It is marked on a thread that has descriptors of its own, so that a pipe
     * which another thread is just handing to its own child stays as it is; namespaces and the working directory are the caller's still.
     */
    private static int start(Linux linux, String program, List<String> command, String log) throws IOException {
        List<FileAction> files = List.of(
                new FileAction.Open(0, "/dev/null", OpenFlag.RDONLY),
                new FileAction.Open(1, log, OpenFlag.WRONLY),
                new FileAction.Dup2(1, 2));
        AtomicInteger pid = new AtomicInteger();
        ThrowAwayThread.run("start fuse-overlayfs", () -> {
            linux.unshare(CloneFlag.FILES);
            linux.closeRangeOnExec(3);
            pid.set(linux.posixSpawn(program, command, ENVIRONMENT, files));
        });
        return pid.get();
    }

    private void awaitMount(byte[] place, FileStatus before) throws IOException {
        long start = System.nanoTime();
        while (true) {
            FileStatus now = linux.lstat(Linux.AT_FDCWD, place); // answered by the daemon, once it is there
            if (now.deviceMajor() != before.deviceMajor() || now.deviceMinor() != before.deviceMinor()) {
                return;
            }
            if (ended(GLANCE_MILLIS)) {
                throw new IOException("fuse-overlayfs ended at once" + words());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while fuse-overlayfs was being started");
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IOException("fuse-overlayfs does not mount" + words());
            }
        }
    }

    private boolean ended(int timeoutMillis) throws LinuxException {
        return linux.poll(new int[] {pidfd}, timeoutMillis) != 0;
    }

    /**
     * Ends it; once.
     *
     * @throws IOException if it had ended before: what was written last may be lost
     */
    public void end() throws IOException {
        boolean early = ended(0);
        kill();
        if (early) {
            throw new IOException("fuse-overlayfs ended while a step ran" + words());
        }
    }

    private void kill() throws LinuxException {
        try {
            linux.kill(pid, KILL);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
        linux.wait4(pid);
        linux.close(pidfd);
    }

    /** What it said, but for the option that it passes to its own library in vain. */
    private String words() throws IOException {
        String text = Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.startsWith("unknown argument ignored"))
                .map(String::strip)
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? "" : ": " + text;
    }
}
