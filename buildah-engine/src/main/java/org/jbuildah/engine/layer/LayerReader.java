package org.jbuildah.engine.layer;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads an uncompressed layer tar from front to back. */
public final class LayerReader implements AutoCloseable {
    public LayerReader(InputStream tar) {
        throw new IllegalStateException("contract only");
    }

    /** The next entry, or null at the end of the archive. What is left of the entry before is skipped. */
    public @Nullable LayerEntry next() throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** The content of the entry that {@link #next()} gave last, {@link LayerEntry#size()} bytes, holes as zeros. */
    public InputStream content() {
        throw new IllegalStateException("contract only");
    }

    /**
     * Where the content of the last entry begins in the uncompressed tar; -1 where it is sparse and so not one run of bytes.
     */
    public long contentOffset() {
        throw new IllegalStateException("contract only");
    }

    @Override
    public void close() throws IOException {}
}
