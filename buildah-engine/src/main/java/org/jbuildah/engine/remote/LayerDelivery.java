package org.jbuildah.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.StoreLock;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;

/** Brings layers from the other side's store into this side's: those that are missing here, verified and indexed. */
record LayerDelivery(Channel channel, ContentStore store) {
    void bring(List<DiffId> layers) throws IOException, InterruptedException {
        for (DiffId layer : layers) {
            if (store.index(layer).isEmpty()) {
                bring(layer);
            }
        }
    }

    private void bring(DiffId layer) throws IOException, InterruptedException {
        List<Descriptor> forms = channel.ask(new Question.Layer(layer)).forms();
        if (forms.isEmpty()) {
            throw new IOException("the layer " + layer + " is in neither store");
        }
        Descriptor form = forms.get(0);
        StoreLock lock = store.lock(form.digest());
        try (lock) {
            if (store.index(layer).isPresent()) {
                return; // another build was faster
            }
            try (InputStream bytes = AskedBytes.of(channel, new Question.OpenBlob(form.digest()))) {
                DiffId found = store.ingest(form, bytes);
                if (!found.equals(layer)) {
                    throw new IOException("the layer " + layer + " came as " + found);
                }
            }
        }
    }
}
