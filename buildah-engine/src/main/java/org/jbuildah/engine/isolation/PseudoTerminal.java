package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.rootfs.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A terminal of the step's own {@code /dev/pts}, which holds no other one: the machine's terminals are out of its sight. The process
 * opens its end itself, first thing in its new session, and has it as its controlling terminal thereby.
 *
 * <p>What is typed is written by a thread of its own, since a program that does not read lets the writer wait in the end. It must not
 * wait in the kernel: the end of the last process that could read does not always wake it there. What comes when far too much waits
 * already is dropped, as by any terminal.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pty.7.html">pty(7)</a>
 */
final class PseudoTerminal implements Streams, Terminal.Listener {
    private static final int MOST_WAITING = 1 << 20;
    private static final int UNCHANGED = -1;
    private static final long GLANCE_MILLIS = 10;

    private final Linux linux;
    private final Terminal.Session session;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean ended;
    private @Nullable Thread typist;

    private volatile int master = -1;
    private int number;

    PseudoTerminal(Linux linux, Terminal.Session session) {
        this.linux = linux;
        this.session = session;
    }

    @Override
    public void open(Backstage backstage, Credentials user) throws LinuxException {
        byte[] multiplexer = (backstage.terminals() + "/ptmx").getBytes(UTF_8);
        master = linux.openat(Linux.AT_FDCWD, multiplexer, OpenFlag.RDWR | OpenFlag.NONBLOCK, 0);
        number = linux.unlockTerminal(master);
        backstage.own(backstage.terminals() + "/" + number, user.uid(), UNCHANGED);
        linux.setWindowSize(master, session.size().rows(), session.size().columns());
    }

    @Override
    public List<FileAction> actions(int nothing, String terminals) {
        return List.of(
                new FileAction.Open(0, terminals + "/" + number, OpenFlag.RDWR),
                new FileAction.Dup2(0, 1),
                new FileAction.Dup2(0, 2));
    }

    @Override
    public void handOver() {}

    @Override
    public int out() {
        return master;
    }

    @Override
    public int err() {
        return -1;
    }

    /** From here on the process is told what the person does. */
    @Override
    public void begin() {
        Thread thread = new Thread(this::type, "typist");
        thread.setDaemon(true);
        typist = thread;
        thread.start();
        session.listen(this);
    }

    @Override
    public synchronized void typed(byte[] bytes) {
        if (!ended && waitingBytes + bytes.length <= MOST_WAITING) {
            waiting.add(bytes);
            waitingBytes += bytes.length;
            notifyAll();
        }
    }

    @Override
    public synchronized void resized(Terminal.Size changed) {
        if (ended) {
            return;
        }
        try {
            linux.setWindowSize(master, changed.rows(), changed.columns()); // tells the process by SIGWINCH
        } catch (LinuxException e) {
            return; // a process that has just ended needs no size
        }
    }

    private void type() {
        try {
            for (byte[] bytes = next(); bytes.length > 0; bytes = next()) {
                write(bytes);
            }
        } catch (LinuxException | InterruptedException end) {
            end(); // nobody has the other end open
        }
    }

    private void write(byte[] bytes) throws LinuxException, InterruptedException {
        int written = 0;
        while (written < bytes.length) {
            int more = linux.writeSome(master, bytes, written, bytes.length - written);
            written += more;
            if (more == 0 && !awaitRoom()) {
                return;
            }
        }
    }

    /** False at the end. */
    private synchronized boolean awaitRoom() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GLANCE_MILLIS);
        for (long left = GLANCE_MILLIS; !ended && left > 0; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        return !ended;
    }

    /** Nothing at the end. */
    private synchronized byte[] next() throws InterruptedException {
        while (!ended && waiting.isEmpty()) {
            wait();
        }
        byte[] bytes = ended ? new byte[0] : waiting.remove();
        waitingBytes -= bytes.length;
        return bytes;
    }

    private synchronized void end() {
        ended = true;
        waiting.clear();
        notifyAll();
    }

    @Override
    public void close() throws LinuxException {
        end();
        if (typist != null) {
            join(typist);
        }
        if (master >= 0) {
            int fd = master;
            master = -1;
            linux.close(fd);
        }
    }

    private static void join(Thread thread) {
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
}
