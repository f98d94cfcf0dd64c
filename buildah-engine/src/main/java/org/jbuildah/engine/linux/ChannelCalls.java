package org.jbuildah.engine.linux;

import java.nio.ByteBuffer;

/** Descriptors that are handed on, and terminals. */
interface ChannelCalls extends Linux {
    long TIOCSPTLCK = 0x40045431L;
    long TIOCGPTN = 0x80045430L;
    long TIOCSWINSZ = 0x5414L;
    int MESSAGE_CONTROL = 80;

    KernelEntry kernel();

    @Override
    default int[] socketpair() throws LinuxException {
        Scratch memory = kernel().memory(8);
        int pair = memory.reserve(8);
        kernel().must(
                        SystemCall.SOCKETPAIR,
                        1,
                        1 | OpenFlag.CLOEXEC,
                        0,
                        memory.address(pair),
                        0); // AF_UNIX, SOCK_STREAM
        return new int[] {memory.memory().getInt(pair), memory.memory().getInt(pair + 4)};
    }

    @Override
    default void sendDescriptor(int socket, int descriptor) throws LinuxException {
        Scratch memory = kernel().memory(256);
        int message = message(memory);
        ByteBuffer buffer = memory.memory();
        int control = message + MESSAGE_CONTROL;
        buffer.putLong(control, 20).putInt(control + 8, 1).putInt(control + 12, 1); // SOL_SOCKET, SCM_RIGHTS
        buffer.putInt(control + 16, descriptor);
        kernel().must(SystemCall.SENDMSG, socket, memory.address(message), 0, 0, 0);
    }

    @Override
    default int receiveDescriptor(int socket) throws LinuxException {
        Scratch memory = kernel().memory(256);
        int message = message(memory);
        long length = kernel().must(
                        SystemCall.RECVMSG, socket, memory.address(message), 0x40000000, 0, 0); // MSG_CMSG_CLOEXEC
        ByteBuffer buffer = memory.memory();
        boolean sent = length > 0 && buffer.getLong(message + 40) >= 20;
        return sent ? buffer.getInt(message + MESSAGE_CONTROL + 16) : -1;
    }

    /** {@code struct msghdr} with one byte of content, followed by that, a vector and a {@code struct cmsghdr} for one descriptor. */
    private static int message(Scratch memory) {
        int message = memory.zeroed(MESSAGE_CONTROL + 24);
        int vector = message + 56;
        int content = message + 72;
        ByteBuffer buffer = memory.memory();
        buffer.putLong(vector, memory.address(content)).putLong(vector + 8, 1);
        buffer.putLong(message + 16, memory.address(vector)).putLong(message + 24, 1);
        buffer.putLong(message + 32, memory.address(message + MESSAGE_CONTROL)).putLong(message + 40, 24);
        return message;
    }

    @Override
    default int unlockTerminal(int master) throws LinuxException {
        Scratch memory = kernel().memory(16);
        int number = memory.zeroed(8);
        kernel().must(SystemCall.IOCTL, master, TIOCSPTLCK, memory.address(number), 0, 0); // 0: unlocked
        kernel().must(SystemCall.IOCTL, master, TIOCGPTN, memory.address(number), 0, 0);
        return memory.memory().getInt(number);
    }

    @Override
    default void setWindowSize(int fd, int rows, int columns) throws LinuxException {
        Scratch memory = kernel().memory(16);
        int size = memory.zeroed(8); // struct winsize: rows, columns, and both in pixels
        memory.memory().putShort(size, (short) rows).putShort(size + 2, (short) columns);
        kernel().must(SystemCall.IOCTL, fd, TIOCSWINSZ, memory.address(size), 0, 0);
    }
}
