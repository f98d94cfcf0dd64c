package org.jbuildah.engine.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.StoreLock;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.RegistryClient;

/** Brings the layers of one image into the store, each once, whoever else wants it at the same time. */
final class LayerFetch {
    private final ContentStore store;
    private final RegistryClient registry;
    private final EventSink events;
    private final ResolvedImage image;
    private final Reference reference;

    LayerFetch(ContentStore store, RegistryClient registry, EventSink events, ResolvedImage image) {
        this.store = store;
        this.registry = registry;
        this.events = events;
        this.image = image;
        this.reference = Reference.parse(image.reference());
    }

    void run() throws InterruptedException {
        List<Callable<DiffId>> missing = new ArrayList<>();
        Set<DiffId> seen = new HashSet<>();
        for (int i = 0; i < image.config().diffIds().size(); i++) {
            DiffId layer = image.config().diffIds().get(i);
            Descriptor blob = image.manifest().layers().get(i);
            if (seen.add(layer) && !has(layer)) {
                missing.add(() -> fetch(layer, blob));
            }
        }
        SideBySide.run("fetch " + reference, missing);
    }

    private boolean has(DiffId layer) {
        try {
            return store.index(layer).isPresent();
        } catch (IOException e) {
            throw StoreFailure.of(store, e);
        }
    }

    private DiffId fetch(DiffId layer, Descriptor blob) throws InterruptedException {
        try {
            StoreLock lock = store.lock(blob.digest());
            try (lock) {
                if (!has(layer)) { // nobody brought it while this waited
                    ingest(layer, blob);
                }
                return layer;
            }
        } catch (InterruptedIOException e) {
            throw ImageLoader.interrupted(e);
        } catch (IOException e) {
            throw new ImageUnavailable(
                    FailureCode.IMAGE_CORRUPT,
                    "The layer " + blob.digest() + " of " + reference + " cannot be used: " + e.getMessage() + ".",
                    "Push the image again, or use another tag.",
                    e);
        }
    }

    private void ingest(DiffId layer, Descriptor blob) throws IOException, InterruptedException {
        boolean stored = store.contains(blob.digest());
        if (!stored && reference.isLocal()) {
            throw new IOException("the store no longer has its blob; build the image again");
        }
        try (InputStream bytes = stored ? store.open(blob.digest()) : watched(blob)) {
            DiffId found = store.ingest(blob, bytes);
            if (!found.equals(layer)) {
                throw new IOException("its diffID is " + found + ", and the config promises " + layer);
            }
        }
    }

    private InputStream watched(Descriptor blob) throws InterruptedException {
        return new WatchedInput(
                registry.blob(reference, blob),
                blob.size(),
                done -> events.event(new BuildEvent.BlobTransferred(
                        BuildEvent.Direction.PULL, reference.toString(), blob.digest(), done, blob.size())));
    }
}
