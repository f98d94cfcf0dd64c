package org.jbuildah.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageSummary;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Reference;
import org.jbuildah.engine.transport.Outgoing;
import org.jbuildah.engine.transport.OutgoingImage;
import org.jbuildah.engine.transport.OutgoingIndex;

/** The images and indexes of a store, found by name or id. */
final class StoredImages {
    /** An image's id, or so much of it as may stand for it. */
    private static final Pattern ID = Pattern.compile("(?:sha256:)?([0-9a-f]{3,64})");

    private static final int ALL_DIGITS = 64;

    private static final String UNNAMED =
            ". An image that was built without -t is not listed: push and tag take its whole id, and tag gives it a name.";

    private final ContentStore store;

    StoredImages(ContentStore store) {
        this.store = store;
    }

    /**
     * An image or an index of the store.
     *
     * @param name its full reference; empty when it was asked for by id
     */
    record Stored(String name, Outgoing content, ImageFormat format) {}

    /**
     * Finds an image or index by its name; else an image by its id, or one that has a name by the beginning of its id.
     *
     * @throws ImageUnavailable if there is none, or if an index has images that were never fetched
     */
    Stored find(String name) throws IOException {
        try {
            Optional<Named> named = named(name);
            if (named.isPresent()) {
                return stored(named.get().reference(), named.get().descriptor());
            }
            Optional<Digest> id = id(name);
            if (id.isPresent() && store.contains(id.get())) {
                return new Stored("", image(id.get(), Map.of()), ImageFormat.OCI);
            }
        } catch (IllegalArgumentException notAnImage) {
            throw unknown(name, String.valueOf(notAnImage.getMessage()));
        }
        throw unknown(name, "");
    }

    /** An entry of the store's list of images. */
    record Named(String reference, Descriptor descriptor) {}

    /**
     * The entry of that name, which need not say {@code localhost/} or {@code docker.io/library/}; none where an id is written.
     *
     * @throws ImageUnavailable if it is neither
     */
    Optional<Named> named(String name) throws IOException {
        if (digits(name).filter(StoredImages::isWhole).isPresent()) {
            return Optional.empty();
        }
        List<Reference> candidates;
        try {
            candidates = Reference.meanings(name);
        } catch (IllegalArgumentException notAName) {
            throw unknown(name, String.valueOf(notAName.getMessage()));
        }
        for (Reference candidate : candidates) {
            Optional<Descriptor> tagged = store.tags().find(candidate.toString());
            if (tagged.isPresent()) {
                return Optional.of(new Named(candidate.toString(), tagged.get()));
            }
        }
        return Optional.empty();
    }

    /** The entry of that name; else one for the image of that id. None where an image has no name. */
    Optional<Named> entry(String image) throws IOException {
        Optional<Named> named = named(image);
        if (named.isPresent()) {
            return named;
        }
        Optional<Digest> id = id(image);
        return id.isEmpty() ? Optional.empty() : named(id.get()).stream().findFirst();
    }

    /** All entries for the image of that id; an index that has it is none of them. */
    List<Named> named(Digest id) throws IOException {
        Map<String, Descriptor> tags = store.tags().all();
        List<Named> named = new ArrayList<>();
        for (ImageSummary image : summaries(tags)) {
            Descriptor entry = tags.get(image.name());
            if (image.imageId().equals(id) && entry != null && entry.digest().equals(image.manifest())) {
                named.add(new Named(image.name(), entry));
            }
        }
        return named;
    }

    /**
     * The id that is written: all 64 digits, or so many that no other image with a name begins so.
     *
     * @throws ImageUnavailable if several begin so
     */
    Optional<Digest> id(String written) throws IOException {
        Optional<String> digits = digits(written);
        if (digits.isEmpty()) {
            return Optional.empty();
        }
        if (isWhole(digits.get())) {
            return Optional.of(new Digest("sha256", digits.get()));
        }
        List<Digest> begins = summaries().stream()
                .map(ImageSummary::imageId)
                .filter(id -> id.hex().startsWith(digits.get()))
                .distinct()
                .toList();
        if (begins.size() > 1) {
            throw new ImageUnavailable(
                    FailureCode.IMAGE_NOT_FOUND,
                    "\"" + written + "\" is the beginning of the ids of " + begins.size() + " images.",
                    "Write more digits of it, or a name.");
        }
        return begins.stream().findFirst();
    }

