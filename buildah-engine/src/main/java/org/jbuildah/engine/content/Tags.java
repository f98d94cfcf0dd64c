package org.jbuildah.engine.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;

/** The tagged images of a store: the entries of its {@code index.json}, by full reference. */
public final class Tags {
    /** The name of a manifest within an image layout. */
    public static final String REF_NAME = "org.opencontainers.image.ref.name";
    /** The full reference of an image, which containerd and docker read. */
    public static final String IMAGE_NAME = "io.containerd.image.name";

    private final StoreFolders folders;
    private final TemporaryFolder temporary;

    Tags(StoreFolders folders, TemporaryFolder temporary) {
        this.folders = folders;
        this.temporary = temporary;
    }

    /** The manifest (or index) that a full reference names, such as {@code localhost/shop:1.0}. */
    public Optional<Descriptor> find(String reference) throws IOException {
        return Optional.ofNullable(all().get(reference));
    }

    /** Names a manifest; the reference moves if it was taken. Safe against other processes. */
    public void tag(String reference, Descriptor manifest) throws IOException {
        Map<String, String> annotations = new HashMap<>(manifest.annotations());
        annotations.put(REF_NAME, reference);
        annotations.put(IMAGE_NAME, reference);
        Descriptor tagged = manifest.withAnnotations(annotations);
        if (read().manifests().contains(tagged)) {
            return; // an all-hit rebuild touches nothing
        }
        change(reference, List.of(tagged));
    }

    public void remove(String reference) throws IOException {
        change(reference, List.of());
    }

    public SortedMap<String, Descriptor> all() throws IOException {
        SortedMap<String, Descriptor> tags = new TreeMap<>();
        for (Descriptor manifest : read().manifests()) {
            String name = manifest.annotations().get(REF_NAME);
            if (name != null) {
                tags.put(name, manifest);
            }
        }
        return Collections.unmodifiableSortedMap(tags);
    }

    /** All entries, also those that somebody else left without a name. */
    List<Descriptor> everything() throws IOException {
        return read().manifests();
    }

    private void change(String reference, List<Descriptor> added) throws IOException {
        StoreLock lock = StoreLock.acquire(folders.locks().resolve("index"));
        try (lock) {
            Index index = read();
            List<Descriptor> manifests = new ArrayList<>(index.manifests());
            manifests.removeIf(
                    manifest -> reference.equals(manifest.annotations().get(REF_NAME)));
            manifests.addAll(added);
            try (TemporaryFile writing = temporary.file()) {
                writing.write(Json.write(new Index(index.mediaType(), manifests, index.annotations())));
                writing.publish(folders.index(), true);
            }
        } catch (IOException e) {
            throw StoreTrouble.writing(folders.index(), e);
        }
    }

    private Index read() throws IOException {
        Path file = folders.index();
        try {
            return Json.parseIndex(Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new StoreBroken(
                    FailureCode.STORE_CORRUPT,
                    file + " does not list the store's images: " + e.getMessage() + ".",
                    "Restore it, or delete it: the images lose their names, and a rebuild gives them back.",
                    e);
        }
    }
}
