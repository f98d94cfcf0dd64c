package org.jbuildah.engine.api;

import java.util.List;
import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Names that an image of the store had.
 *
 * @param names the full references that were taken away
 * @param gone the id of the image, or the digest of the index, if it has no name left; else null
 */
public record Untagged(List<String> names, @Nullable Digest gone) {
    public Untagged {
        names = List.copyOf(names);
    }
}
