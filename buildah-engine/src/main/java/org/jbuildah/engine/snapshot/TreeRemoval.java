package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/** Removes whole trees, whoever owns what is in them and however deep they are; never through a symlink. Ends when interrupted. */
final class TreeRemoval {
    /** Below this depth, directories are moved up beside the tree first: a step can nest deeper than descriptors last. */
    private static final int DEPTH = 64;

    private final Linux linux;

    TreeRemoval(Linux linux) {
        this.linux = linux;
    }

    /** Removes {@code name} and all below it; nothing happens when it is not there. */
    void remove(int directory, byte[] name) throws IOException {
        remove(directory, name, directory, 0);
    }

    /** Removes what a directory holds, not the directory. */
    void empty(int directory, byte[] name) throws IOException {
        int fd = linux.openat(directory, name, OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW, 0);
        try {
            for (byte[] child : linux.getdents(fd)) {
                remove(fd, child, fd, 1);
            }
        } finally {
            linux.close(fd);
        }
    }

    private void remove(int directory, byte[] name, int top, int depth) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while removing a directory tree");
        }
        try {
            linux.unlinkat(directory, name, false);
            return;
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return;
            }
            if (e.errno() != Errno.EISDIR && e.errno() != Errno.EPERM) {
                throw e;
            }
        }
        if (depth > DEPTH && movedUp(directory, name, top)) {
            return;
        }
        int fd;
        try {
            fd = open(directory, name);
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return; // someone else removes it too
            }
            throw e;
        }
        try {
            for (byte[] child : linux.getdents(fd)) {
                remove(fd, child, top, depth + 1);
            }
        } finally {
            linux.close(fd);
        }
        try {
            linux.unlinkat(directory, name, true);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private boolean movedUp(int directory, byte[] name, int top) throws IOException {
        byte[] aside = Names.utf8(".removed-" + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX));
        try {
            linux.renameat(directory, name, top, aside);
        } catch (LinuxException e) {
            if (e.errno() == Errno.EXDEV) {
                return false; // a directory that an overlay merges cannot be renamed
            }
            throw e;
        }
        remove(top, aside, top, 0);
        return true;
    }

    private int open(int directory, byte[] name) throws IOException {
        int flags = OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW;
        try {
            return linux.openat(directory, name, flags, 0);
        } catch (LinuxException e) {
            FileStatus status = linux.lstat(directory, name);
            if (e.errno() != Errno.EACCES || !status.isDirectory()) {
                throw e;
            }
            linux.fchmodat(directory, name, 0700);
            return linux.openat(directory, name, flags, 0);
        }
    }
}
