package org.jbuildah.engine.worker;

import java.io.IOException;
import java.util.Arrays;
import org.jbuildah.engine.rootfs.OutputSink;

/**
 * Sends what a RUN writes, as long as the launcher keeps up: the pump waits once the window is full, the pipe behind it fills, and the
 * process waits as it would for a slow terminal.
 */
final class OutputWindow implements OutputSink {
    private static final int LONGEST_CHUNK = 32 * 1024;

    /** Sends one chunk. */
    interface Sender {
        void send(RunMessage.Output output) throws IOException;
    }

    private final Sender sender;
    private int left = WorkerMessage.WINDOW_IN_BYTES;
    private boolean shut;

    OutputWindow(Sender sender) {
        this.sender = sender;
    }

    @Override
    public void output(boolean standardError, byte[] bytes) {
        int offset = 0;
        while (offset < bytes.length) {
            int length = take(Math.min(bytes.length - offset, LONGEST_CHUNK));
            if (length == 0) {
                return;
            }
            try {
                sender.send(new RunMessage.Output(standardError, Arrays.copyOfRange(bytes, offset, offset + length)));
            } catch (IOException launcherGone) {
                shut(); // the end of the requests follows, and with it the end of this JVM
                return;
            }
            offset += length;
        }
    }

    /** Waits for room; 0 when nobody listens any more. */
    private synchronized int take(int wanted) {
        boolean interrupted = false;
        while (left == 0 && !shut) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // the pump belongs to the isolation, which ends it by ending the process
                shut = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        int taken = shut ? 0 : Math.min(wanted, left);
        left -= taken;
        return taken;
    }

    /** The launcher has heard that many bytes. */
    synchronized void credit(int bytes) {
        left = Math.min(WorkerMessage.WINDOW_IN_BYTES, left + bytes);
        notifyAll();
    }

    /** Nobody listens: further output is dropped. */
    synchronized void shut() {
        shut = true;
        notifyAll();
    }
}
