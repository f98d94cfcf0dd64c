package org.jbuildah.engine.tree;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jbuildah.engine.layer.LayerReader;

/** The content that a reader stands at; closing it closes the reader. */
final class ReadFromTar extends FilterInputStream {
    private final LayerReader reader;

    ReadFromTar(LayerReader reader) {
        super(reader.content());
        this.reader = reader;
    }

    @Override
    public long transferTo(OutputStream sink) throws IOException {
        return in.transferTo(sink);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
