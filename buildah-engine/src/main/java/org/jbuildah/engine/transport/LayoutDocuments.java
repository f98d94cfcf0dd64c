package org.jbuildah.engine.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jbuildah.engine.content.Tags;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Reference;

/** The two documents of an image layout. */
final class LayoutDocuments {
    static final byte[] LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    static final Index EMPTY = new Index(MediaType.OCI_INDEX, List.of(), Map.of());

    private LayoutDocuments() {}

    /**
     * The entry of an image in {@code index.json}.
     *
     * @param tag its name within the layout; empty for the tag of the image's own name
     * @param name its full reference; may be empty
     */
    static Descriptor entry(Descriptor manifest, String tag, String name) {
        Map<String, String> annotations = new TreeMap<>();
        String refName = tag.isEmpty() ? tagOf(name) : tag;
        if (!refName.isEmpty()) {
            annotations.put(Tags.REF_NAME, refName);
        }
        if (!name.isEmpty()) {
            annotations.put(Tags.IMAGE_NAME, name);
        }
        return manifest.withAnnotations(annotations);
    }

    private static String tagOf(String name) {
        String tag = name.isEmpty() ? null : Reference.parse(name).tag();
        return tag == null ? "" : tag;
    }

    /** Adds an entry in place of the one of the same name. */
    static Index with(Index index, Descriptor entry) {
        String refName = entry.annotations().get(Tags.REF_NAME);
        List<Descriptor> entries = new ArrayList<>(index.manifests());
        entries.removeIf(other -> Objects.equals(refName, other.annotations().get(Tags.REF_NAME)));
        entries.add(entry);
        return new Index(index.mediaType(), entries, index.annotations());
    }
}
