package org.jbuildah.engine.layer;

import static org.jbuildah.engine.layer.TarHeader.BLOCK;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes an uncompressed layer tar. Entries are written in the order given; callers sort by name bytes. The bytes are a pure
 * function of the entries and their contents: ustar where an entry fits into it, pax records where it does not, times in whole seconds,
 * no user or group names.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">image-spec: layer</a>
 */
public final class LayerWriter implements AutoCloseable {
    private final OutputStream sink;
    private final UstarHeader header = new UstarHeader();
    private final byte[] buffer = new byte[256 * 1024];
    private int filled;
    private long position;
    private boolean closed;

    public LayerWriter(OutputStream sink) {
        this.sink = sink;
    }

    /** How many bytes the tar has so far. */
    public long position() {
        return position;
    }

    /** Writes an entry that has no content. */
    public void write(LayerEntry entry) throws IOException {
        if (entry.size() != 0) {
            throw new IllegalArgumentException("\"" + entry.name() + "\" has content");
        }
        writeHeader(entry);
    }

    /**
     * Writes a regular file.
     *
     * @return where its content began in the tar
     * @throws IOException if {@code content} has not exactly {@link LayerEntry#size()} bytes
     */
    public long write(LayerEntry entry, InputStream content) throws IOException {
        if (!entry.isFile()) {
            throw new IllegalArgumentException("\"" + entry.name() + "\" is no regular file");
        }
        writeHeader(entry);
        long start = position;
        long end = start + entry.size();
        while (position < end) {
            if (filled == buffer.length) {
                flush();
            }
            int count = content.read(buffer, filled, (int) Math.min(buffer.length - filled, end - position));
            if (count < 0) {
                throw changed(entry, "ended after " + (position - start));
            }
            filled += count;
            position += count;
        }
        if (content.read() >= 0) {
            throw changed(entry, "goes on after " + entry.size());
        }
        pad();
        return start;
    }

    /** Writes the end of the archive and flushes; the sink stays open. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            put(new byte[2 * BLOCK], 2 * BLOCK);
            flush();
            sink.flush();
        }
    }

    private static IOException changed(LayerEntry entry, String what) {
        return new IOException("The content of \"" + entry.name() + "\" " + what + " bytes; " + entry.size()
                + " were announced. Did the file change while it was read?");
    }

    private void writeHeader(LayerEntry entry) throws IOException {
        byte[] records = header.describe(entry);
        if (records.length > 0) {
            put(UstarHeader.ofRecords(records.length), BLOCK);
            put(records, records.length);
            pad();
        }
        put(header.bytes(), BLOCK);
    }

    private void pad() throws IOException {
        int odd = (int) (position % BLOCK);
        if (odd > 0) {
            if (buffer.length - filled < BLOCK) {
                flush();
            }
            Arrays.fill(buffer, filled, filled + BLOCK - odd, (byte) 0);
            filled += BLOCK - odd;
            position += BLOCK - odd;
        }
    }

    private void put(byte[] bytes, int length) throws IOException {
        if (buffer.length - filled < length) {
            flush();
        }
        if (length > buffer.length) {
            sink.write(bytes, 0, length);
        } else {
            System.arraycopy(bytes, 0, buffer, filled, length);
            filled += length;
        }
        position += length;
    }

    private void flush() throws IOException {
        sink.write(buffer, 0, filled);
        filled = 0;
    }
}
