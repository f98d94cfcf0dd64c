package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Path;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;

/**
 * Our own box: namespaces, pivot_root, seccomp and posix_spawn, without another program's help but the host's shell as process 1.
 *
 * <p>A step has its own mount, pid, UTS and IPC namespaces and shares the worker's network and user namespace. It sees Docker's usual
 * /proc, /sys and /dev, has the capabilities that it is granted and Docker's seccomp filter for them, and leaves nothing behind: when {@link #run} returns, its
 * processes are gone. Steps may run side by side.
 *
 * <p>It expects to live in the worker: a process with CAP_SYS_ADMIN in its user namespace and a /proc of its own pid namespace.
 */
public final class ChrootIsolation implements Isolation {
    private final BoxGround ground;

    /**
     * @param scratch a directory of our own; a file system in memory is mounted on it in each step's mount namespace. No root directory
     *     may be below it
     */
    public ChrootIsolation(Linux linux, Path scratch) throws IOException {
        this.ground = BoxGround.of(linux, scratch);
    }

    ChrootIsolation(BoxGround ground) {
        this.ground = ground;
    }

    @Override
    public ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, OutputSink output)
            throws IOException, InterruptedException {
        return run(root, trees, process, new Pipes(ground.linux()), output);
    }

    @Override
    public ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, Terminal.Session terminal)
            throws IOException, InterruptedException {
        OutputSink screen = (standardError, bytes) -> terminal.show(bytes);
        return run(root, trees, process, new PseudoTerminal(ground.linux(), terminal), screen);
    }

    private ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, Streams streams, OutputSink output)
            throws IOException, InterruptedException {
        try (Box box = new Box(ground, root, trees, process, new OwnEntrance(ground, root, process), streams)) {
            return box.run(output);
        }
    }
}
