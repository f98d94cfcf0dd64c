package org.jbuildah.engine.linux;

/** The bytes of open files. */
interface ContentCalls extends Linux {
    int CHUNK = 64 * 1024;
    long FICLONE = 0x40049409L;

    KernelEntry kernel();

    @Override
    default int read(int fd, byte[] buffer, int offset, int length) throws LinuxException {
        int size = Math.min(length, CHUNK);
        Scratch memory = kernel().memory(size);
        int at = memory.reserve(size);
        int count = (int) kernel().must(SystemCall.READ, fd, memory.address(at), size, 0, 0);
        memory.memory().get(at, buffer, offset, count);
        return count;
    }

    @Override
    default void write(int fd, byte[] buffer, int offset, int length) throws LinuxException {
        int done = 0;
        while (done < length) {
            int size = Math.min(length - done, CHUNK);
            Scratch memory = kernel().memory(size);
            int at = memory.reserve(size);
            memory.memory().put(at, buffer, offset + done, size);
            done += (int) kernel().must(SystemCall.WRITE, fd, memory.address(at), size, 0, 0);
        }
    }

    @Override
    default int writeSome(int fd, byte[] buffer, int offset, int length) throws LinuxException {
        int size = Math.min(length, CHUNK);
        Scratch memory = kernel().memory(size);
        int at = memory.reserve(size);
        memory.memory().put(at, buffer, offset, size);
        try {
            return (int) kernel().must(SystemCall.WRITE, fd, memory.address(at), size, 0, 0);
        } catch (LinuxException e) {
            if (e.errno() == Errno.EAGAIN) {
                return 0;
            }
            throw e;
        }
    }

    @Override
    default void ftruncate(int fd, long size) throws LinuxException {
        kernel().must(SystemCall.FTRUNCATE, fd, size, 0, 0, 0);
    }

    @Override
    default long lseek(int fd, long offset, int whence) throws LinuxException {
        return kernel().must(SystemCall.LSEEK, fd, offset, whence, 0, 0);
    }

    @Override
    default long copyFileRange(int fromFd, int toFd, long length) throws LinuxException {
        long result;
        do {
            result = kernel().call(SystemCall.COPY_FILE_RANGE, fromFd, 0, toFd, 0, length, 0);
        } while (result == -Errno.EINTR.number());
        return KernelEntry.check(SystemCall.COPY_FILE_RANGE, KernelEntry.HERE, result);
    }

    @Override
    default void ficlone(int toFd, int fromFd) throws LinuxException {
        kernel().must(SystemCall.IOCTL, toFd, FICLONE, fromFd, 0, 0);
    }

    @Override
    default void fsync(int fd) throws LinuxException {
        kernel().must(SystemCall.FSYNC, fd, 0, 0, 0, 0);
    }
}
