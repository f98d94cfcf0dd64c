package org.jbuildah.engine.oci;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Points at a blob: what it is, which bytes it has, how many they are.
 *
 * @param size in bytes
 * @param platform in an index only
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">image-spec: descriptor</a>
 */
public record Descriptor(
        String mediaType, Digest digest, long size, Map<String, String> annotations, @Nullable Platform platform) {
    public Descriptor {
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        if (size < 0) {
            throw new IllegalArgumentException("size of " + digest + " is " + size);
        }
    }

    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, Map.of(), null);
    }

    public Descriptor withAnnotations(Map<String, String> others) {
        return new Descriptor(mediaType, digest, size, others, platform);
    }

    public Descriptor withMediaType(String other) {
        return new Descriptor(other, digest, size, annotations, platform);
    }
}
