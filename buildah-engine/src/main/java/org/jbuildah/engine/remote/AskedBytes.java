package org.jbuildah.engine.remote;

import java.io.IOException;
import java.io.InputStream;

/** Bytes of the other side, a chunk at a time. */
final class AskedBytes extends InputStream {
    private final Channel channel;
    private Answer.Chunk chunk;
    private int position;

    private AskedBytes(Channel channel, Answer.Chunk first) {
        this.channel = channel;
        this.chunk = first;
    }

    /** @param opening asks for the first chunk */
    static AskedBytes of(Channel channel, Question<Answer.Chunk> opening) throws IOException {
        return new AskedBytes(channel, channel.askForFiles(opening));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == chunk.bytes().length) {
            if (chunk.last()) {
                return -1;
            }
            chunk = channel.askForFiles(new Question.More(chunk.stream()));
            position = 0;
        }
        int count = Math.min(length, chunk.bytes().length - position);
        System.arraycopy(chunk.bytes(), position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return chunk.bytes().length - position;
    }

    @Override
    public void close() throws IOException {
        if (!chunk.last()) {
            channel.askForFiles(new Question.Enough(chunk.stream()));
            chunk = new Answer.Chunk(0, new byte[0], true);
            position = 0;
        }
    }
}
