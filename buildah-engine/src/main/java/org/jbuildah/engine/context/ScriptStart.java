package org.jbuildah.engine.context;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Looks at the first line of a file as it is read: a script whose interpreter has a carriage return in its name starts on no Linux. */
final class ScriptStart extends FilterInputStream {
    /** The kernel reads no more of it. */
    private static final int LONGEST = 256;

    private final Runnable listener;
    private int seen;
    private int last = -1;

    /** @param listener told once, if it is such a script */
    ScriptStart(InputStream in, Runnable listener) {
        super(in);
        this.listener = listener;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            look(value);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        for (int i = 0; i < count && seen < LONGEST; i++) {
            look(bytes[offset + i] & 0xff);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        seen = LONGEST; // what comes is not the beginning
        return in.skip(count);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void look(int value) {
        if (seen >= LONGEST) {
            return;
        }
        boolean script = seen > 1 || value == (seen == 0 ? '#' : '!');
        boolean lineEnds = value == '\n';
        if (script && lineEnds && last == '\r') {
            listener.run();
        }
        seen = script && !lineEnds ? seen + 1 : LONGEST;
        last = value;
    }
}
