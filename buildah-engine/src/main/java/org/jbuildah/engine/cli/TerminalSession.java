package org.jbuildah.engine.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jbuildah.engine.api.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * The time for which a process has the user's terminal: every key goes to the process, Ctrl-C too.
 *
 * <p>The terminal's mode is changed, and changed back, by a shell that waits for the end of a pipe: it does that too when this JVM is
 * killed. It also hears of new sizes, by a signal that Java does not show.
 */
final class TerminalSession implements Terminal.Session {
    /**
     * Raw, but that a read ends after a tenth of a second without a key: a read that waits for ever would take the key that is meant for
     * whoever reads after us.
     */
    private static final String SCRIPT =
            """
            exec 3<&0 < /dev/tty
            saved=$(stty -g) || exit 1
            trap 'stty "$saved"' EXIT
            trap exit HUP INT TERM
            trap 'stty size' WINCH
            stty raw -echo min 0 time 1 || exit 1
            stty size
            cat <&3 > /dev/null &
            while wait $!; [ $? -gt 128 ]; do :; done
            """;

    private final InputStream keys;
    private final OutputStream screen;
    private final Runnable afterwards;
    private final Process mode;
    private final BufferedReader sizes;
    private final Terminal.Size size;
    private volatile boolean closed;
    private @Nullable Thread keyboard;
    private @Nullable Thread resizer;

    /** @param afterwards is run when the terminal is as it was before */
    TerminalSession(InputStream keys, OutputStream screen, Runnable afterwards) throws IOException {
        this.keys = keys;
        this.screen = screen;
        this.afterwards = afterwards;
        this.mode = new ProcessBuilder("sh", "-c", SCRIPT)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        this.sizes = new BufferedReader(new InputStreamReader(mode.getInputStream(), StandardCharsets.US_ASCII));
        String first = sizes.readLine();
        if (first == null) {
            restore();
            throw new IOException("the terminal's mode cannot be set: stty failed");
        }
        this.size = parse(first);
    }

    /** {@code rows columns}; a terminal that does not know has zeros. */
    private static Terminal.Size parse(String line) {
        String[] numbers = line.strip().split(" ", 2);
        try {
            return new Terminal.Size(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[numbers.length - 1]));
        } catch (NumberFormatException notANumber) {
            return new Terminal.Size(0, 0);
        }
    }

    @Override
    public Terminal.Size size() {
        return size;
    }

    @Override
    public void show(byte[] bytes) throws IOException {
        screen.write(bytes);
        screen.flush();
    }

    @Override
    public void listen(Terminal.Listener listener) {
        keyboard = started("jbuildah-keyboard", () -> readKeys(listener));
        resizer = started("jbuildah-terminal-size", () -> readSizes(listener));
    }

    private static Thread started(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void readKeys(Terminal.Listener listener) {
        byte[] buffer = new byte[4096];
        try {
            while (!closed) {
                int length = keys.read(buffer);
                if (length > 0) {
                    listener.typed(Arrays.copyOf(buffer, length));
                }
            }
        } catch (IOException hungUp) {
            closed = true;
        }
    }

    private void readSizes(Terminal.Listener listener) {
        try {
            for (String line = sizes.readLine(); line != null; line = sizes.readLine()) {
                listener.resized(parse(line));
            }
        } catch (IOException ended) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = join(keyboard);
        restore();
        interrupted |= join(resizer);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        afterwards.run();
    }

    private void restore() {
        closeQuietly(mode.getOutputStream());
        boolean interrupted = false;
        while (mode.isAlive()) {
            try {
                mode.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        closeQuietly(keys);
        closeQuietly(screen);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception gone) {
            return; // a terminal or shell that is gone needs no closing
        }
    }

    /** @return whether it was interrupted */
    private static boolean join(@Nullable Thread thread) {
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
