package org.jbuildah.engine.linux;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One thread's native memory for the arguments of one call: a bump allocator over a direct buffer that is used again by the next
 * call. A buffer and not raw memory, so that a wrong offset is an exception and the memory goes with its thread.
 */
final class Scratch {
    private static final int USUAL = 64 * 1024 + 8 * 1024;
    private static final MemoryIO ADDRESSES = MemoryIO.getInstance();

    private ByteBuffer memory = allocate(USUAL);
    private long base = ADDRESSES.getDirectBufferAddress(memory);
    private int position;

    private static ByteBuffer allocate(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    /** Forgets the last call; {@code size} bytes, alignment aside, are there for the next. */
    Scratch begin(int size) {
        position = 0;
        int needed = size + 1024;
        if (memory.capacity() < needed) {
            memory = allocate(needed);
            base = ADDRESSES.getDirectBufferAddress(memory);
        } else if (memory.capacity() > USUAL && needed <= USUAL) {
            memory = allocate(USUAL); // a huge argument list is not kept for the thread's life
            base = ADDRESSES.getDirectBufferAddress(memory);
        }
        return this;
    }

    /** The offset of {@code size} fresh bytes, aligned to 16, of unknown content. */
    int reserve(int size) {
        int at = position + 15 & ~15;
        position = at + size;
        if (position > memory.capacity()) {
            throw new IllegalStateException("a call needs more native memory than it asked for");
        }
        return at;
    }

    /** As {@link #reserve}, zeroed. */
    int zeroed(int size) {
        int at = reserve(size);
        for (int i = 0; i < size; i++) {
            memory.put(at + i, (byte) 0);
        }
        return at;
    }

    /** The offset of the bytes. */
    int copy(byte[] bytes) {
        int at = reserve(bytes.length);
        memory.put(at, bytes);
        return at;
    }

    /** The address of the bytes with a NUL after them. */
    long string(byte[] bytes) {
        int at = reserve(bytes.length + 1);
        memory.put(at, bytes);
        memory.put(at + bytes.length, (byte) 0);
        return address(at);
    }

    long address(int offset) {
        return base + offset;
    }

    ByteBuffer memory() {
        return memory;
    }
}
