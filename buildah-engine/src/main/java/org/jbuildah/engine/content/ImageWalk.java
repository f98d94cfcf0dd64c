package org.jbuildah.engine.content;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.Manifest;
import org.jbuildah.engine.oci.MediaType;

/** Collects all digests that an image reaches: manifests, configs, layer blobs and diffIDs. */
final class ImageWalk {
    private final ContentStore store;
    private final Set<Digest> reached;
    private final Consumer<Problem> problems;

    record Problem(Digest blob, String what) {}

    ImageWalk(ContentStore store, Set<Digest> reached, Consumer<Problem> problems) {
        this.store = store;
        this.reached = reached;
        this.problems = problems;
    }

    void walk(Descriptor descriptor) throws IOException {
        reached.add(descriptor.digest());
        if (!store.contains(descriptor.digest())) {
            problems.accept(new Problem(descriptor.digest(), "the manifest " + descriptor.digest() + " is missing"));
            return;
        }
        try {
            byte[] bytes = store.read(descriptor.digest());
            if (MediaType.isIndex(Json.mediaTypeOf(bytes))) {
                for (Descriptor manifest : Json.parseIndex(bytes).manifests()) {
                    reached.add(manifest.digest());
                    if (store.contains(
                            manifest.digest())) { // of an index, only the platforms that were used are fetched
                        walk(manifest);
                    }
                }
            } else {
                image(Json.parseManifest(bytes));
            }
        } catch (StoreBroken e) {
            problems.accept(new Problem(descriptor.digest(), e.what()));
        } catch (IllegalArgumentException e) {
            problems.accept(new Problem(
                    descriptor.digest(), "the manifest " + descriptor.digest() + " cannot be read: " + e.getMessage()));
        }
    }

    private void image(Manifest manifest) throws IOException {
        Digest config = manifest.config().digest();
        reached.add(config);
        manifest.layers().forEach(layer -> reached.add(layer.digest()));
        if (!store.contains(config)) {
            problems.accept(new Problem(config, "the config " + config + " is missing"));
            return;
        }
        ImageConfig image = Json.parseConfig(store.read(config));
        for (int i = 0; i < image.diffIds().size(); i++) {
            DiffId layer = image.diffIds().get(i);
            reached.add(layer.digest());
            boolean stored = store.descriptors(layer).stream().anyMatch(form -> store.contains(form.digest()));
            boolean asListed = i < manifest.layers().size()
                    && store.contains(manifest.layers().get(i).digest());
            if (!stored && !asListed) {
                problems.accept(new Problem(
                        layer.digest(), "the layer " + layer + " has no blob; a pull or rebuild brings it"));
            }
        }
    }
}
