package org.jbuildah.engine.linux;

/** What the calling thread is and may do. */
interface ThreadCalls extends Linux {
    int PR_CAPBSET_DROP = 24;
    int PR_SET_NO_NEW_PRIVS = 38;
    int PR_SET_CHILD_SUBREAPER = 36;
    int SECCOMP_SET_MODE_FILTER = 1;
    int CLOSE_RANGE_CLOEXEC = 4;
    int CAPABILITY_VERSION_3 = 0x20080522;
    int SECCOMP_FILTER_FLAG_NEW_LISTENER = 1 << 3;
    int SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV = 1 << 5;

    KernelEntry kernel();

    @Override
    default void unshare(int flags) throws LinuxException {
        kernel().must(SystemCall.UNSHARE, flags, 0, 0, 0, 0);
    }

    @Override
    default void chdir(byte[] path) throws LinuxException {
        kernel().must(
                        SystemCall.CHDIR,
                        path,
                        kernel().begin(SystemCall.CHDIR, path).string(path),
                        0,
                        0,
                        0,
                        0);
    }

    @Override
    default void fchdir(int fd) throws LinuxException {
        kernel().must(SystemCall.FCHDIR, fd, 0, 0, 0, 0);
    }

    @Override
    default void chroot(byte[] path) throws LinuxException {
        kernel().must(
                        SystemCall.CHROOT,
                        path,
                        kernel().begin(SystemCall.CHROOT, path).string(path),
                        0,
                        0,
                        0,
                        0);
    }

    @Override
    default int umask(int mask) {
        return (int) kernel().call(SystemCall.UMASK, mask, 0, 0, 0, 0);
    }

    @Override
    default void sethostname(String name) throws LinuxException {
        byte[] bytes = KernelEntry.utf8(name);
        long address = kernel().begin(SystemCall.SETHOSTNAME, bytes).string(bytes);
        kernel().must(SystemCall.SETHOSTNAME, bytes, address, bytes.length, 0, 0, 0);
    }

    @Override
    default void setgroups(int[] gids) throws LinuxException {
        kernel().must(SystemCall.SETGROUPS, gids.length, kernel().ints(gids), 0, 0, 0);
    }

    @Override
    default void setresgid(int gid) throws LinuxException {
        kernel().must(SystemCall.SETRESGID, gid, gid, gid, 0, 0);
    }

    @Override
    default void setresuid(int uid) throws LinuxException {
        kernel().must(SystemCall.SETRESUID, uid, uid, uid, 0, 0);
    }

    @Override
    default void capset(long capabilities) throws LinuxException {
        Scratch memory = kernel().memory(64);
        int header = memory.zeroed(8);
        memory.memory().putInt(header, CAPABILITY_VERSION_3);
        int data = KernelEntry.copy(memory, KernelStructs.capabilityData(capabilities));
        kernel().must(SystemCall.CAPSET, memory.address(header), memory.address(data), 0, 0, 0);
    }

    @Override
    default void dropFromBoundingSet(int capability) throws LinuxException {
        long result = kernel().call(SystemCall.PRCTL, PR_CAPBSET_DROP, capability, 0, 0, 0);
        if (result < 0 && result != -Errno.EINVAL.number()) {
            throw new LinuxException("prctl(PR_CAPBSET_DROP)", "capability " + capability, (int) -result);
        }
    }

    @Override
    default void setRealIds(int uid, int gid) throws LinuxException {
        kernel().must(SystemCall.SETRESGID, gid, -1, -1, 0, 0);
        kernel().must(SystemCall.SETRESUID, uid, -1, -1, 0, 0);
    }

    @Override
    default void setNoNewPrivs() throws LinuxException {
        kernel().must(SystemCall.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    }

    @Override
    default void becomeSubreaper() throws LinuxException {
        kernel().must(SystemCall.PRCTL, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    @Override
    default void seccompSetFilter(byte[] program) throws LinuxException {
        kernel().must(SystemCall.SECCOMP, SECCOMP_SET_MODE_FILTER, 0, filterProgram(program), 0, 0);
    }

    @Override
    default int seccompListen(byte[] program) throws LinuxException {
        long filter = filterProgram(program);
        int unbroken = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
        long listener = kernel().call(SystemCall.SECCOMP, SECCOMP_SET_MODE_FILTER, unbroken, filter, 0, 0);
        if (listener < 0) {
            int flags = SECCOMP_FILTER_FLAG_NEW_LISTENER;
            listener = kernel().must(SystemCall.SECCOMP, SECCOMP_SET_MODE_FILTER, flags, filter, 0, 0);
        }
        return (int) listener;
    }

    private long filterProgram(byte[] program) {
        Scratch memory = kernel().memory(program.length + 16);
        int filter = memory.copy(program);
        int prog = memory.zeroed(16); // struct sock_fprog: length in instructions, pointer
        memory.memory().putShort(prog, (short) (program.length / 8));
        memory.memory().putLong(prog + 8, memory.address(filter));
        return memory.address(prog);
    }

    @Override
    default void closeRangeOnExec(int first) throws LinuxException {
        kernel().must(SystemCall.CLOSE_RANGE, first, 0xffffffffL, CLOSE_RANGE_CLOEXEC, 0, 0);
    }
}
