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
 * Files that are to have another content and mode while a step runs, where nothing can be mounted over them: they are written into them,
 * and afterwards what was there before. One that the step has put another file in place of is the step's.
 *
 * <p>Law: no descriptor that could write is open while the step runs, else the kernel would not execute a script (ETXTBSY).
 */
final class LentFiles implements AutoCloseable {
    private static final byte[] ITSELF = {};
    private static final int LARGEST = 1 << 20;
    private static final int PERMISSIONS = 07777;

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
        int fd = linux.openat2(rootFd, path, OpenFlag.PATH, 0, ResolveFlag.IN_ROOT);
        FileStatus status;
        try {
            status = linux.lstat(fd, ITSELF);
            if (!status.isRegular() || status.size() > LARGEST) {
                linux.close(fd);
                return;
            }
            lent.add(new Lent(fd, read(fd, (int) status.size()), status));
        } catch (LinuxException e) {
            linux.close(fd);
            throw e;
        }
        write(fd, file.content(), file.mode());
    }

    private byte[] read(int fd, int size) throws LinuxException {
        byte[] held = new byte[size];
        int reading = linux.openat(Linux.AT_FDCWD, through(fd), OpenFlag.RDONLY, 0);
        try {
            int length = 0;
            int more = 1;
            while (length < held.length && more > 0) {
                more = linux.read(reading, held, length, held.length - length);
                length += more;
            }
        } finally {
            linux.close(reading);
        }
        return held;
    }

    private void write(int fd, byte[] content, int mode) throws LinuxException {
        int writing = linux.openat(Linux.AT_FDCWD, through(fd), OpenFlag.WRONLY | OpenFlag.TRUNC, 0);
        try {
            linux.write(writing, content, 0, content.length);
        } finally {
            linux.close(writing);
        }
        linux.fchmodat(Linux.AT_FDCWD, through(fd), mode);
    }

    /** Gives them back what they held. No process may be left that uses them. */
    void restore() throws LinuxException {
        for (Lent file : lent) {
            write(file.fd, file.held, file.before.mode() & PERMISSIONS);
            restoreTime(file);
        }
    }

    private void restoreTime(Lent file) throws LinuxException {
        int reading = linux.openat(Linux.AT_FDCWD, through(file.fd), OpenFlag.RDONLY, 0);
        try {
            linux.futimens(reading, file.before.mtimeSeconds(), file.before.mtimeNanos());
        } finally {
            linux.close(reading);
        }
    }

    /** The file itself, whatever its name means by now. */
    private static byte[] through(int fd) {
        return ("/proc/self/fd/" + fd).getBytes(UTF_8);
    }

    @Override
    public void close() throws LinuxException {
        for (Lent file : lent) {
            linux.close(file.fd);
        }
        lent.clear();
    }
}
