package org.jbuildah.engine.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.StoreLock;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;

/** Base images from image layout directories of this machine; the store gets a copy of what is used. */
final class LayoutImages implements ImageSource {
    private static final int MOST_INDEXES = 8;

    private final ContentStore store;
    private final EventSink events;

    LayoutImages(ContentStore store, EventSink events) {
        this.store = store;
        this.events = events;
    }

    @Override
    public ResolvedImage resolve(String name, Platform platform, PullPolicy policy) {
        LayoutName layout = LayoutName.parse(name);
        try {
            Descriptor descriptor = layout.chosenOf(Json.parseIndex(Files.readAllBytes(layout.index())));
            byte[] document = taken(layout, descriptor);
            for (int depth = 0; MediaType.isIndex(Json.mediaTypeOf(document)) && depth < MOST_INDEXES; depth++) {
                descriptor = ofPlatform(layout, Json.parseIndex(document), platform);
                document = taken(layout, descriptor);
            }
            Manifest manifest = Json.parseManifest(document);
            ImageConfig config = Json.parseConfig(taken(layout, manifest.config()));
            if (config.diffIds().size() != manifest.layers().size()) {
                throw new IllegalArgumentException("its config and its manifest name different numbers of layers");
            }
            events.event(new BuildEvent.ImageResolved(name, descriptor.digest()));
            return new ResolvedImage(name, descriptor, manifest, config);
        } catch (NoSuchFileException missing) {
            throw new ImageUnavailable(
                    FailureCode.IMAGE_NOT_FOUND,
                    "The image layout " + layout.directory() + " has no " + missing.getFile() + ".",
                    "Name a directory that holds index.json and blobs.",
                    missing);
        } catch (IOException | IllegalArgumentException broken) {
            throw corrupt(name, broken);
        }
    }

    private static Descriptor ofPlatform(LayoutName layout, Index index, Platform platform) {
        return PlatformChoice.choose(index, platform)
                .orElseThrow(() -> new ImageUnavailable(
                        FailureCode.IMAGE_PLATFORM_MISSING,
                        "The image " + layout + " has nothing for the platform " + platform + ".",
                        "It is there for " + PlatformChoice.platforms(index) + "."));
    }

    /** A document of the layout, which is in the store after that; its digest is verified. */
    private byte[] taken(LayoutName layout, Descriptor descriptor) throws IOException {
        byte[] bytes = Files.readAllBytes(layout.blob(descriptor.digest()));
        if (!store.contains(descriptor.digest())) {
            store.put(descriptor.digest(), bytes);
        }
        return store.read(descriptor.digest());
    }

    @Override
    public void fetchLayers(ResolvedImage image) throws InterruptedException {
        LayoutName layout = LayoutName.parse(image.reference());
        try {
            for (int i = 0; i < image.config().diffIds().size(); i++) {
                fetch(
                        layout,
                        image.config().diffIds().get(i),
                        image.manifest().layers().get(i));
            }
        } catch (InterruptedIOException e) {
            throw ImageLoader.interrupted(e);
        } catch (IOException broken) {
            throw corrupt(image.reference(), broken);
        }
    }

    private void fetch(LayoutName layout, DiffId layer, Descriptor blob) throws IOException {
        StoreLock lock = store.lock(blob.digest());
        try (lock) {
            if (store.index(layer).isPresent()) {
                return;
            }
            Path file = layout.blob(blob.digest());
            try (InputStream bytes = Files.newInputStream(file)) {
                DiffId found = store.ingest(blob, bytes);
                if (!found.equals(layer)) {
                    throw new IOException(
                            "the diffID of " + file + " is " + found + ", and its config promises " + layer);
                }
            }
        }
    }

    private static ImageUnavailable corrupt(String name, Exception why) {
        return new ImageUnavailable(
                FailureCode.IMAGE_CORRUPT,
                "The image " + name + " cannot be read: " + why.getMessage() + ".",
                "Write the layout anew.",
                why);
    }
}
