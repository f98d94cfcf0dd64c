package org.jbuildah.engine.content;

import java.io.IOException;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerSource;
import org.jbuildah.engine.oci.DiffId;

/** A layer of our own on its way into the store; entries come sorted by name bytes. Closing without commit leaves nothing. */
public interface LayerSink extends AutoCloseable {
    /** An entry without content. */
    void write(LayerEntry entry) throws IOException;

    /** A regular file. */
    void write(LayerEntry entry, LayerSource content) throws IOException;

    /** Makes tar and index durable. */
    DiffId commit() throws IOException;

    @Override
    void close() throws IOException;
}
