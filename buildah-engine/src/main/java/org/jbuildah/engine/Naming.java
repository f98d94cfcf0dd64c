package org.jbuildah.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.Untagged;
import org.jbuildah.engine.content.Tags;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.MediaType;

/** Gives images of the store names, and takes them away. No blob comes or goes with a name, but a manifest for an image that had none. */
final class Naming {
    private final Assembly parts;
    private final Tags tags;
    private final StoredImages stored;

    Naming(Assembly parts) {
        this.parts = parts;
        this.tags = parts.store().tags();
        this.stored = parts.storedImages();
    }

    /** @param names full references */
    void tag(String image, List<String> names) throws InterruptedException {
        try {
            Optional<StoredImages.Named> entry = stored.entry(image);
            if (entry.isEmpty()) { // an image that was built without a name
                StoredImages.Stored unnamed = stored.find(image);
                Place store = new Place(parts.localSink(), "the local store");
                for (String name : names) {
                    store.write(unnamed.content(), name, unnamed.format());
                }
                return;
            }
            for (String name : names) {
                tags.tag(name, entry.get().descriptor()); // the manifest or index as it is, bytes and all
            }
        } catch (IOException failure) {
            throw parts.unreadable(failure);
        }
    }

    Untagged untag(String image, boolean several) {
        try {
            Optional<StoredImages.Named> named = stored.named(image);
            if (named.isPresent()) {
                return without(List.of(named.get()));
            }
            Optional<Digest> id = stored.id(image);
            List<StoredImages.Named> all = id.isEmpty() ? List.of() : stored.named(id.get());
            if (all.isEmpty()) {
                throw id.isPresent() ? nameless(image, id.get()) : stored.unknown(image, "");
            }
            if (all.size() > 1 && !several) {
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The image " + image + " has " + all.size() + " names: "
                                + all.stream()
                                        .map(StoredImages.Named::reference)
                                        .collect(Collectors.joining(", "))
                                + ".",
                        "Name the one to take away, or take all with --force.");
            }
            return without(all);
        } catch (IOException failure) {
            throw parts.unreadable(failure);
        }
    }

    private BuildException nameless(String image, Digest id) throws IOException {
        Optional<ImageSummary> ofIndex = stored.listed(id);
        if (ofIndex.isPresent()) {
            String index = ofIndex.get().name();
            return new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The image " + image + " has no name of its own: it belongs to the index " + index + ".",
                    "Take away the name of the index.");
        }
        return parts.store().contains(id)
                ? new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The image " + image + " was built without -t and has no name to take away.",
                        "What nothing else needs of it goes with the next prune.")
                : stored.unknown(image, "");
    }

    private Untagged without(List<StoredImages.Named> names) throws IOException {
        for (StoredImages.Named name : names) {
            tags.remove(name.reference());
        }
        Digest manifest = names.get(0).descriptor().digest();
        boolean stays =
                tags.all().values().stream().anyMatch(other -> other.digest().equals(manifest));
        return new Untagged(names.stream().map(StoredImages.Named::reference).toList(), stays ? null : idOf(manifest));
    }

    private Digest idOf(Digest manifest) throws IOException {
        byte[] document = parts.store().read(manifest);
        return MediaType.isIndex(Json.mediaTypeOf(document))
                ? manifest
                : Json.parseManifest(document).config().digest();
    }
}
