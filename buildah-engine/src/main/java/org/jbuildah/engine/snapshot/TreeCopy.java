package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/**
 * Copies a tree with all that a layer says of it: by sharing blocks where the file system can, within the kernel else, through a buffer
 * at last.
 *
 * <p>Files that were one by hard links are two in the copy. So a change of one name is not one of the other, as it is not on an overlay,
 * and both drivers make the same layer of it.
 */
final class TreeCopy {
    private static final int CREATE = OpenFlag.WRONLY | OpenFlag.CREAT | OpenFlag.EXCL | OpenFlag.NOFOLLOW;
    private static final int SEEK_SET = 0;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private final Linux linux;
    private final Means means;
    private byte[] buffer = new byte[0];

    TreeCopy(Linux linux, Means means) {
        this.linux = linux;
        this.means = means;
    }

    /** What the file system of a store was found not to have; shared by all copies in it. */
    static final class Means {
        private volatile boolean reflinks = true;
        private volatile boolean ranges = true;

        /** Whether files share their blocks until one is written to. */
        boolean reflinks() {
            return reflinks;
        }
    }

    /** Fills the empty directory {@code to} with a copy of {@code from}, and gives it the same metadata. */
    void copy(int fromParent, byte[] from, int toParent, byte[] to) throws IOException {
        FileStatus status = linux.lstat(fromParent, from);
        fill(fromParent, from, toParent, to);
        metadata(status, fromParent, from, toParent, to);
    }

    private void fill(int fromParent, byte[] from, int toParent, byte[] to) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while copying a layer stack");
        }
        int flags = OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW;
        int fromFd = linux.openat(fromParent, from, flags, 0);
        try {
            int toFd = linux.openat(toParent, to, flags, 0);
            try {
                List<byte[]> directories = new ArrayList<>();
                for (byte[] child : linux.getdents(fromFd)) {
                    FileStatus status = linux.lstat(fromFd, child);
                    if (status.isDirectory()) {
                        linux.mkdirat(toFd, child, 0700);
                        directories.add(child);
                    } else {
                        file(status, fromFd, toFd, child);
                        metadata(status, fromFd, child, toFd, child);
                    }
                }
                for (byte[] child : directories) {
                    fill(fromFd, child, toFd, child);
                    metadata(linux.lstat(fromFd, child), fromFd, child, toFd, child);
                }
            } finally {
                linux.close(toFd);
            }
        } finally {
            linux.close(fromFd);
        }
    }

    private void file(FileStatus status, int from, int to, byte[] name) throws IOException {
        if (status.isSymlink()) {
            linux.symlinkat(linux.readlinkat(from, name), to, name);
        } else if (!status.isRegular()) {
            linux.mknodat(to, name, status.mode(), status.rdevMajor(), status.rdevMinor());
        } else {
            int source = linux.openat(from, name, OpenFlag.RDONLY | OpenFlag.NOFOLLOW, 0);
            try {
                int target = linux.openat(to, name, CREATE, 0600);
                try {
                    content(status, source, target);
                } finally {
                    linux.close(target);
                }
            } finally {
                linux.close(source);
            }
        }
    }

    private void content(FileStatus status, int source, int target) throws IOException {
        if (status.size() == 0 || shared(source, target)) {
            return;
        }
        if (status.blocks512() * 512 >= status.size()) {
            range(source, target, status.size());
            return;
        }
        long position = 0;
        while (position < status.size()) {
            long start = seek(source, position, SEEK_DATA, status.size());
            long end = start >= status.size() ? start : seek(source, start, SEEK_HOLE, status.size());
            if (end > start) {
                linux.lseek(source, start, SEEK_SET);
                linux.lseek(target, start, SEEK_SET);
                range(source, target, end - start);
            }
            position = end;
        }
        linux.ftruncate(target, status.size());
    }

    private long seek(int fd, long from, int whence, long end) throws IOException {
        try {
            return linux.lseek(fd, from, whence);
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENXIO) {
                return end; // no more data
            }
            throw e;
        }
    }

    private boolean shared(int source, int target) throws IOException {
        if (!means.reflinks) {
            return false;
        }
        try {
            linux.ficlone(target, source);
            return true;
        } catch (LinuxException e) {
            means.reflinks = unsupported(e);
            return false;
        }
    }

    private void range(int source, int target, long length) throws IOException {
        long left = length;
        while (left > 0 && means.ranges) {
            try {
                long count = linux.copyFileRange(source, target, left);
                if (count == 0) {
                    return;
                }
                left -= count;
            } catch (LinuxException e) {
                means.ranges = unsupported(e);
            }
        }
        if (left > 0 && buffer.length == 0) {
            buffer = new byte[256 * 1024];
        }
        while (left > 0) {
            int count = linux.read(source, buffer, 0, (int) Math.min(buffer.length, left));
            if (count == 0) {
                return;
            }
            linux.write(target, buffer, 0, count);
            left -= count;
        }
    }

    /** Throws what is a failure; false (never try again) where the file system does not have the call. */
    private static boolean unsupported(LinuxException e) throws LinuxException {
        return switch (e.errno()) {
            case EOPNOTSUPP, EXDEV, EINVAL, ENOSYS, ENOTTY, EPERM -> false;
            default -> throw e;
        };
    }

    private void metadata(FileStatus status, int fromFd, byte[] from, int toFd, byte[] to) throws IOException {
        FileStatus made = linux.lstat(toFd, to);
        if (made.uid() != status.uid() || made.gid() != status.gid()) {
            linux.fchownat(toFd, to, status.uid(), status.gid());
        }
        if (!status.isSymlink()) {
            linux.fchmodat(toFd, to, status.permissions());
        }
        for (Map.Entry<String, byte[]> xattr :
                linux.lgetxattrs(Names.through(fromFd, from)).entrySet()) {
            if (OverlayXattrs.belongsInLayer(xattr.getKey()) || OverlayXattrs.ours(xattr.getKey())) {
                linux.lsetxattr(Names.through(toFd, to), xattr.getKey(), xattr.getValue());
            }
        }
        linux.utimensat(toFd, to, status.mtimeSeconds(), status.mtimeNanos());
    }
}
