package org.jbuildah.engine.linux;

import java.util.ArrayList;
import java.util.List;

/** Names and what stands behind them. */
interface FileCalls extends Linux {
    int CHUNK = 64 * 1024;
    int AT_SYMLINK_NOFOLLOW = 0x100;
    int AT_REMOVEDIR = 0x200;
    int AT_EMPTY_PATH = 0x1000;
    int STATX_BASIC_STATS_AND_BIRTH = 0xfff;

    KernelEntry kernel();

    @Override
    default int openat(int dirfd, byte[] path, int flags, int mode) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.OPENAT, path);
        return (int)
                kernel().must(SystemCall.OPENAT, path, dirfd, memory.string(path), flags | OpenFlag.CLOEXEC, mode, 0);
    }

    @Override
    default int openat2(int dirfd, byte[] path, int flags, int mode, int resolve) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.OPENAT2, path);
        int how = memory.zeroed(24);
        memory.memory().putLong(how, flags | OpenFlag.CLOEXEC);
        memory.memory().putLong(how + 8, mode);
        memory.memory().putLong(how + 16, resolve);
        return (int) kernel().must(SystemCall.OPENAT2, path, dirfd, memory.string(path), memory.address(how), 24, 0);
    }

    @Override
    default void close(int fd) throws LinuxException {
        long result = kernel().call(SystemCall.CLOSE, fd, 0, 0, 0, 0);
        // on Linux the descriptor is gone even after EINTR: closing again could hit another thread's
        if (result < 0 && result != -Errno.EINTR.number()) {
            throw new LinuxException("close", "descriptor " + fd, (int) -result);
        }
    }

    @Override
    default FileStatus lstat(int dirfd, byte[] path) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.STATX, path);
        int status = memory.reserve(KernelStructs.STATX_SIZE);
        int flags = AT_SYMLINK_NOFOLLOW | (path.length == 0 ? AT_EMPTY_PATH : 0);
        kernel().must(
                        SystemCall.STATX,
                        path,
                        dirfd,
                        memory.string(path),
                        flags,
                        STATX_BASIC_STATS_AND_BIRTH,
                        memory.address(status));
        return KernelStructs.statx(memory.memory(), status);
    }

    @Override
    default byte[] stat(int fd, long uid, long gid) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.NEWFSTATAT, KernelEntry.HERE);
        int size = KernelStructs.statSize(kernel().architecture());
        int status = memory.zeroed(size);
        long name = memory.string(KernelEntry.HERE);
        kernel().must(SystemCall.NEWFSTATAT, fd, name, memory.address(status), AT_EMPTY_PATH, 0);
        KernelStructs.owner(kernel().architecture(), memory.memory(), status, uid, gid);
        return KernelEntry.bytes(memory, status, size);
    }

    @Override
    default byte[] statx(int fd, int flags, int mask, long uid, long gid) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.STATX, KernelEntry.HERE);
        int status = memory.zeroed(KernelStructs.STATX_SIZE);
        long name = memory.string(KernelEntry.HERE);
        kernel().must(SystemCall.STATX, fd, name, flags | AT_EMPTY_PATH, mask, memory.address(status));
        memory.memory().putInt(status + 20, (int) uid).putInt(status + 24, (int) gid);
        return KernelEntry.bytes(memory, status, KernelStructs.STATX_SIZE);
    }

    @Override
    default void mkdirat(int dirfd, byte[] path, int mode) throws LinuxException {
        kernel().must(
                        SystemCall.MKDIRAT,
                        path,
                        dirfd,
                        kernel().begin(SystemCall.MKDIRAT, path).string(path),
                        mode,
                        0,
                        0);
    }

    @Override
    default void mknodat(int dirfd, byte[] path, int mode, int major, int minor) throws LinuxException {
        long name = kernel().begin(SystemCall.MKNODAT, path).string(path);
        kernel().must(SystemCall.MKNODAT, path, dirfd, name, mode, KernelStructs.device(major, minor), 0);
    }

    @Override
    default void symlinkat(byte[] target, int dirfd, byte[] path) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.SYMLINKAT, target, path);
        kernel().must(SystemCall.SYMLINKAT, path, memory.string(target), dirfd, memory.string(path), 0, 0);
    }

    @Override
    default void linkat(int dirfd, byte[] path, int newDirfd, byte[] newPath) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.LINKAT, path, newPath);
        kernel().must(SystemCall.LINKAT, newPath, dirfd, memory.string(path), newDirfd, memory.string(newPath), 0);
    }

    @Override
    default void renameat(int dirfd, byte[] path, int newDirfd, byte[] newPath) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.RENAMEAT2, path, newPath);
        kernel().must(SystemCall.RENAMEAT2, path, dirfd, memory.string(path), newDirfd, memory.string(newPath), 0);
    }

    @Override
    default void unlinkat(int dirfd, byte[] path, boolean directory) throws LinuxException {
        long name = kernel().begin(SystemCall.UNLINKAT, path).string(path);
        kernel().must(SystemCall.UNLINKAT, path, dirfd, name, directory ? AT_REMOVEDIR : 0, 0, 0);
    }

    @Override
    default byte[] readlinkat(int dirfd, byte[] path) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.READLINKAT, path);
        int target = memory.reserve(4096); // PATH_MAX: no symlink is longer
        long name = memory.string(path);
        int length = (int) kernel().must(SystemCall.READLINKAT, path, dirfd, name, memory.address(target), 4096, 0);
        return KernelEntry.bytes(memory, target, length);
    }

    @Override
    default List<byte[]> getdents(int fd) throws LinuxException {
        List<byte[]> names = new ArrayList<>();
        Scratch memory = kernel().memory(CHUNK);
        int entries = memory.reserve(CHUNK);
        while (true) {
            int length = (int) kernel().must(SystemCall.GETDENTS64, fd, memory.address(entries), CHUNK, 0, 0);
            if (length == 0) {
                return names;
            }
            KernelStructs.dirents(memory.memory(), entries, length, names);
        }
    }

    @Override
    default void fchownat(int dirfd, byte[] path, long uid, long gid) throws LinuxException {
        long name = kernel().begin(SystemCall.FCHOWNAT, path).string(path);
        int flags = AT_SYMLINK_NOFOLLOW | (path.length == 0 ? AT_EMPTY_PATH : 0);
        kernel().must(SystemCall.FCHOWNAT, path, dirfd, name, uid, gid, flags);
    }

    @Override
    default void fchmodat(int dirfd, byte[] path, int mode) throws LinuxException {
        kernel().must(
                        SystemCall.FCHMODAT,
                        path,
                        dirfd,
                        kernel().begin(SystemCall.FCHMODAT, path).string(path),
                        mode,
                        0,
                        0);
    }

    @Override
    default void utimensat(int dirfd, byte[] path, long seconds, int nanos) throws LinuxException {
        Scratch memory = kernel().begin(SystemCall.UTIMENSAT, path);
        int times = times(memory, seconds, nanos);
        long name = memory.string(path);
        kernel().must(SystemCall.UTIMENSAT, path, dirfd, name, memory.address(times), AT_SYMLINK_NOFOLLOW, 0);
    }

    @Override
    default void futimens(int fd, long seconds, int nanos) throws LinuxException {
        byte[] nothing = {};
        Scratch memory = kernel().begin(SystemCall.UTIMENSAT, nothing);
        int times = times(memory, seconds, nanos);
        kernel().must(SystemCall.UTIMENSAT, nothing, fd, 0, memory.address(times), 0, 0);
    }

    private static int times(Scratch memory, long seconds, int nanos) {
        int times = memory.reserve(32);
        for (int time = times; time < times + 32; time += 16) {
            memory.memory().putLong(time, seconds);
            memory.memory().putLong(time + 8, nanos);
        }
        return times;
    }

    @Override
    default boolean exists(int dirfd, byte[] path) {
        if (KernelEntry.hasNul(path)) {
            return false;
        }
        return kernel().call(
                                SystemCall.FACCESSAT,
                                dirfd,
                                kernel().memory(path.length).string(path),
                                0,
                                0,
                                0)
                == 0;
    }
}
