package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * Process 1 of a RUN's pid namespace: mounts a {@code /proc} of that namespace, since the thread that made the namespace is not in
 * it and would get one of its own; reaps what is orphaned; and takes everything with it when it ends.
 *
 * <p>It is the host's shell, waiting for a subshell that waits for the end of a pipe: a shell that waits reaps every child, and a shell
 * that reads does not. It has no handlers, so that no signal from inside reaches it, and begins again should the step kill the
 * subshell. It has more capabilities than the step, so that the step can neither trace it nor look at its files. The other end of the
 * pipe is ours, so that it cannot outlive us.
 *
 * <p>Once it has answered it must not run a program or open a file: its root directory becomes the image.
 */
final class Init implements AutoCloseable {
    private static final String SHELL = "/bin/sh";
    private static final String SCRIPT = "mount -n -t proc -o nosuid,nodev,noexec proc proc 2>/dev/null && r=f || r=r;"
            + " echo $r; while (read r); [ $? -gt 128 ]; do :; done";
    private static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    private final Linux linux;
    private final int pid;
    private final int ready;
    private boolean ended;

    private Init(Linux linux, int pid, int ready) {
        this.linux = linux;
        this.pid = pid;
        this.ready = ready;
    }

    /**
     * Starts it in the pid namespace that the calling thread made for its children. The thread has a descriptor table of its own: what
     * is opened here goes with it.
     *
     * <p>The working directory holds the directory {@code proc} that is mounted on: no path of ours shows in the step's {@code ps}.
     *
     * @param lifeLine the read end of a pipe whose write end is held for as long as the step may live
     */
    static Init start(Linux linux, int lifeLine) throws LinuxException {
        int nothing = linux.openat(Linux.AT_FDCWD, "/dev/null".getBytes(UTF_8), OpenFlag.RDWR, 0);
        int[] ready = linux.pipe2();
        List<String> arguments = List.of("sh", "-c", SCRIPT);
        List<FileAction> files = List.of(
                new FileAction.Dup2(lifeLine, 0), new FileAction.Dup2(ready[1], 1), new FileAction.Dup2(nothing, 2));
        int pid = linux.posixSpawn(SHELL, arguments, ENVIRONMENT, files);
        linux.close(ready[1]); // else its end would not be seen
        return new Init(linux, pid, ready[0]);
    }

    int pid() {
        return pid;
    }

    /**
     * Waits, on the thread that started it, until it is set up.
     *
     * @return whether there is a fresh {@code /proc}; where parts of the host's are covered, as in a container, the kernel refuses
     */
    boolean awaitProc() throws IOException {
        byte[] answer = new byte[1];
        if (linux.read(ready, answer, 0, 1) != 1) {
            throw new IOException("process 1 of the step's pid namespace, " + SHELL + ", ended at once");
        }
        return answer[0] == 'f';
    }

    /** Begins the end of every process of the namespace. */
    void kill() throws LinuxException {
        if (ended) {
            return; // the number may be another process's by now
        }
        try {
            linux.kill(pid, 9);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
    }

    /** Ends every process of the namespace; none is left when it returns. After the step's own process has been waited for. */
    @Override
    public void close() throws LinuxException {
        kill();
        if (!ended) {
            ended = true;
            linux.wait4(pid);
        }
    }
}
