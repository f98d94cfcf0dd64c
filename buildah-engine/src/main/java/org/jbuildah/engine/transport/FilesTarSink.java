package org.jbuildah.engine.transport;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerSource;
import org.jbuildah.engine.layer.LayerWriter;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.tree.ImageTree;

/** The files of an image as one tar: owners, modes, times, links and devices are there, whoever writes it. */
final class FilesTarSink implements ImageSink {
    private static final int BUFFER = 1 << 16;

    private final ContentStore store;
    private final OutputStream out;

    /** @param out flushed at the end and left open */
    FilesTarSink(ContentStore store, OutputStream out) {
        this.store = store;
        this.out = out;
    }

    @Override
    public Descriptor write(OutgoingImage image, String name, ImageFormat format) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        try (LayerWriter tar = new LayerWriter(buffered)) {
            FileWalk.walk(ImageTree.of(store, image.config().diffIds()), new Entries(tar));
        }
        buffered.flush();
        return new LayerBlobs(store).inStore(image, format).manifest();
    }

    private record Entries(LayerWriter tar) implements FileWalk.Visitor {
        @Override
        public void file(LayerEntry entry, LayerSource content) throws IOException {
            if (!entry.isFile()) {
                tar.write(entry);
                return;
            }
            try (InputStream bytes = content.open()) {
                tar.write(entry, bytes);
            }
        }

        @Override
        public void left(LayerEntry directory) {}
    }
}
