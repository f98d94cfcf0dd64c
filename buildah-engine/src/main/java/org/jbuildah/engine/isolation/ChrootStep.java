package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.WaitStatus;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;

/** One step in a plain chroot: furnishes the root directory, has a {@link ChrootProgram} run the process, and clears away. */
final class ChrootStep implements Supervision.Watched, AutoCloseable {
    private static final List<String> ENVIRONMENT = List.of("LC_ALL=C.UTF-8", "PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    private static final int LONGEST_RESULT = 8192;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int KILL = 9;

    private final Linux linux;
    private final Path root;
    private final ProcessSpec process;
    private final long capabilities;
    private final int rootFd;
    private final Placeholders placeholders;
    private final LentFiles files;
    private final Pipes streams;
    private final int[] lifeLine;
    private final int[] result;
    private int pid = -1;
    private byte[] told = {};

    ChrootStep(Linux linux, Path root, ProcessSpec process, long capabilities) throws IOException {
        this.linux = linux;
        this.root = root;
        this.process = process;
        this.capabilities = capabilities;
        this.rootFd =
                linux.openat(Linux.AT_FDCWD, root.toString().getBytes(UTF_8), OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
        this.placeholders = new Placeholders(linux, rootFd);
        this.files = new LentFiles(linux, rootFd);
        this.streams = new Pipes(linux);
        this.lifeLine = linux.pipe2();
        this.result = linux.pipe2();
    }

    ExitStatus run(List<String> java, OutputSink output) throws IOException, InterruptedException {
        linux.umask(022); // the worker's own; Docker's for steps
        furnish();
        WorkingDirectory.of(linux, rootFd, process.credentials()).ensure(process.workingDirectory());
        start(java);
        ExitStatus status = new Supervision(linux, this, streams, output).watch(process.timeout());
        return status instanceof ExitStatus.TimedOut ? status : judged(status);
    }

    private ExitStatus judged(ExitStatus ofTheJvm) throws IOException {
        if (told.length == 0) {
            throw new IOException("the Java process of a step ended before its step: " + ofTheJvm);
        }
        ChrootResult end = ChrootResult.read(new DataInputStream(new ByteArrayInputStream(told)));
        if (end instanceof ChrootResult.Failed failed) {
            throw new IOException("a step in a plain chroot cannot be started: " + failed.why());
        }
        if (end instanceof ChrootResult.NotStarted refused) {
            return new ExitStatus.NotStarted(process.arguments().get(0), refused.errno());
        }
        WaitStatus status = new WaitStatus(((ChrootResult.Ended) end).status());
        return status.exited() ? new ExitStatus.Exited(status.code()) : new ExitStatus.Killed(status.signal());
    }

    private void furnish() throws LinuxException {
        placeholders.directory("/dev");
        for (Backstage.Device device : Backstage.DEVICES) {
            placeholders.device("/dev/" + device.name(), device.major(), device.minor());
        }
        for (MountSpec mount : process.mounts()) {
            if (mount instanceof MountSpec.GeneratedFile file) {
                placeholders.file(file.target());
                files.put(file);
            }
        }
    }

    private void start(List<String> java) throws IOException {
        streams.make();
        List<FileAction> actions = new ArrayList<>(streams.actions(lifeLine[0], ""));
        actions.add(new FileAction.Dup2(result[1], ChrootProgram.RESULT));
        linux.closeRangeOnExec(3); // what the worker's JVM and its starter have left open is nobody else's business
        pid = linux.posixSpawn(java.get(0), java, ENVIRONMENT, actions);
        streams.handOver();
        close(lifeLine, 0);
        close(result, 1);
        ByteArrayOutputStream order = new ByteArrayOutputStream();
        new ChrootOrder(
                        root.toString(),
                        process.arguments(),
                        process.environment(),
                        process.workingDirectory(),
                        process.credentials(),
                        capabilities,
                        process.grants().ulimits())
                .write(new DataOutputStream(order));
        linux.write(lifeLine[1], order.toByteArray(), 0, order.size());
    }

    @Override
    public int pid() {
        return pid;
    }

    /** The JVM ends the step's processes and itself when its life line is cut. */
    @Override
    public int end() throws LinuxException {
        close(lifeLine, 1);
        int ending = linux.pidfdOpen(pid);
        try {
            if (linux.poll(new int[] {ending}, PATIENCE_MILLIS) == 0) {
                linux.pidfdSendSignal(ending, KILL);
            }
        } finally {
            linux.close(ending);
        }
        int status = linux.wait4(pid);
        pid = -1;
        told = result();
        return status;
    }

    private byte[] result() throws LinuxException {
        byte[] bytes = new byte[LONGEST_RESULT];
        int length = 0;
        int more = 1;
        while (more > 0 && length < bytes.length) {
            more = linux.read(result[0], bytes, length, bytes.length - length);
            length += more;
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Ends what still runs, then takes away what was made and gives back what was lent. */
    @Override
    public void close() throws IOException {
        try {
            if (pid > 0) {
                end();
            }
            files.restore();
            placeholders.remove();
        } finally {
            files.close();
            placeholders.close();
            streams.close();
            for (int side = 0; side < 2; side++) {
                close(lifeLine, side);
                close(result, side);
            }
            linux.close(rootFd);
        }
    }

    private void close(int[] pipe, int side) throws LinuxException {
        if (pipe[side] >= 0) {
            int fd = pipe[side];
            pipe[side] = -1;
            linux.close(fd);
        }
    }
}
