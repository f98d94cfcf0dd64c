package org.jbuildah.engine.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.BlobSource;
import org.jbuildah.engine.registry.RegistryClient;

/** To a registry: layers side by side, compressed once and kept so; config, then manifest last. */
final class RegistrySink implements ImageSink {
    private static final int MOST_MOUNTS = 3;

    private final ContentStore store;
    private final RegistryClient registry;
    private final EventSink events;
    private final Reference target;
    private final LayerPacking packing;

    RegistrySink(
            ContentStore store,
            RegistryClient registry,
            EventSink events,
            Reference target,
            LayerCompression compression) {
        this.store = store;
        this.registry = registry;
        this.events = events;
        this.target = target;
        this.packing = new LayerPacking(store, compression);
    }

    @Override
    public Descriptor write(OutgoingImage outgoing, String name, ImageFormat format)
            throws IOException, InterruptedException {
        return put(outgoing, target, format).manifest();
    }

    /** The images by their digests, then the index by the tag: who asks for the tag meanwhile gets what was there before, whole. */
    @Override
    public Descriptor write(OutgoingIndex outgoing, String name, ImageFormat format)
            throws IOException, InterruptedException {
        Reference repository = new Reference(target.registry(), target.repository(), null, null);
        List<FinishedImage> images = new ArrayList<>();
        for (OutgoingImage image : outgoing.images()) {
            images.add(put(image, repository, format));
        }
        FinishedIndex index = FinishedIndex.of(images, format);
        registry.pushManifest(target, index.descriptor().mediaType(), index.bytes());
        return index.descriptor();
    }

    /** @param place the reference under which the manifest is put; without a tag, under its digest */
    private FinishedImage put(OutgoingImage outgoing, Reference place, ImageFormat format)
            throws IOException, InterruptedException {
        List<String> mountFrom = repositoriesThatMayHaveIt();
        Map<DiffId, Callable<Descriptor>> pushes = new LinkedHashMap<>();
        for (DiffId layer : outgoing.config().diffIds()) {
            pushes.put(layer, () -> push(layer, format, mountFrom));
        }
        List<Descriptor> pushed = SideBySide.run("push " + target, List.copyOf(pushes.values()));
        Map<DiffId, Descriptor> byLayer = new LinkedHashMap<>();
        int next = 0;
        for (DiffId layer : pushes.keySet()) {
            byLayer.put(layer, pushed.get(next++));
        }
        List<Descriptor> layers =
                outgoing.config().diffIds().stream().map(byLayer::get).toList();
        FinishedImage image = FinishedImage.of(outgoing, layers, format);
        push(image.config(), List.of(), () -> new ByteArrayInputStream(image.configBytes()));
        registry.pushManifest(place, image.manifest().mediaType(), image.manifestBytes());
        return image;
    }

    private Descriptor push(DiffId layer, ImageFormat format, List<String> mountFrom) throws InterruptedException {
        try {
            Descriptor blob = packing.packed(layer, format);
            push(blob, mountFrom, () -> store.open(blob.digest()));
            return blob;
        } catch (InterruptedIOException e) {
            throw ImageLoader.interrupted(e);
        } catch (IOException e) {
            throw StoreFailure.of(store, e);
        }
    }

    private void push(Descriptor blob, List<String> mountFrom, BlobSource bytes) throws InterruptedException {
        registry.pushBlob(
                target,
                blob,
                mountFrom,
                bytes,
                sent -> events.event(new BuildEvent.BlobTransferred(
                        BuildEvent.Direction.PUSH, target.toString(), blob.digest(), sent, blob.size())));
    }

    /** The images of the same registry that this store knows: one of them is likely the base. */
    private List<String> repositoriesThatMayHaveIt() throws IOException {
        List<String> repositories = new ArrayList<>();
        for (String tagged : store.tags().all().keySet()) {
            try {
                Reference known = Reference.parse(tagged);
                boolean other = !known.repository().equals(target.repository());
                if (known.registry().equals(target.registry()) && other && !repositories.contains(known.repository())) {
                    repositories.add(known.repository());
                }
            } catch (IllegalArgumentException e) {
                // a name that some other tool put into index.json
            }
        }
        return List.copyOf(repositories.subList(0, Math.min(MOST_MOUNTS, repositories.size())));
    }
}
