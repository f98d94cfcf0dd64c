package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.WaitStatus;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jspecify.annotations.Nullable;

/**
 * Watches a step's process from the calling thread: hands its output on as it is read, ends the step when its process has ended, when
 * its time is over or when the thread is interrupted. A slow sink slows the process; nothing is buffered but one read.
 */
final class Supervision {
    /** How late an interrupt may be noticed, since it does not wake a system call. */
    private static final int GLANCE_MILLIS = 100;

    /** A step that runs. */
    interface Watched {
        /** A child of this process, which ends with the step's. */
        int pid();

        /** Ends every process of the step; none is left when it returns. The raw wait status of the step's own. */
        int end() throws IOException, InterruptedException;
    }

    private final Linux linux;
    private final Watched step;
    private final OutputSink output;
    private final byte[] buffer = new byte[64 * 1024];

    /** Standard output, standard error, the process; -1 once at its end. */
    private final int[] watched;

    Supervision(Linux linux, Watched step, Streams streams, OutputSink output) {
        this.linux = linux;
        this.step = step;
        this.output = output;
        this.watched = new int[] {streams.out(), streams.err(), -1};
    }

    /** To the end of the step: when it returns, no process of it runs. */
    ExitStatus watch(@Nullable Duration timeout) throws IOException, InterruptedException {
        watched[2] = linux.pidfdOpen(step.pid());
        boolean ended;
        try {
            ended = untilEnd(timeout);
        } finally {
            linux.close(watched[2]);
            watched[2] = -1;
        }
        WaitStatus status = new WaitStatus(step.end());
        drain();
        if (!ended) {
            return new ExitStatus.TimedOut();
        }
        return status.exited() ? new ExitStatus.Exited(status.code()) : new ExitStatus.Killed(status.signal());
    }

    /**
     * Takes what is in the pipes, which is all, since nobody is left to write. Their ends are not waited for: the thread of another step
     * that is being started has copies of them, and may wait for this step itself.
     */
    private void drain() throws IOException {
        long ready;
        do {
            ready = linux.poll(watched, 0);
            pump(ready);
        } while (ready != 0);
    }

    /** False when the time was over before. */
    private boolean untilEnd(@Nullable Duration timeout) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            long ready = linux.poll(watched, waitMillis(start, timeout));
            pump(ready);
            if ((ready & 4) != 0) {
                return true;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while a step ran");
            }
            if (timeout != null && System.nanoTime() - start >= timeout.toNanos()) {
                return false;
            }
        }
    }

    private static int waitMillis(long start, @Nullable Duration timeout) {
        if (timeout == null) {
            return GLANCE_MILLIS;
        }
        long left = timeout.toNanos() - (System.nanoTime() - start);
        return (int) Math.max(0, Math.min(GLANCE_MILLIS, left / 1_000_000 + 1));
    }

    private void pump(long ready) throws IOException {
        for (int stream = 0; stream < 2; stream++) {
            if ((ready >> stream & 1) != 0) {
                int length = read(watched[stream]);
                if (length == 0) {
                    watched[stream] = -1;
                } else if (length > 0) {
                    output.output(stream == 1, Arrays.copyOf(buffer, length));
                }
            }
        }
    }

    /** 0 at the end, which a terminal tells by EIO; negative when there is nothing now. */
    private int read(int fd) throws LinuxException {
        try {
            return linux.read(fd, buffer, 0, buffer.length);
        } catch (LinuxException e) {
            if (e.errno() == Errno.EIO) {
                return 0;
            }
            if (e.errno() == Errno.EAGAIN) {
                return -1;
            }
            throw e;
        }
    }
}
