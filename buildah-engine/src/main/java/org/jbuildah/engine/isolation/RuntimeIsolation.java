package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;

/**
 * An OCI runtime, crun or runc first of all, inside the worker's namespaces.
 *
 * <p>A step has what it has in {@link ChrootIsolation}, with these differences: its process is process 1 of its pid namespace, as in
 * every container, so that a signal which it does not handle and sends to itself does nothing; and a process that a signal ended is told
 * as {@link ExitStatus.Exited} with 128 and the signal's number, since runtimes say no more.
 *
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/main/runtime.md">runtime-spec</a>
 */
public final class RuntimeIsolation implements Isolation {
    private final BoxGround ground;
    private final RuntimeCommand runtime;

    /**
     * @param scratch as for {@link ChrootIsolation}
     * @param program the runtime's executable
     * @param flags further global flags of its command line
     */
    public RuntimeIsolation(Linux linux, Path scratch, RuntimeKind kind, Path program, List<String> flags)
            throws IOException {
        this.ground = BoxGround.of(linux, scratch);
        this.runtime = new RuntimeCommand(kind, program.toString(), flags);
    }

    @Override
    public ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, OutputSink output)
            throws IOException, InterruptedException {
        RuntimeEntrance entrance = new RuntimeEntrance(ground, runtime, process);
        FirstBytes heard = new FirstBytes(output);
        try (Box box = new Box(ground, root, trees, process, entrance, new Pipes(ground.linux()))) {
            ExitStatus status = box.run(heard);
            return status.success() || status instanceof ExitStatus.TimedOut
                    ? status
                    : judged(status, entrance.log(), heard, process);
        }
    }

    /**
     * In our own box, which has what the runtime's has: runtimes pass on what is typed each in its own way, and some of them no new size,
     * or hang when the process does not read.
     */
    @Override
    public ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, Terminal.Session terminal)
            throws IOException, InterruptedException {
        if (!runtime.kind().sharesTheKernel()) {
            throw new HostUnsuitable(
                    FailureCode.MODE_NOT_AVAILABLE,
                    "There is no terminal in " + runtime.program() + ", whose processes have a kernel of their own.",
                    "Use --keep-failed, and run commands in what it keeps without a terminal.");
        }
        return new ChrootIsolation(ground).run(root, trees, process, terminal);
    }

    private ExitStatus judged(ExitStatus status, RuntimeLog log, FirstBytes heard, ProcessSpec process)
            throws IOException {
        String program = process.arguments().get(0);
        Optional<String> refusal = log.refusal().or(() -> heard.onlyLine()
                .flatMap(line -> RuntimeLog.parse(line).refusal()));
        if (refusal.isPresent()) {
            return new ExitStatus.NotStarted(program, refusal.get());
        }
        if (!log.errors().isEmpty()) {
            throw new IOException(
                    runtime.program() + " could not make the container: " + String.join("; ", log.errors()));
        }
        return status;
    }
}
