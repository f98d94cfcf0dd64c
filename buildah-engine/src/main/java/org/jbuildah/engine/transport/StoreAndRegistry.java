package org.jbuildah.engine.transport;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.FetchedManifest;
import org.jbuildah.engine.registry.RegistryClient;

/**
 * Base images from the local store and from registries.
 *
 * <p>A name without a registry is looked for among the images built here first ({@code localhost/NAME}), and is Docker Hub's after that.
 * What was fetched is tagged in the store by its full reference once all its layers are there, so that the next build finds it, and
 * never half of it.
 */
public final class StoreAndRegistry implements ImageSource {
    private final ContentStore store;
    private final RegistryClient registry;
    private final EventSink events;
    private final ImageLoader loader;
    /** Pulled by tag, without that tag in the store so far. */
    private final Map<String, Descriptor> untagged = new ConcurrentHashMap<>();

    public StoreAndRegistry(ContentStore store, RegistryClient registry, EventSink events) {
        this.store = store;
        this.registry = registry;
        this.events = events;
        this.loader = new ImageLoader(store, registry, events);
    }

    @Override
    public ResolvedImage resolve(String name, Platform platform, PullPolicy policy) throws InterruptedException {
        try {
            Optional<Descriptor> own = builtHere(name, policy);
            ResolvedImage image = own.isPresent()
                    ? loader.load(parseLocal(name), own.get(), platform, false)
                    : resolve(parse(name), platform, policy);
            events.event(new BuildEvent.ImageResolved(
                    image.reference(), image.descriptor().digest()));
            return image;
        } catch (IOException e) {
            throw StoreFailure.of(store, e);
        }
    }

    private Optional<Descriptor> builtHere(String name, PullPolicy policy) throws IOException {
        if (policy == PullPolicy.ALWAYS && !parse(name).isLocal()) {
            return Optional.empty();
        }
        Reference own = parseLocal(name);
        return own.isLocal() ? stored(own) : Optional.empty();
    }

    private ResolvedImage resolve(Reference image, Platform platform, PullPolicy policy)
            throws IOException, InterruptedException {
        return loader.load(image, descriptor(image, policy), platform, policy != PullPolicy.NEVER);
    }

    private Descriptor descriptor(Reference image, PullPolicy policy) throws IOException, InterruptedException {
        Optional<Descriptor> stored = stored(image);
        if (image.isLocal() && stored.isEmpty()) {
            throw new ImageUnavailable(
                    FailureCode.IMAGE_NOT_FOUND,
                    "There is no image " + image + " in the local store; names below localhost/ are images built here.",
                    "Build it first under that name, or name the registry it comes from.");
        }
        return switch (policy) {
            case NEVER -> stored.orElseThrow(() -> notStored(image));
            case MISSING -> stored.isPresent() ? stored.get() : pull(image);
            case ALWAYS -> pull(image);
            case NEWER -> newer(image, stored);
        };
    }

    /** What an image is there for: of an index all of its platforms. */
    List<Platform> platforms(String name, PullPolicy policy) throws InterruptedException {
        try {
            Optional<Descriptor> own = builtHere(name, policy);
            return own.isPresent()
                    ? loader.platforms(parseLocal(name), own.get(), false)
                    : loader.platforms(parse(name), descriptor(parse(name), policy), policy != PullPolicy.NEVER);
        } catch (IOException e) {
            throw StoreFailure.of(store, e);
        }
    }

    private Descriptor newer(Reference image, Optional<Descriptor> stored) throws IOException, InterruptedException {
        if (stored.isEmpty()) {
            return pull(image);
        }
        try {
            Optional<Descriptor> now = registry.headManifest(image);
            boolean same =
                    now.isPresent() && now.get().digest().equals(stored.get().digest());
            return same ? stored.get() : pull(image);
        } catch (ImageUnavailable e) {
            events.event(new BuildEvent.Warned("The registry does not say whether " + image
                    + " has changed; the stored image is used. " + e.what()));
            return stored.get();
        }
    }

    private Descriptor pull(Reference image) throws IOException, InterruptedException {
        FetchedManifest fetched = registry.manifest(image);
        store.put(fetched.digest(), fetched.bytes());
        if (image.digest() == null) {
            untagged.put(image.toString(), fetched.descriptor());
        }
        return fetched.descriptor();
    }

    /** The digest counts: with one, the tag need not be known. */
    private Optional<Descriptor> stored(Reference image) throws IOException {
        Digest digest = image.digest();
        if (digest == null) {
            return store.tags().find(image.toString());
        }
        return store.size(digest).map(bytes -> new Descriptor("", digest, bytes));
    }

    private static ImageUnavailable notStored(Reference image) {
        return new ImageUnavailable(
                FailureCode.IMAGE_NOT_FOUND,
                "The image " + image + " is not in the local store, and --pull=never forbids to fetch it.",
                "Fetch it with pull, or build with --pull=missing.");
    }

    private static Reference parse(String name) {
        return parse(name, Reference::parse);
    }

    private static Reference parseLocal(String name) {
        return parse(name, Reference::parseLocal);
    }

    private static Reference parse(String name, Function<String, Reference> reading) {
        try {
            return reading.apply(name);
        } catch (IllegalArgumentException e) {
            throw new ImageUnavailable(
                    FailureCode.REFERENCE_INVALID,
                    String.valueOf(e.getMessage()),
                    "A name is [registry/]repository[:tag][@digest], in lower case.",
                    e);
        }
    }

    @Override
    public void fetchLayers(ResolvedImage image) throws InterruptedException {
        new LayerFetch(store, registry, events, image).run();
        Descriptor whole = untagged.remove(image.reference());
        if (whole != null) {
            try {
                store.tags().tag(image.reference(), whole);
            } catch (IOException e) {
                throw StoreFailure.of(store, e);
            }
        }
    }
}
