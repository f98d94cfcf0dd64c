package org.jbuildah.engine.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Proves at start that the native layer does what it should on this machine: a fault there is silent corruption (a stub of jnr-ffi
 * passed a wrong sixth argument). It also loads every class that a call in a throw-away thread needs, for such a thread has lost
 * its class path.
 */
final class SelfTest {
    private static final byte[] ROOT = {'/'};

    private SelfTest() {}

    static void run(JnrLinux linux) throws IOException {
        argumentsArrive(linux);
        errorsArrive(linux);
        structuresAreUnderstood(linux);
    }

    /** Six arguments: a copy from a pipe to itself is refused with EINVAL only when both descriptors arrived. */
    private static void argumentsArrive(JnrLinux linux) throws IOException {
        int[] pipe = linux.pipe2();
        try {
            byte[] sent = "ping".getBytes(StandardCharsets.UTF_8);
            linux.write(pipe[1], sent, 0, sent.length);
            byte[] received = new byte[8];
            if (linux.read(pipe[0], received, 0, 8) != sent.length || received[3] != 'g') {
                throw new IOException("bytes written to a pipe do not come out of it");
            }
            expect(Errno.EINVAL, linux, pipe);
            linux.poll(pipe, 0);
        } finally {
            linux.close(pipe[0]);
            linux.close(pipe[1]);
        }
    }

    private static void expect(Errno expected, JnrLinux linux, int[] pipe) throws IOException {
        try {
            linux.copyFileRange(pipe[0], pipe[1], 1);
        } catch (LinuxException e) {
            if (e.errno() == expected) {
                return;
            }
            throw new IOException("six arguments of a system call do not arrive: " + e.getMessage(), e);
        }
        throw new IOException("six arguments of a system call do not arrive: no error");
    }

    private static void errorsArrive(JnrLinux linux) throws IOException {
        try {
            linux.close(linux.openat(Linux.AT_FDCWD, "/\u0001/no such file".getBytes(StandardCharsets.UTF_8), 0, 0));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return;
            }
            throw e;
        }
        throw new IOException("the error number of a system call does not arrive");
    }

    private static void structuresAreUnderstood(JnrLinux linux) throws IOException {
        FileStatus root = linux.lstat(Linux.AT_FDCWD, ROOT);
        if (!root.isDirectory() || root.links() < 1) {
            throw new IOException("statx(2) of / gives no directory: " + root);
        }
    }
}
