package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.NotedCall;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.linux.ResolveFlag;

/**
 * A process that waits for an answer, seen from a thread that has {@code /proc} as its working directory and a root directory of its own.
 * The thread takes the process's root directory for the time of a look-up, so that the kernel resolves paths as the process would
 * have them resolved, and none can lead out.
 *
 * @param folder of the process below {@code /proc}
 */
record Caller(Linux linux, NotedCall call, String folder) {
    private static final int PATH_MAX = 4096;
    private static final int PAGE = 4096;

    /** Names of a process's own open files, which only it can follow. */
    private static final Pattern OWN_FILE = Pattern.compile("/(?:proc/(?:self|thread-self)|dev)/fd/([0-9]{1,9})");

    int pid() {
        return call.pid();
    }

    int int32(int argument) {
        return (int) call.arguments()[argument];
    }

    /** The text that an argument points to, without its NUL. */
    byte[] text(int argument) throws LinuxException {
        long address = call.arguments()[argument];
        byte[] text = new byte[0];
        while (text.length < PATH_MAX) {
            byte[] piece = new byte[PAGE - (int) (address & (PAGE - 1))]; // beyond its page there may be nothing
            int length = linux.readMemory(call.pid(), address, piece);
            for (int i = 0; i < length; i++) {
                if (piece[i] == 0) {
                    return joined(text, piece, i);
                }
            }
            if (length < piece.length) {
                throw failure(Errno.EFAULT);
            }
            text = joined(text, piece, length);
            address += length;
        }
        throw failure(Errno.ENAMETOOLONG);
    }

    private static byte[] joined(byte[] first, byte[] second, int length) {
        byte[] both = Arrays.copyOf(first, first.length + length);
        System.arraycopy(second, 0, both, first.length, length);
        return both;
    }

    /** Where {@code /proc} has one of the process's open files, from our working directory. */
    String placeOf(int descriptor) {
        return folder + "/fd/" + descriptor;
    }

    /** Opens one of the process's open files as a mere place. */
    int openFile(int descriptor) throws LinuxException {
        try {
            return open(placeOf(descriptor));
        } catch (LinuxException e) {
            throw e.errno() == Errno.ENOENT ? failure(Errno.EBADF) : e;
        }
    }

    /** Opens what a path leads to, as a mere place. */
    int lookUp(int directory, byte[] path, boolean follow) throws LinuxException {
        if (path.length == 0) {
            throw failure(Errno.ENOENT);
        }
        int own = ownFile(path);
        if (own >= 0 && follow) {
            return openFile(own);
        }
        int flags = OpenFlag.PATH | (follow ? 0 : OpenFlag.NOFOLLOW);
        return openFrom(directory, path, flags);
    }

    /** Opens the directory in which the last name of a path is, or is to be. */
    int lookUpParent(int directory, byte[] path) throws LinuxException {
        int slash = path.length - lastName(path).length;
        byte[] parent = slash == 0 ? new byte[] {'.'} : Arrays.copyOf(path, slash);
        return openFrom(directory, parent, OpenFlag.PATH | OpenFlag.DIRECTORY);
    }

    static byte[] lastName(byte[] path) {
        int start = path.length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        return Arrays.copyOfRange(path, start, path.length);
    }

    private int openFrom(int directory, byte[] path, int flags) throws LinuxException {
        linux.chroot((folder + "/root").getBytes(UTF_8));
        if (path[0] == '/') {
            return linux.openat2(Linux.AT_FDCWD, path, flags, 0, ResolveFlag.NO_MAGICLINKS);
        }
        int base = directory == Linux.AT_FDCWD ? open(folder + "/cwd") : openFile(directory);
        try {
            return linux.openat2(base, path, flags, 0, ResolveFlag.NO_MAGICLINKS);
        } finally {
            linux.close(base);
        }
    }

    private static int ownFile(byte[] path) {
        String text = new String(path, ISO_8859_1);
        Matcher matcher = OWN_FILE.matcher(text);
        if (matcher.matches()) {
            return Integer.parseInt(matcher.group(1));
        }
        return switch (text) {
            case "/dev/stdin" -> 0;
            case "/dev/stdout" -> 1;
            case "/dev/stderr" -> 2;
            default -> -1;
        };
    }

    private int open(String inProc) throws LinuxException {
        return linux.openat(Linux.AT_FDCWD, inProc.getBytes(UTF_8), OpenFlag.PATH, 0);
    }

    LinuxException failure(Errno errno) {
        return new LinuxException("", "", errno.number());
    }
}
