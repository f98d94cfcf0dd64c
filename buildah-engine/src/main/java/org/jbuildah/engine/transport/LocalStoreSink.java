package org.jbuildah.engine.transport;

import java.io.IOException;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;

/** Into the local store: its layers are there already. */
final class LocalStoreSink implements ImageSink {
    private final ContentStore store;

    LocalStoreSink(ContentStore store) {
        this.store = store;
    }

    @Override
    public Descriptor write(OutgoingImage outgoing, String name, ImageFormat format) throws IOException {
        FinishedImage image = new LayerBlobs(store).inStore(outgoing, format);
        put(image);
        return named(image.manifest(), name);
    }

    @Override
    public Descriptor write(OutgoingIndex outgoing, String name, ImageFormat format) throws IOException {
        FinishedIndex index = new LayerBlobs(store).inStore(outgoing, format);
        for (FinishedImage image : index.images()) {
            put(image);
        }
        store.put(index.descriptor().mediaType(), index.bytes());
        return named(index.descriptor(), name);
    }

    private void put(FinishedImage image) throws IOException {
        store.put(image.config().mediaType(), image.configBytes());
        store.put(image.manifest().mediaType(), image.manifestBytes());
    }

    private Descriptor named(Descriptor document, String name) throws IOException {
        if (!name.isEmpty()) {
            store.tags().tag(name, document);
        }
        return document;
    }
}
