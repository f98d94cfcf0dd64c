package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.ResolveFlag;
import org.jbuildah.engine.rootfs.MountSpec;

/**
 * Files that are to have another content while a step runs, where nothing can be mounted over them: it is written into them, and
 * afterwards what they held before. One that the step has put another file in place of is the step's.
 */
final class LentFiles implements AutoCloseable {
    private static final byte[] ITSELF = {};
    private static final int LARGEST = 1 << 20;

    @SuppressWarnings("ArrayRecordComponent") // written back, never compared
    private record Lent(int fd, byte[] held, FileStatus before) {}

    private final Linux linux;
    private final int rootFd;
    private final List<Lent> lent = new ArrayList<>();

    LentFiles(Linux linux, int rootFd) {
        this.linux = linux;
        this.rootFd = rootFd;
    }

    /** The target must exist; one that is no regular file is left as it is. */
    void put(MountSpec.GeneratedFile file) throws LinuxException {
        byte[] path = file.target().getBytes(UTF_8);
        int kind = linux.openat2(rootFd, path, OpenFlag.PATH, 0, ResolveFlag.IN_ROOT);
        FileStatus status;
        try {
            status = linux.lstat(kind, ITSELF);
        } finally {
            linux.close(kind);
        }
        if (!status.isRegular() || status.size() > LARGEST) {
            return;
        }
        int fd = linux.openat2(rootFd, path, OpenFlag.RDWR, 0, ResolveFlag.IN_ROOT);
        byte[] held = new byte[(int) status.size()];
        int length = 0;
        int more = 1;
        while (length < held.length && more > 0) {
            more = linux.read(fd, held, length, held.length - length);
            length += more;
        }
        lent.add(new Lent(fd, held, status));
        write(fd, file.content());
    }

    private void write(int fd, byte[] content) throws LinuxException {
        linux.lseek(fd, 0, 0);
        linux.ftruncate(fd, 0);
        linux.write(fd, content, 0, content.length);
    }

    /** Gives them back what they held. No process may be left that uses them. */
    void restore() throws LinuxException {
        for (Lent file : lent) {
            write(file.fd, file.held);
            linux.futimens(file.fd, file.before.mtimeSeconds(), file.before.mtimeNanos());
        }
    }

    @Override
    public void close() throws LinuxException {
        for (Lent file : lent) {
            linux.close(file.fd);
        }
        lent.clear();
    }
}
