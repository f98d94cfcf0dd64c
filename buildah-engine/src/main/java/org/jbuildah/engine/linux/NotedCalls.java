package org.jbuildah.engine.linux;

import org.jspecify.annotations.Nullable;

/** System calls of other processes that wait for an answer, as seccomp_unotify(2) has them. */
interface NotedCalls extends Linux {
    int SECCOMP_USER_NOTIF_FLAG_CONTINUE = 1;
    long SECCOMP_IOCTL_NOTIF_RECV = 0xc0502100L;
    long SECCOMP_IOCTL_NOTIF_SEND = 0xc0182101L;
    long SECCOMP_IOCTL_NOTIF_ID_VALID = 0x40082102L;

    KernelEntry kernel();

    @Override
    default NotedCall.State awaitCall(int listener, int timeoutMillis) throws LinuxException {
        Scratch memory = kernel().memory(128);
        int polled = kernel().poll(memory, new int[] {listener}, timeoutMillis);
        short events = memory.memory().getShort(polled + 6);
        if ((events & KernelEntry.POLLIN) != 0) {
            return NotedCall.State.THERE;
        }
        return events == 0 ? NotedCall.State.NOT_YET : NotedCall.State.NEVER_AGAIN;
    }

    @Override
    default @Nullable NotedCall receiveCall(int listener) throws LinuxException {
        Scratch memory = kernel().memory(KernelStructs.SECCOMP_NOTIF_SIZE);
        int notice = memory.zeroed(KernelStructs.SECCOMP_NOTIF_SIZE); // the kernel wants zeros
        long result = kernel().call(SystemCall.IOCTL, listener, SECCOMP_IOCTL_NOTIF_RECV, memory.address(notice), 0, 0);
        if (result == -Errno.ENOENT.number() || result == -Errno.EINTR.number()) {
            return null;
        }
        KernelEntry.check(SystemCall.IOCTL, KernelEntry.HERE, result);
        return KernelStructs.notedCall(memory.memory(), notice);
    }

    @Override
    default boolean stillWaits(int listener, NotedCall call) {
        Scratch memory = kernel().memory(8);
        int id = memory.reserve(8);
        memory.memory().putLong(id, call.id());
        return kernel().call(SystemCall.IOCTL, listener, SECCOMP_IOCTL_NOTIF_ID_VALID, memory.address(id), 0, 0) == 0;
    }

    @Override
    default void answer(int listener, NotedCall call, long result, int errno) throws LinuxException {
        send(listener, call, errno == 0 ? result : 0, errno, 0);
    }

    private void send(int listener, NotedCall call, long result, int errno, int flags) throws LinuxException {
        Scratch memory = kernel().memory(KernelStructs.SECCOMP_NOTIF_RESP_SIZE);
        int response = memory.zeroed(KernelStructs.SECCOMP_NOTIF_RESP_SIZE); // id, value, error, flags
        memory.memory().putLong(response, call.id());
        memory.memory().putLong(response + 8, result);
        memory.memory().putInt(response + 16, -errno).putInt(response + 20, flags);
        long sent = kernel().call(SystemCall.IOCTL, listener, SECCOMP_IOCTL_NOTIF_SEND, memory.address(response), 0, 0);
        if (sent != -Errno.ENOENT.number()) {
            KernelEntry.check(SystemCall.IOCTL, KernelEntry.HERE, sent);
        }
    }

    @Override
    default void letPass(int listener, NotedCall call) throws LinuxException {
        send(listener, call, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
    }

    @Override
    default int readMemory(int pid, long address, byte[] buffer) throws LinuxException {
        Scratch memory = kernel().memory(buffer.length + 64);
        int bytes = memory.reserve(buffer.length);
        int length = (int) vectors(SystemCall.PROCESS_VM_READV, memory, pid, bytes, address, buffer.length);
        memory.memory().get(bytes, buffer, 0, length);
        return length;
    }

    @Override
    default void writeMemory(int pid, long address, byte[] bytes) throws LinuxException {
        Scratch memory = kernel().memory(bytes.length + 64);
        int copy = memory.copy(bytes);
        if (vectors(SystemCall.PROCESS_VM_WRITEV, memory, pid, copy, address, bytes.length) < bytes.length) {
            throw new LinuxException(SystemCall.PROCESS_VM_WRITEV.title(), "", Errno.EFAULT.number());
        }
    }

    /** One {@code struct iovec} of ours and one of theirs. */
    private long vectors(SystemCall call, Scratch memory, int pid, int ours, long theirs, int length)
            throws LinuxException {
        int vectors = memory.reserve(32);
        memory.memory().putLong(vectors, memory.address(ours)).putLong(vectors + 8, length);
        memory.memory().putLong(vectors + 16, theirs).putLong(vectors + 24, length);
        long local = memory.address(vectors);
        return KernelEntry.check(call, KernelEntry.HERE, kernel().call(call, pid, local, 1, local + 16, 1, 0));
    }
}
