package org.jbuildah.engine.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.jbuildah.engine.api.BuildException;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of a body on their way out, and remembers whether reading them was what failed. */
final class SentBytes extends FilterInputStream {
    private final LongConsumer listener;
    private volatile long count;
    private volatile @Nullable IOException unreadable;

    SentBytes(InputStream in, LongConsumer listener) {
        super(in);
        this.listener = listener;
    }

    long count() {
        return count;
    }

    /** The failure to read the body, if that is why the request broke off. */
    @Nullable
    IOException unreadable() {
        return unreadable;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int n = in.read(buffer, offset, length);
            if (n > 0) {
                count(n);
            }
            return n;
        } catch (IOException e) {
            unreadable = e;
            throw e;
        } catch (BuildException e) { // it would not come through the HTTP client as what it is
            IOException wrapped = new IOException(e.what(), e);
            unreadable = wrapped;
            throw wrapped;
        }
    }

    private void count(int n) {
        long total = count + n;
        count = total; // one reader at a time: the HTTP client's
        listener.accept(total);
    }
}
