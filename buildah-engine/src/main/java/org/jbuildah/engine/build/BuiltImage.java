package org.jbuildah.engine.build;

import java.util.Map;
import org.jbuildah.engine.oci.ImageConfig;

/**
 * What a build comes to. All layers of the config are in the content store.
 *
 * @param annotations for its manifest
 */
public record BuiltImage(ImageConfig config, Map<String, String> annotations) {
    public BuiltImage {
        annotations = Map.copyOf(annotations);
    }
}
