package org.jbuildah.engine.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how far a stream has been read: every mebibyte, and at its end. */
final class WatchedInput extends FilterInputStream {
    private static final long STEP = 1 << 20;

    private final long size;
    private final LongConsumer heard;
    private long done;
    private long told;

    WatchedInput(InputStream in, long size, LongConsumer heard) {
        super(in);
        this.size = size;
        this.heard = heard;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(int more) {
        done += more;
        if (more > 0 && (done - told >= STEP || done == size)) {
            told = done;
            heard.accept(done);
        }
    }
}
