package org.jbuildah.engine.content;

import java.nio.file.Path;
import java.util.List;

/**
 * Something that is wrong with a store.
 *
 * @param what a sentence that names it by digest, tag or key
 * @param images the tags that suffer from it; empty when it costs time only
 */
public record Finding(Path file, String what, List<String> images) {
    public Finding {
        images = List.copyOf(images);
    }
}
