package org.jbuildah.engine.tree;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** The content of one file, where it lies in a layer's tar. */
final class TarSlice extends InputStream {
    private static final int CHUNK = 128 * 1024;

    private final FileChannel tar;
    private final String what;
    private final long end;
    private long position;

    /** @param what for messages */
    TarSlice(FileChannel tar, long offset, long size, String what) {
        this.tar = tar;
        this.position = offset;
        this.end = offset + size;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        ByteBuffer wanted = ByteBuffer.wrap(target, offset, (int) Math.min(length, end - position));
        int count = tar.read(wanted, position);
        if (count < 0) {
            throw new IOException("The layer's tar ends at byte " + tar.size() + ", inside of " + what + ".");
        }
        position += count;
        return count;
    }

    @Override
    public long transferTo(OutputStream sink) throws IOException {
        long from = position;
        byte[] chunk = new byte[(int) Math.min(CHUNK, end - position)];
        while (position < end) {
            int count = read(chunk, 0, chunk.length);
            sink.write(chunk, 0, count);
        }
        return position - from;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, end - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(end - position, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
