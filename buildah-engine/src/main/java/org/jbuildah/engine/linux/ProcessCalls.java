package org.jbuildah.engine.linux;

import java.util.List;

/** Processes that are started, watched and ended. */
interface ProcessCalls extends Linux {
    long SIOCGIFFLAGS = 0x8913;
    long SIOCSIFFLAGS = 0x8914;
    int IFF_UP = 1;

    /** Sizes of glibc's posix_spawnattr_t (336) and posix_spawn_file_actions_t (80) on 64-bit machines, and some more. */
    int SPAWN_STRUCT = 512;

    int POSIX_SPAWN_SETSIGDEF = 0x04;
    int POSIX_SPAWN_SETSIGMASK = 0x08;
    int POSIX_SPAWN_SETSID = 0x80;

    /** All signals but KILL and STOP, whose disposition is fixed, and 32 and 33, which the C library keeps for itself. */
    long ALL_SIGNALS = ~(1L << 8 | 1L << 18 | 3L << 31);

    KernelEntry kernel();

    @Override
    default int[] pipe2() throws LinuxException {
        Scratch memory = kernel().memory(8);
        int pair = memory.reserve(8);
        kernel().must(SystemCall.PIPE2, memory.address(pair), OpenFlag.CLOEXEC, 0, 0, 0);
        return new int[] {memory.memory().getInt(pair), memory.memory().getInt(pair + 4)};
    }

    @Override
    default int posixSpawn(String path, List<String> arguments, List<String> environment, List<FileAction> files)
            throws LinuxException {
        byte[] pathBytes = KernelEntry.utf8(path);
        byte[][] argumentBytes = KernelEntry.utf8(arguments);
        byte[][] environmentBytes = KernelEntry.utf8(environment);
        if (KernelEntry.hasNul(pathBytes)) {
            throw new LinuxException("posix_spawn", path, Errno.EINVAL.number());
        }
        int size = pathBytes.length
                + KernelEntry.size(argumentBytes)
                + KernelEntry.size(environmentBytes)
                + sizeOfPaths(files);
        Scratch memory = kernel().memory(size + 4 * SPAWN_STRUCT);
        long actions = memory.address(memory.zeroed(SPAWN_STRUCT));
        long attributes = memory.address(memory.zeroed(SPAWN_STRUCT));
        kernel().libc().fileActionsInit(actions);
        kernel().libc().attributesInit(attributes);
        try {
            for (FileAction file : files) {
                if (file instanceof FileAction.Dup2 dup) {
                    kernel().libc().fileActionsAddDup2(actions, dup.from(), dup.descriptor());
                } else if (file instanceof FileAction.Open open) {
                    long at = memory.string(KernelEntry.utf8(open.path())); // glibc copies it
                    kernel().libc().fileActionsAddOpen(actions, open.descriptor(), at, open.flags());
                }
            }
            spawnAttributes(memory, attributes);
            int pid = memory.zeroed(8);
            int error = kernel().libc()
                    .posixSpawn(
                            memory.address(pid),
                            memory.string(pathBytes),
                            actions,
                            attributes,
                            KernelEntry.vector(memory, argumentBytes),
                            KernelEntry.vector(memory, environmentBytes));
            if (error != 0) {
                throw new LinuxException("posix_spawn", path, error);
            }
            return memory.memory().getInt(pid);
        } finally {
            kernel().libc().fileActionsDestroy(actions);
            kernel().libc().attributesDestroy(attributes);
        }
    }

    private static int sizeOfPaths(List<FileAction> files) {
        int size = 0;
        for (FileAction file : files) {
            size += file instanceof FileAction.Open open ? KernelEntry.utf8(open.path()).length + 32 : 0;
        }
        return size;
    }

    private void spawnAttributes(Scratch memory, long attributes) {
        int none = memory.zeroed(128); // sigset_t
        int all = memory.zeroed(128);
        memory.memory().putLong(all, ALL_SIGNALS);
        int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
        kernel().libc().attributesSet(attributes, flags, memory.address(none), memory.address(all));
    }

    @Override
    default int wait4(int pid) throws LinuxException {
        Scratch memory = kernel().memory(16);
        int status = memory.zeroed(8);
        kernel().must(SystemCall.WAIT4, pid, memory.address(status), 0, 0, 0);
        return memory.memory().getInt(status);
    }

    @Override
    default int pidfdOpen(int pid) throws LinuxException {
        return (int) kernel().must(SystemCall.PIDFD_OPEN, pid, 0, 0, 0, 0);
    }

    @Override
    default void pidfdSendSignal(int pidfd, int signal) throws LinuxException {
        kernel().must(SystemCall.PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0, 0);
    }

    @Override
    default long poll(int[] fds, int timeoutMillis) throws LinuxException {
        Scratch memory = kernel().memory(fds.length * 8 + 64);
        int polled = kernel().poll(memory, fds, timeoutMillis);
        long ready = 0;
        for (int i = 0; i < fds.length; i++) {
            if (memory.memory().getShort(polled + i * 8 + 6) != 0) {
                ready |= 1L << i;
            }
        }
        return ready;
    }

    @Override
    default long[] getrlimit(int resource) throws LinuxException {
        return prlimit(0, resource);
    }

    @Override
    default long[] prlimit(int pid, int resource) throws LinuxException {
        Scratch memory = kernel().memory(16);
        int limit = memory.reserve(16);
        kernel().must(SystemCall.PRLIMIT64, pid, resource, 0, memory.address(limit), 0);
        return new long[] {memory.memory().getLong(limit), memory.memory().getLong(limit + 8)};
    }

    @Override
    default void setrlimit(int resource, long soft, long hard) throws LinuxException {
        prlimit(0, resource, soft, hard);
    }

    @Override
    default void prlimit(int pid, int resource, long soft, long hard) throws LinuxException {
        Scratch memory = kernel().memory(16);
        int limit = memory.reserve(16);
        memory.memory().putLong(limit, soft);
        memory.memory().putLong(limit + 8, hard);
        kernel().must(SystemCall.PRLIMIT64, pid, resource, memory.address(limit), 0, 0);
    }

    @Override
    default void kill(int pid, int signal) throws LinuxException {
        kernel().must(SystemCall.KILL, pid, signal, 0, 0, 0);
    }

    @Override
    default int getpid() {
        return (int) kernel().call(SystemCall.GETPID, 0, 0, 0, 0, 0);
    }

    @Override
    default int gettid() {
        return (int) kernel().call(SystemCall.GETTID, 0, 0, 0, 0, 0);
    }

    @Override
    default int geteuid() {
        return (int) kernel().call(SystemCall.GETEUID, 0, 0, 0, 0, 0);
    }

    @Override
    default void bringLoopbackUp() throws LinuxException {
        int socket = (int) kernel().must(SystemCall.SOCKET, 2, 2 | OpenFlag.CLOEXEC, 0, 0, 0); // AF_INET, SOCK_DGRAM
        try {
            Scratch memory = kernel().memory(64);
            int request = memory.zeroed(40); // struct ifreq: name (16), flags
            memory.memory().put(request, (byte) 'l').put(request + 1, (byte) 'o');
            kernel().must(SystemCall.IOCTL, socket, SIOCGIFFLAGS, memory.address(request), 0, 0);
            memory.memory().putShort(request + 16, (short) (memory.memory().getShort(request + 16) | IFF_UP));
            kernel().must(SystemCall.IOCTL, socket, SIOCSIFFLAGS, memory.address(request), 0, 0);
        } finally {
            close(socket);
        }
    }
}
