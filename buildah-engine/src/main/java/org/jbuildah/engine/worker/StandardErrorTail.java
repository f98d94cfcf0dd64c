package org.jbuildah.engine.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a process's standard error to its end and keeps the last of it, for the case that the process dies. */
final class StandardErrorTail {
    private static final int KEPT_BYTES = 8192;
    private static final int SHOWN_LINES = 20;

    private final Thread reader;
    private byte[] kept = new byte[0];

    StandardErrorTail(InputStream standardError, String thread) {
        reader = new Thread(() -> drain(standardError), thread);
        reader.setDaemon(true);
        reader.start();
    }

    private void drain(InputStream standardError) {
        byte[] buffer = new byte[4096];
        try (standardError) {
            for (int count = standardError.read(buffer); count > 0; count = standardError.read(buffer)) {
                append(buffer, count);
            }
        } catch (IOException ended) {
            append(new byte[0], 0); // the stream was closed from this side; what was read stays
        }
    }

    private synchronized void append(byte[] bytes, int count) {
        byte[] all = Arrays.copyOf(kept, kept.length + count);
        System.arraycopy(bytes, 0, all, kept.length, count);
        kept = all.length <= KEPT_BYTES ? all : Arrays.copyOfRange(all, all.length - KEPT_BYTES, all.length);
    }

    /** The last lines. Called when the process has ended; waits a moment for what is still in the pipe. */
    String lastLines() throws InterruptedException {
        reader.join(500);
        String text;
        synchronized (this) {
            text = new String(kept, StandardCharsets.UTF_8).strip();
        }
        String[] lines = text.split("\n", -1);
        int from = Math.max(0, lines.length - SHOWN_LINES);
        return String.join("\n", Arrays.asList(lines).subList(from, lines.length));
    }
}