    /** A letter with the name that was probably meant; to who asks by id, what an image without a name can be asked for. */
    ImageUnavailable unknown(String name, String why) throws IOException {
        String meant = NearName.of(name, store.tags().all().keySet())
                .map(near -> "Did you mean \"" + near + "\"? ")
                .orElse("");
        return new ImageUnavailable(
                FailureCode.IMAGE_NOT_FOUND,
                "There is no image \"" + name + "\" in the store." + (why.isEmpty() ? "" : " " + why),
                meant + "\"images\" lists what is there" + (digits(name).isPresent() ? UNNAMED : "."));
    }

    /** What the list of images says of one, which may be one of an index; none for an image that was built without a name. */
    Optional<ImageSummary> listed(Digest id) throws IOException {
        return summaries().stream().filter(image -> image.imageId().equals(id)).findFirst();
    }

    /** Of what is written as an id. */
    private static Optional<String> digits(String written) {
        Matcher id = ID.matcher(written);
        return id.matches() ? Optional.of(id.group(1)) : Optional.empty();
    }

    private static boolean isWhole(String digits) {
        return digits.length() == ALL_DIGITS;
    }

    private Stored stored(String name, Descriptor descriptor) throws IOException {
        byte[] document = store.read(descriptor.digest());
        if (MediaType.isIndex(Json.mediaTypeOf(document))) {
            ImageFormat format =
                    Json.mediaTypeOf(document).equals(MediaType.DOCKER_LIST) ? ImageFormat.DOCKER : ImageFormat.OCI;
            return new Stored(name, index(name, document), format);
        }
        Manifest manifest = Json.parseManifest(document);
        ImageFormat format =
                manifest.mediaType().equals(MediaType.DOCKER_MANIFEST) ? ImageFormat.DOCKER : ImageFormat.OCI;
        return new Stored(name, image(manifest.config().digest(), manifest.annotations()), format);
    }

    /** The images of the index of that name, if there is one; its full reference is asked for. */
    List<OutgoingImage> ofIndex(String name) throws IOException {
        Optional<Descriptor> tagged = store.tags().find(name);
        if (tagged.isEmpty()) {
            return List.of();
        }
        byte[] document = store.read(tagged.get().digest());
        if (!MediaType.isIndex(Json.mediaTypeOf(document))) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The image is to be added to the index \"" + name + "\", and that name is an image's.",
                    "Choose another name for the index.");
        }
        return index(name, document).images();
    }

    private OutgoingIndex index(String name, byte[] document) throws IOException {
        List<OutgoingImage> images = new ArrayList<>();
        for (Descriptor entry : Json.parseIndex(document).manifests()) {
            if (!store.contains(entry.digest())) {
                throw new ImageUnavailable(
                        FailureCode.IMAGE_NOT_FOUND,
                        "The index \"" + name + "\" names " + entry.digest()
                                + (entry.platform() == null ? "" : " for " + entry.platform())
                                + ", which is not in the store: of an index that is pulled, only what is needed is fetched.",
                        "Push an image that was built here, or copy the index from registry to registry.");
            }
            Manifest manifest = Json.parseManifest(store.read(entry.digest()));
            images.add(image(manifest.config().digest(), manifest.annotations()));
        }
        return new OutgoingIndex(images);
    }

    /** @throws IllegalArgumentException if the blob is no config */
    private OutgoingImage image(Digest config, Map<String, String> annotations) throws IOException {
        byte[] bytes = store.read(config);
        return new OutgoingImage(Json.parseConfig(bytes), bytes, annotations);
    }

    /** The tagged images; of an index, those that are in the store. */
    List<ImageSummary> summaries() throws IOException {
        return summaries(store.tags().all());
    }

    private List<ImageSummary> summaries(Map<String, Descriptor> tags) throws IOException {
        List<ImageSummary> summaries = new ArrayList<>();
        for (Map.Entry<String, Descriptor> tag : tags.entrySet()) {
            addSummaries(tag.getKey(), tag.getValue(), summaries);
        }
        return summaries;
    }

    private void addSummaries(String name, Descriptor descriptor, List<ImageSummary> summaries) throws IOException {
        if (!store.contains(descriptor.digest())) {
            return;
        }
        byte[] document = store.read(descriptor.digest());
        if (MediaType.isIndex(Json.mediaTypeOf(document))) {
            for (Descriptor entry : Json.parseIndex(document).manifests()) {
                addSummaries(name, entry, summaries);
            }
            return;
        }
        Manifest manifest = Json.parseManifest(document);
        Digest id = manifest.config().digest();
        if (store.contains(id)) {
            ImageConfig config = Json.parseConfig(store.read(id));
            long size = manifest.layers().stream().mapToLong(Descriptor::size).sum();
            summaries.add(new ImageSummary(name, id, descriptor.digest(), config.platform(), config.created(), size));
        }
    }
}
