package org.jbuildah.maven;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jbuildah.engine.api.BuildResult;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.oci.Digest;

/** What a module's later goals, and its reader, learn of a finished image. */
final class BuiltImage {
    private final BuildResult result;

    BuiltImage(BuildResult result) {
        this.result = result;
    }

    /** For {@code ${image.name}} and its kin. */
    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("image.id", result.imageId().toString());
        properties.put("image.digest", digest().toString());
        name().ifPresent(name -> properties.put("image.name", name));
        return properties;
    }

    private Optional<String> name() {
        return result.names().stream().findFirst();
    }

    /** Of the manifest that others will see: the pushed one, since a push compresses, else the one first written. */
    private Digest digest() {
        return delivered(true).or(() -> delivered(false)).orElse(result.manifest());
    }

    private Optional<Digest> delivered(boolean pushed) {
        return result.delivered().stream()
                .filter(delivery -> !pushed || delivery.output() instanceof Output.Registry)
                .map(BuildResult.Delivered::manifest)
                .findFirst();
    }

    String summary() {
        return "built " + name().orElse("an image without a name") + ": image id " + result.imageId() + ", "
                + (result.layers() == 1 ? "1 layer" : result.layers() + " layers");
    }
}
