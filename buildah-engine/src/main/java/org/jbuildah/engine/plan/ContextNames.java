package org.jbuildah.engine.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.oci.Reference;

/**
 * The names of the named contexts of a request. One of them stands for every spelling of an image: {@code alpine}, {@code alpine:latest}
 * and {@code docker.io/library/alpine} are one name, as in BuildKit.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/buildx/build/#build-context">docker build: additional build contexts</a>
 */
public final class ContextNames {
    /** No named contexts. */
    public static final ContextNames NONE = new ContextNames(Map.of());

    /** Whatever the request says, as in BuildKit. */
    private static final Set<String> MEAN_THEMSELVES = Set.of("scratch", "context");

    private final Map<String, String> given;

    private ContextNames(Map<String, String> given) {
        this.given = given;
    }

    public static ContextNames of(Collection<String> names) {
        Map<String, String> given = new LinkedHashMap<>();
        names.stream().filter(name -> !MEAN_THEMSELVES.contains(name)).forEach(name -> given.put(meaning(name), name));
        return new ContextNames(given);
    }

    /** The name as the request gave it of the context that stands for a stage or an image; empty where none does. */
    public Optional<String> find(String stageOrImage) {
        return MEAN_THEMSELVES.contains(stageOrImage)
                ? Optional.empty()
                : Optional.ofNullable(given.get(meaning(stageOrImage)));
    }

    private static String meaning(String name) {
        String lower = name.toLowerCase(Locale.ROOT); // as stages are, which it may stand for
        try {
            return Reference.parse(lower).toString();
        } catch (IllegalArgumentException noReference) {
            return lower;
        }
    }
}
