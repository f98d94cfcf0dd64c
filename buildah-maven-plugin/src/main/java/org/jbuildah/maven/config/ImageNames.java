package org.jbuildah.maven.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.oci.Reference;
import org.jspecify.annotations.Nullable;

/** The names that an image gets from {@code <image>} and {@code <tags>}. */
final class ImageNames {
    private static final int LONGEST_TAG = 128;

    private ImageNames() {}

    /** The image's own name first, then one for each tag; a tag is a bare tag of the same repository, or a whole reference. */
    static List<String> of(@Nullable String image, List<String> tags, Surroundings surroundings) {
        String own = image == null || image.isBlank() ? derived(surroundings) : checked("image", image.strip());
        Set<String> names = new LinkedHashSet<>();
        names.add(own);
        for (String tag : tags) {
            boolean whole = tag.contains("/") || tag.contains(":");
            names.add(checked("tags", whole ? tag.strip() : repository(own) + ":" + tag.strip()));
        }
        return new ArrayList<>(names);
    }

    /** {@code artifactId:version}, made fit where Maven's grammar allows more than that of image names. */
    private static String derived(Surroundings surroundings) {
        String name = surroundings
                .artifactId()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String tag = surroundings.version().replaceAll("[^\\w.-]", "-").replaceFirst("^[.-]+", "");
        String short_ = tag.substring(0, Math.min(tag.length(), LONGEST_TAG));
        return (name.isEmpty() ? "image" : name) + ":" + (short_.isEmpty() ? "latest" : short_);
    }

    /** The name without its tag. */
    static String repository(String name) {
        int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** True when the name says in which registry it is. */
    static boolean namesRegistry(String name) {
        return !Reference.parse(name).registry().equals(Reference.parse("x").registry())
                || name.startsWith("docker.io/");
    }

    private static String checked(String parameter, String name) {
        try {
            Reference.parseLocal(name);
            return name;
        } catch (IllegalArgumentException e) {
            throw new RequestInvalid(
                    FailureCode.REFERENCE_INVALID,
                    "<" + parameter + "> is no name of an image: " + e.getMessage(),
                    "A name looks like \"shop:1.0\" or \"registry.example.com/team/shop:1.0\"; only the tag may have capitals.",
                    e);
        }
    }
}
