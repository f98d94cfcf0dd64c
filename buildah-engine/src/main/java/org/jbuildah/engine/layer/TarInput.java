package org.jbuildah.engine.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The bytes of a tar with their position. Every byte is read, never skipped underneath, so that a digest taken by the stream below sees
 * them all.
 */
final class TarInput {
    private final InputStream source;
    private final byte[] buffer = new byte[128 * 1024];
    private int start;
    private int end;
    private long position;

    TarInput(InputStream source) {
        this.source = source;
    }

    /** How many bytes have been handed out. */
    long position() {
        return position;
    }

    int read(byte[] target, int offset, int length) throws IOException {
        int count;
        if (start == end && length >= buffer.length) {
            count = source.read(target, offset, length);
        } else if (start == end && !fill()) {
            return -1;
        } else {
            count = Math.min(length, end - start);
            System.arraycopy(buffer, start, target, offset, count);
            start += count;
        }
        position += Math.max(count, 0);
        return count;
    }

    /** Reads until the target is full or the stream ends, and says how many bytes came. */
    int readUpTo(byte[] target, int length) throws IOException {
        int total = 0;
        while (total < length) {
            int count = read(target, total, length - total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    /** Hands {@code length} bytes to {@code sink}, fewer only where the stream ends. */
    long transfer(OutputStream sink, long length) throws IOException {
        long left = length;
        while (left > 0 && (start < end || fill())) {
            int count = (int) Math.min(left, end - start);
            sink.write(buffer, start, count);
            start += count;
            position += count;
            left -= count;
        }
        return length - left;
    }

    /** Goes forward to a position; false when the stream ends before it. */
    boolean advanceTo(long target) throws IOException {
        while (position < target) {
            if (start == end && !fill()) {
                return false;
            }
            int count = (int) Math.min(target - position, end - start);
            start += count;
            position += count;
        }
        return true;
    }

    void drain() throws IOException {
        while (start < end || fill()) {
            position += end - start;
            start = end;
        }
    }

    private boolean fill() throws IOException {
        start = 0;
        end = 0;
        int count = source.read(buffer, 0, buffer.length);
        end = Math.max(count, 0);
        return count > 0;
    }

    void close() throws IOException {
        source.close();
    }
}
