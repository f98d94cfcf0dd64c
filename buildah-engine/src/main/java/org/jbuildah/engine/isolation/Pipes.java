package org.jbuildah.engine.isolation;

import java.util.List;
import org.jbuildah.engine.linux.FileAction;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.Credentials;

/** A pipe each for output and error; nothing to read. */
final class Pipes implements Streams {
    private final Linux linux;
    private final int[] out = {-1, -1};
    private final int[] err = {-1, -1};

    Pipes(Linux linux) {
        this.linux = linux;
    }

    @Override
    public void open(Backstage backstage, Credentials user) throws LinuxException {
        make();
    }

    /** Where there is no backstage. */
    void make() throws LinuxException {
        make(out);
        make(err);
    }

    private void make(int[] pipe) throws LinuxException {
        int[] made = linux.pipe2();
        pipe[0] = made[0];
        pipe[1] = made[1];
    }

    @Override
    public List<FileAction> actions(int nothing, String terminals) {
        return List.of(new FileAction.Dup2(nothing, 0), new FileAction.Dup2(out[1], 1), new FileAction.Dup2(err[1], 2));
    }

    @Override
    public void handOver() throws LinuxException {
        close(out, 1);
        close(err, 1);
    }

    @Override
    public void begin() {}

    @Override
    public int out() {
        return out[0];
    }

    @Override
    public int err() {
        return err[0];
    }

    @Override
    public void close() throws LinuxException {
        handOver();
        close(out, 0);
        close(err, 0);
    }

    private void close(int[] pipe, int end) throws LinuxException {
        if (pipe[end] >= 0) {
            int fd = pipe[end];
            pipe[end] = -1;
            linux.close(fd);
        }
    }
}
