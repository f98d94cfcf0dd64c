package org.jbuildah.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageInspection;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Platform;

/** Reads the documents of images of the store. */
final class Inspection {
    private final Assembly parts;
    private final ContentStore store;

    Inspection(Assembly parts) {
        this.parts = parts;
        this.store = parts.store();
    }

    /** @throws ImageUnavailable if there is no such image, or only its config is there */
    ImageInspection of(String image) {
        try {
            Found found = found(image);
            byte[] document = store.read(found.manifest());
            Digest id = Json.parseManifest(document).config().digest();
            return new ImageInspection(
                    found.name(),
                    id,
                    found.manifest(),
                    new String(document, StandardCharsets.UTF_8),
                    new String(store.read(id), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw parts.unreadable(failure);
        }
    }

    /** A manifest, and the name that it or its index has. */
    private record Found(String name, Digest manifest) {}

    private Found found(String image) throws IOException {
        StoredImages stored = parts.storedImages();
        Optional<StoredImages.Named> entry = stored.entry(image);
        if (entry.isPresent()) {
            String name = entry.get().reference();
            return new Found(name, forThisMachine(name, entry.get().descriptor()));
        }
        Optional<Digest> id = stored.id(image);
        Optional<ImageSummary> listed = id.isPresent() ? stored.listed(id.get()) : Optional.empty();
        if (listed.isEmpty()) {
            throw stored.unknown(image, "Only images with a name have a manifest in it.");
        }
        return new Found(listed.get().name(), listed.get().manifest());
    }

    private Digest forThisMachine(String name, Descriptor entry) throws IOException {
        byte[] document = store.read(entry.digest());
        if (!MediaType.isIndex(Json.mediaTypeOf(document))) {
            return entry.digest();
        }
        Platform own = Platform.ofThisMachine();
        for (Descriptor image : Json.parseIndex(document).manifests()) {
            Platform platform = image.platform();
            if (platform != null && platform.satisfies(own) && store.contains(image.digest())) {
                return image.digest();
            }
        }
        throw new ImageUnavailable(
                FailureCode.IMAGE_PLATFORM_MISSING,
                "\"" + name + "\" is an index, and the store has none of its images for " + own + ".",
                "\"images\" lists those that are there, with their ids, which can be inspected.");
    }
}
