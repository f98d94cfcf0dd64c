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
        store.put(image.config().mediaType(), image.configBytes());
        store.put(image.manifest().mediaType(), image.manifestBytes());
        if (!name.isEmpty()) {
            store.tags().tag(name, image.manifest());
        }
        return image.manifest();
    }
}
