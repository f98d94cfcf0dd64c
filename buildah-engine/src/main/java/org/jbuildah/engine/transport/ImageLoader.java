package org.jbuildah.engine.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.registry.FetchedManifest;
import org.jbuildah.engine.registry.RegistryClient;

/** From a descriptor to manifest and config, by way of indexes; fetches what the store lacks. */
final class ImageLoader {
    private static final long LARGEST_CONFIG = 32L << 20;

    private final ContentStore store;
    private final RegistryClient registry;
    private final EventSink events;

    ImageLoader(ContentStore store, RegistryClient registry, EventSink events) {
        this.store = store;
        this.registry = registry;
        this.events = events;
    }

    /** @param mayFetch false: what the store lacks is an error */
    ResolvedImage load(Reference image, Descriptor descriptor, Platform platform, boolean mayFetch)
            throws IOException, InterruptedException {
        byte[] bytes = manifest(image, descriptor, mayFetch);
        try {
            if (MediaType.isIndex(Json.mediaTypeOf(bytes))) {
                return load(image, choose(image, Json.parseIndex(bytes), platform), platform, mayFetch);
            }
            Manifest manifest = Json.parseManifest(bytes);
            ImageConfig config = Json.parseConfig(config(image, manifest.config(), mayFetch));
            if (config.diffIds().size() != manifest.layers().size()) {
                throw new IllegalArgumentException(
                        "its config names " + config.diffIds().size() + " layers, its manifest "
                                + manifest.layers().size());
            }
            warnOfOtherPlatform(image, config.platform(), platform);
            Descriptor named = new Descriptor(manifest.mediaType(), descriptor.digest(), bytes.length);
            return new ResolvedImage(image.toString(), named, manifest, config);
        } catch (IllegalArgumentException e) {
            throw corrupt(image, e);
        }
    }

    private static ImageUnavailable corrupt(Reference image, IllegalArgumentException e) {
        return new ImageUnavailable(
                FailureCode.IMAGE_CORRUPT,
                "The image " + image + " cannot be read: " + e.getMessage() + ".",
                "Is it a container image? Push it again, or use another tag.",
                e);
    }

    /** @param mayFetch false: what the store lacks is an error */
    List<Platform> platforms(Reference image, Descriptor descriptor, boolean mayFetch)
            throws IOException, InterruptedException {
        byte[] bytes = manifest(image, descriptor, mayFetch);
        try {
            if (MediaType.isIndex(Json.mediaTypeOf(bytes))) {
                return PlatformChoice.all(Json.parseIndex(bytes));
            }
            return List.of(
                    Json.parseConfig(config(image, Json.parseManifest(bytes).config(), mayFetch))
                            .platform());
        } catch (IllegalArgumentException e) {
            throw corrupt(image, e);
        }
    }

    private static Descriptor choose(Reference image, Index index, Platform platform) {
        Optional<Descriptor> chosen = PlatformChoice.choose(index, platform);
        return chosen.orElseThrow(() -> new ImageUnavailable(
                FailureCode.IMAGE_PLATFORM_MISSING,
                "The image " + image + " has nothing for the platform " + platform + ".",
                "It is there for " + PlatformChoice.platforms(index)
                        + ": choose one of them with --platform, or another image."));
    }

    private void warnOfOtherPlatform(Reference image, Platform is, Platform wanted) {
        if (!is.architecture().isEmpty() && !is.satisfies(wanted)) {
            events.event(new BuildEvent.Warned(
                    "The image " + image + " is for " + is + ", and " + wanted + " was asked for; it has no other."));
        }
    }

    private byte[] manifest(Reference image, Descriptor descriptor, boolean mayFetch)
            throws IOException, InterruptedException {
        if (!store.contains(descriptor.digest()) && mayFetch) {
            FetchedManifest fetched = registry.manifest(image, descriptor.digest());
            store.put(fetched.digest(), fetched.bytes());
            return fetched.bytes();
        }
        return store.read(descriptor.digest());
    }

    private byte[] config(Reference image, Descriptor config, boolean mayFetch)
            throws IOException, InterruptedException {
        if (store.contains(config.digest()) || !mayFetch) {
            return store.read(config.digest());
        }
        if (config.size() > LARGEST_CONFIG) {
            throw new IllegalArgumentException("its config has " + config.size() + " bytes");
        }
        try (InputStream in = registry.blob(image, config)) {
            byte[] bytes = in.readAllBytes();
            store.put(config.digest(), bytes);
            return bytes;
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        }
    }

    static InterruptedException interrupted(InterruptedIOException e) {
        Thread.interrupted(); // the exception says it now
        InterruptedException interrupted = new InterruptedException(e.getMessage());
        interrupted.initCause(e);
        return interrupted;
    }
}
