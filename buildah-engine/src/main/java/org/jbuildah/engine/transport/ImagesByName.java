package org.jbuildah.engine.transport;

import java.util.List;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.RegistryClient;

/** Base images from wherever their name says: {@code oci-layout://} a directory, else the local store and the registries. */
public final class ImagesByName implements ImageSource {
    private final ImageSource layouts;
    private final StoreAndRegistry registries;

    public ImagesByName(ContentStore store, RegistryClient registry, EventSink events) {
        layouts = new LayoutImages(store, events);
        registries = new StoreAndRegistry(store, registry, events);
    }

    @Override
    public ResolvedImage resolve(String name, Platform platform, PullPolicy policy) throws InterruptedException {
        return of(name).resolve(name, platform, policy);
    }

    @Override
    public void fetchLayers(ResolvedImage image) throws InterruptedException {
        of(image.reference()).fetchLayers(image);
    }

    /** What an image of the store or a registry is there for: of an index all of its platforms. */
    public List<Platform> platforms(String name, PullPolicy policy) throws InterruptedException {
        return registries.platforms(name, policy);
    }

    private ImageSource of(String name) {
        return name.startsWith(LayoutName.TRANSPORT) ? layouts : registries;
    }
}
