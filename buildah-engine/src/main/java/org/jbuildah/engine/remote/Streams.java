package org.jbuildah.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Streams that the other side reads a chunk at a time. Most files fit in one chunk, and then nothing is kept. */
final class Streams {
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, InputStream> open = new ConcurrentHashMap<>();

    /** The first chunk of a stream, which is closed with its last. */
    Answer.Chunk first(InputStream stream) throws IOException {
        int number = last.incrementAndGet();
        open.put(number, stream);
        return next(number);
    }

    Answer.Chunk next(int number) throws IOException {
        InputStream stream = open.get(number);
        if (stream == null) {
            throw new IOException("there is no stream " + number);
        }
        byte[] bytes = stream.readNBytes(Answer.Chunk.SIZE);
        boolean atEnd = bytes.length < Answer.Chunk.SIZE;
        if (atEnd) {
            end(number);
        }
        return new Answer.Chunk(number, bytes, atEnd);
    }

    void end(int number) throws IOException {
        InputStream stream = open.remove(number);
        if (stream != null) {
            stream.close();
        }
    }
}
