package org.jbuildah.engine.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes an uncompressed layer tar. Entries are written in the order given; callers sort by name bytes. The bytes are a pure
 * function of the entries and their contents.
 */
public final class LayerWriter implements AutoCloseable {
    public LayerWriter(OutputStream sink) {
        throw new IllegalStateException("contract only");
    }

    /** Writes an entry that has no content. */
    public void write(LayerEntry entry) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /**
     * Writes a regular file.
     *
     * @return where its content began in the tar
     * @throws IOException if {@code content} has not exactly {@link LayerEntry#size()} bytes
     */
    public long write(LayerEntry entry, InputStream content) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** Writes the end of the archive and flushes; the sink stays open. */
    @Override
    public void close() throws IOException {}
}
