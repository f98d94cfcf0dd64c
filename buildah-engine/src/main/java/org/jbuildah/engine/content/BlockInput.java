package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads in blocks, and knows whether there is more: {@link #available()} waits for a byte. {@link java.util.zip.GZIPInputStream} asks it
 * at the end of each member, and would drop all members after the first where a network is slow.
 */
final class BlockInput extends InputStream {
    private final InputStream in;
    private final byte[] block;
    private int position;
    private int limit;

    BlockInput(InputStream in, int size) {
        this.in = in;
        block = new byte[size];
    }

    /** The next bytes, without taking them; fewer at the end. */
    byte[] peek(int count) throws IOException {
        while (limit - position < count) {
            int read = in.read(block, limit, block.length - limit);
            if (read < 0) {
                break;
            }
            limit += read;
        }
        return Arrays.copyOfRange(block, position, Math.min(limit, position + count));
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(block, 0, block.length));
        }
        return position < limit;
    }

    @Override
    public int available() throws IOException {
        return fill() ? limit - position : 0;
    }

    @Override
    public int read() throws IOException {
        return fill() ? block[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(block, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
