package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.rootfs.AskedOwners;

/**
 * Calls that are the kernel's to do but for files with an owner of their own: stat(2) and its kin tell of that owner. What we keep on
 * files is not the step's to set, or a copy of a file with its attributes would belong to the owner of the first.
 */
final class FileAnswers {
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;

    private final Linux linux;
    private final FileOwners owners;

    FileAnswers(Linux linux, FileOwners owners) {
        this.linux = linux;
        this.owners = owners;
    }

    /** False where the kernel is to do it. */
    boolean of(EmulatedCall call, Caller caller) throws LinuxException {
        return switch (call) {
            case STAT -> stat(new Question(Linux.AT_FDCWD, 0, 0, 1), caller);
            case LSTAT -> stat(new Question(Linux.AT_FDCWD, 0, AT_SYMLINK_NOFOLLOW, 1), caller);
            case FSTAT -> open(caller, caller.int32(0), fd -> tell(caller, 1, fd.stat()));
            case NEWFSTATAT -> stat(new Question(caller.int32(0), 1, caller.int32(3), 2), caller);
            case STATX -> statx(new Question(caller.int32(0), 1, caller.int32(2), 4), caller);
            default -> new String(caller.text(1), ISO_8859_1).startsWith(AskedOwners.ATTRIBUTES);
        };
    }

    /** Where the arguments are: {@code path} and {@code answer} are places among them. */
    private record Question(int directory, int path, int flags, int answer) {
        boolean follows() {
            return (flags & AT_SYMLINK_NOFOLLOW) == 0;
        }
    }

    /** A file with an owner that the kernel does not know. */
    private final class Found {
        private final int fd;
        private final FileOwners.Owner owner;

        Found(int fd, FileOwners.Owner owner) {
            this.fd = fd;
            this.owner = owner;
        }

        byte[] stat() throws LinuxException {
            return linux.stat(fd, owner.uid(), owner.gid());
        }

        byte[] statx(int flags, int mask) throws LinuxException {
            return linux.statx(fd, flags, mask, owner.uid(), owner.gid());
        }
    }

    private interface Reply {
        boolean give(Found found) throws LinuxException;
    }

    private boolean stat(Question question, Caller caller) throws LinuxException {
        return find(question, caller, found -> tell(caller, question.answer, found.stat()));
    }

    private boolean statx(Question question, Caller caller) throws LinuxException {
        int others = question.flags & ~AT_EMPTY_PATH;
        return find(question, caller, found -> tell(caller, question.answer, found.statx(others, caller.int32(3))));
    }

    private boolean tell(Caller caller, int argument, byte[] answer) throws LinuxException {
        linux.writeMemory(caller.pid(), caller.call().arguments()[argument], answer);
        return true;
    }

    private boolean find(Question question, Caller caller, Reply reply) throws LinuxException {
        byte[] path = caller.call().arguments()[question.path] == 0 ? new byte[0] : caller.text(question.path);
        if (path.length == 0) {
            boolean itself = (question.flags & AT_EMPTY_PATH) != 0 && question.directory >= 0;
            return itself && open(caller, question.directory, reply);
        }
        int fd = lookUp(question, caller, path);
        if (fd < 0) {
            return false;
        }
        try {
            return reply(FileOwners.itself(fd), fd, reply);
        } finally {
            linux.close(fd);
        }
    }

    /** What cannot be found is the kernel's to say. */
    private static int lookUp(Question question, Caller caller, byte[] path) {
        try {
            return caller.lookUp(question.directory, path, question.follows());
        } catch (LinuxException e) {
            return -1;
        }
    }

    private boolean reply(byte[] path, int fd, Reply reply) throws LinuxException {
        FileOwners.Owner owner = owners.known(path, () -> fd);
        return owner != null && reply.give(new Found(fd, owner));
    }

    /** One of the process's open files: most have no owner of their own and need not be opened again. */
    private boolean open(Caller caller, int descriptor, Reply reply) throws LinuxException {
        int[] opened = {-1};
        try {
            FileOwners.Opening opening = () -> {
                opened[0] = opened[0] < 0 ? caller.openFile(descriptor) : opened[0];
                return opened[0];
            };
            FileOwners.Owner owner = owners.known(caller.placeOf(descriptor).getBytes(UTF_8), opening);
            return owner != null && reply.give(new Found(opening.open(), owner));
        } finally {
            if (opened[0] >= 0) {
                linux.close(opened[0]);
            }
        }
    }
}
