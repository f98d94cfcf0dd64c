package org.jbuildah.engine.oci;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image index: manifests by platform, or the entry page of an image layout.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">image-spec: index</a>
 */
public record Index(String mediaType, List<Descriptor> manifests, Map<String, String> annotations) {
    public Index {
        manifests = List.copyOf(manifests);
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }
}
