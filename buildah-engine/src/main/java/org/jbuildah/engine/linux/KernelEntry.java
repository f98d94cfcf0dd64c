package org.jbuildah.engine.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way into the kernel: the C library's {@code syscall} function, and native memory for what its arguments point to. Each thread has
 * its own; what one call has laid there, the thread's next call may overwrite.
 */
final class KernelEntry {
    /** The empty path: with AT_EMPTY_PATH the descriptor itself. */
    static final byte[] HERE = {};

    static final int POLLIN = 1;

    private final LibC libc;
    private final Architecture architecture;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    KernelEntry(LibC libc, Architecture architecture) {
        this.libc = libc;
        this.architecture = architecture;
    }

    LibC libc() {
        return libc;
    }

    Architecture architecture() {
        return architecture;
    }

    /** The thread's memory, emptied, with room for that many bytes. */
    Scratch memory(int size) {
        return scratch.get().begin(size);
    }

    /** The result as the kernel gives it: a negative number is an error's. */
    long call(SystemCall call, long a, long b, long c, long d, long e) {
        return libc.syscall(call.number(architecture), a, b, c, d, e);
    }

    long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
        return libc.syscall(call.number(architecture), a, b, c, d, e, f);
    }

    /** Again after an interruption by a signal; any other error is thrown. */
    long must(SystemCall call, long a, long b, long c, long d, long e) throws LinuxException {
        return must(call, HERE, a, b, c, d, e);
    }

    /** @param subject the path that the error names */
    long must(SystemCall call, byte[] subject, long a, long b, long c, long d, long e) throws LinuxException {
        long result;
        do {
            result = call(call, a, b, c, d, e);
        } while (result == -Errno.EINTR.number());
        return check(call, subject, result);
    }

    static long check(SystemCall call, byte[] subject, long result) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(call.title(), new String(subject, StandardCharsets.UTF_8), (int) -result);
        }
        return result;
    }

    /** The thread's memory with room for a path, which must not hold a NUL, and for a small result. */
    Scratch begin(SystemCall call, byte[] path) throws LinuxException {
        return begin(call, path, 0);
    }

    Scratch begin(SystemCall call, byte[] path, byte[] other) throws LinuxException {
        if (hasNul(other)) {
            throw new LinuxException(call.title(), new String(other, StandardCharsets.UTF_8), Errno.EINVAL.number());
        }
        return begin(call, path, other.length);
    }

    Scratch begin(SystemCall call, byte[] path, int more) throws LinuxException {
        if (hasNul(path)) {
            throw new LinuxException(call.title(), new String(path, StandardCharsets.UTF_8), Errno.EINVAL.number());
        }
        return memory(path.length + more + 8192); // and a result of a page at most
    }

    /** Where in the memory the {@code struct pollfd}s lie, as the kernel answered them. */
    int poll(Scratch memory, int[] fds, int timeoutMillis) throws LinuxException {
        int polled = memory.zeroed(fds.length * 8); // struct pollfd: fd, events, revents
        for (int i = 0; i < fds.length; i++) {
            memory.memory().putInt(polled + i * 8, fds[i]);
            memory.memory().putShort(polled + i * 8 + 4, (short) POLLIN);
        }
        int time = memory.reserve(16);
        memory.memory().putLong(time, timeoutMillis / 1000);
        memory.memory().putLong(time + 8, timeoutMillis % 1000 * 1_000_000L);
        long result = call(SystemCall.PPOLL, memory.address(polled), fds.length, memory.address(time), 0, 8);
        if (result < 0 && result != -Errno.EINTR.number()) {
            throw new LinuxException("ppoll", "", (int) -result);
        }
        return polled;
    }

    static boolean hasNul(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    long ints(int[] values) {
        Scratch memory = memory(values.length * 4);
        return memory.address(copy(memory, values));
    }

    static int copy(Scratch memory, int[] values) {
        int at = memory.reserve(values.length * 4);
        for (int i = 0; i < values.length; i++) {
            memory.memory().putInt(at + i * 4, values[i]);
        }
        return at;
    }

    /** The address of an array of strings that ends with a null pointer. */
    static long vector(Scratch memory, byte[][] strings) {
        int at = memory.reserve(8 * (strings.length + 1));
        ByteBuffer buffer = memory.memory();
        for (int i = 0; i < strings.length; i++) {
            buffer.putLong(at + 8 * i, memory.string(strings[i]));
        }
        buffer.putLong(at + 8 * strings.length, 0);
        return memory.address(at);
    }

    static int size(byte[][] strings) {
        int size = 0;
        for (byte[] string : strings) {
            size += string.length + 32; // pointer, NUL, alignment
        }
        return size;
    }

    static byte[] bytes(Scratch memory, int at, int length) {
        byte[] bytes = new byte[length];
        memory.memory().get(at, bytes);
        return bytes;
    }

    static byte[] optional(@Nullable String text) {
        return text == null ? HERE : utf8(text);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[][] utf8(List<String> texts) {
        byte[][] bytes = new byte[texts.size()][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = utf8(texts.get(i));
        }
        return bytes;
    }
}
