package org.jbuildah.engine.oci;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image in a registry.
 *
 * @param registry {@code host[:port]}, such as {@code docker.io}
 * @param repository the path in it, such as {@code library/debian}
 * @param tag null where a digest alone is given
 * @param digest null where a tag alone is given; both may be there, and the digest counts
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">distribution-spec</a>
 * @see <a href="https://github.com/distribution/reference">the reference grammar</a>
 */
public record Reference(String registry, String repository, @Nullable String tag, @Nullable Digest digest) {
    private static final String HUB = "docker.io";
    private static final String LOCAL = "localhost";

    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern REGISTRY =
            Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");
    private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern REPOSITORY = Pattern.compile(PART + "(?:/" + PART + ")*");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern IMAGE_ID = Pattern.compile("[a-f0-9]{64}");

    /**
     * Reads a reference as users write it: without a registry it is Docker Hub's ({@code docker.io}, and {@code library/} for a
     * single name), without tag and digest it is {@code latest}.
     *
     * @throws IllegalArgumentException with a sentence for the user if the grammar does not allow it
     */
    public static Reference parse(String text) {
        return parse(text, HUB);
    }

    /** As {@link #parse}, but a name without a registry is {@code localhost/NAME}: what a build's own names mean. */
    public static Reference parseLocal(String text) {
        return parse(text, LOCAL);
    }

    /**
     * What a name can mean among images that are there already: one that was built here, else one of a registry.
     *
     * @throws IllegalArgumentException as {@link #parse} does
     */
    public static List<Reference> meanings(String text) {
        return List.of(parseLocal(text), parse(text));
    }

    private static Reference parse(String text, String defaultRegistry) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("An image name is empty.");
        }
        if (IMAGE_ID.matcher(text).matches()) {
            throw refused(text, "64 hexadecimal digits are an image id, and no name");
        }
        int at = text.indexOf('@');
        Digest digest = at < 0 ? null : digest(text, text.substring(at + 1));
        String named = at < 0 ? text : text.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        String tag = colon < 0 ? null : checked(TAG, named.substring(colon + 1), text, "tag");
        String path = colon < 0 ? named : named.substring(0, colon);

        String registry = registryOf(path);
        String repository = registry.isEmpty() ? path : path.substring(registry.length() + 1);
        if (registry.isEmpty()) {
            registry = defaultRegistry;
        } else {
            checked(REGISTRY, registry, text, "registry");
        }
        if (registry.equals("index.docker.io")) {
            registry = HUB;
        }
        if (registry.equals(HUB) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        checkRepository(repository, text);
        return new Reference(registry, repository, tag == null && digest == null ? "latest" : tag, digest);
    }

    /** The first component, if it can only be a host: it has a dot, a port or a capital, or is {@code localhost}. */
    private static String registryOf(String path) {
        int slash = path.indexOf('/');
        String first = slash < 0 ? "" : path.substring(0, slash);
        boolean host = first.equals(LOCAL)
                || first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || !first.equals(first.toLowerCase(Locale.ROOT));
        return host ? first : "";
    }

    private static void checkRepository(String repository, String text) {
        if (!repository.equals(repository.toLowerCase(Locale.ROOT))) {
            throw refused(text, "the repository \"" + repository + "\" must be in lower case");
        }
        checked(REPOSITORY, repository, text, "repository");
        if (repository.length() > 255) {
            throw refused(
                    text, "the repository has " + repository.length() + " characters, and at most 255 are allowed");
        }
    }

    private static Digest digest(String text, String digest) {
        try {
            return Digest.parse(digest);
        } catch (IllegalArgumentException e) {
            throw refused(
                    text,
                    "\"" + digest + "\" is no digest; one is \"sha256:\" and 64 hexadecimal digits in lower case");
        }
    }

    private static String checked(Pattern form, String part, String text, String what) {
        Matcher matcher = form.matcher(part);
        if (!matcher.matches()) {
            throw refused(text, "\"" + part + "\" is no " + what);
        }
        return part;
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("\"" + text + "\" is not the name of an image: " + why + ".");
    }

    /** What a registry's API is asked for: the digest if there is one, else the tag. */
    public String target() {
        return digest != null ? digest.toString() : String.valueOf(tag);
    }

    /** True for names that no registry serves: images that were built here. */
    public boolean isLocal() {
        return registry.equals(LOCAL);
    }

    /** The same repository, with that tag. */
    public Reference withTag(String other) {
        return new Reference(registry, repository, other, null);
    }

    /** The same repository, with that digest only. */
    public Reference withDigest(Digest other) {
        return new Reference(registry, repository, null, other);
    }

    /** {@code registry/repository[:tag][@digest]}. */
    @Override
    public String toString() {
        return registry + "/" + repository + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
