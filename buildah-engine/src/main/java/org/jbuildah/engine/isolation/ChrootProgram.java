package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.JnrLinux;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.OpenFlag;
import org.jspecify.annotations.Nullable;

/**
 * The JVM of one step in a plain chroot: where unshare(2) is refused, chroot(2) moves a whole process, and this one is there to be moved.
 *
 * <p>It reads a {@link ChrootOrder} from its standard input, changes its root directory, and starts the step's process from a thread that
 * became the step's user; itself it stays root. When that process has ended, or when standard input has, whichever comes first, it ends
 * every process that the step has left, tells on descriptor 3 how the step ended, and ends itself. So whoever holds the other end of
 * standard input has the step's life in its hands, even by dying.
 */
public final class ChrootProgram {
    static final int RESULT = 3;

    private final Linux linux;
    private final ChrootOrder order;
    private final Descendants descendants;
    private Program.@Nullable Start start;
    private @Nullable Throwable failure;

    private ChrootProgram(Linux linux, ChrootOrder order, Descendants descendants) {
        this.linux = linux;
        this.order = order;
        this.descendants = descendants;
    }

    /** Not for users: {@link PlainChroot} starts it. */
    public static void main(String[] arguments) throws IOException {
        Linux linux = JnrLinux.load();
        Preload.classes();
        linux.becomeSubreaper();
        linux.closeRangeOnExec(RESULT);
        int proc = linux.openat(Linux.AT_FDCWD, "/proc".getBytes(UTF_8), OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        DataInputStream requests = new DataInputStream(new FileInputStream(FileDescriptor.in));
        ChrootProgram program = new ChrootProgram(linux, ChrootOrder.read(requests), new Descendants(linux, proc));
        Thread lifeLine = new Thread(() -> program.endWith(requests), "life-line");
        lifeLine.setDaemon(true);
        lifeLine.start();
        byte[] result = program.result();
        linux.write(RESULT, result, 0, result.length);
        Runtime.getRuntime().halt(0);
    }

    /** The process that the order is about ends, too, and then this one. */
    private void endWith(DataInputStream requests) {
        try {
            requests.transferTo(OutputStream.nullOutputStream());
            descendants.end();
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }

    private byte[] result() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            run().write(out);
        } catch (IOException | RuntimeException | Error e) {
            new ChrootResult.Failed(String.valueOf(e.getMessage())).write(out);
        }
        return bytes.toByteArray();
    }

    private ChrootResult run() throws IOException {
        linux.chroot(order.root().getBytes(UTF_8));
        linux.chdir(order.workingDirectory().getBytes(UTF_8));
        linux.umask(022);
        Thread thread = new Thread(this::start, "step");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IOException("interrupted while a step was being started", e);
        }
        Throwable reason = failure;
        Program.Start begun = start;
        if (reason != null || begun == null) {
            throw reason instanceof IOException e ? e : new IOException("a step's process cannot be started", reason);
        }
        if (begun.pid() < 0) {
            return new ChrootResult.NotStarted(begun.refusal().name());
        }
        int status = linux.wait4(begun.pid());
        descendants.end();
        return new ChrootResult.Ended(status);
    }

    private void start() {
        try {
            int nothing = linux.openat(Linux.AT_FDCWD, "/dev/null".getBytes(UTF_8), OpenFlag.RDWR, 0);
            for (Ulimit limit : order.ulimits()) {
                linux.setrlimit(limit.resource().number(), limit.soft(), limit.hard());
            }
            Privileges.drop(linux, order.user(), null, null, order.capabilities());
            start = new Program(linux, order.arguments(), order.environment())
                    .start(List.of(new FileAction.Dup2(nothing, 0)));
        } catch (Throwable e) { // handed to the thread that waits
            failure = e;
        }
    }
}
