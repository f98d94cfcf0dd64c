package org.jbuildah.engine.fetch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files of a Git repository: {@code remote[?query][#reference[:subdirectory]]}.
 *
 * @param remote what {@code git fetch} is given; may hold a login
 * @param ref a branch, a tag, a full reference or a commit; empty for the default branch
 * @param subdirectory the directory that is meant, from the top of the repository; empty for the top
 * @param checksum the commit that it must be, or the beginning of its id; empty when any will do
 * @param keepGitDir whether {@code .git} is wanted; null where that is not said
 * @param submodules whether submodules are checked out too
 * @param fetchByCommit whether the commit of {@code checksum} is asked for, rather than what the reference names by now
 * @see <a href="https://docs.docker.com/build/concepts/context/#url-queries">Build context: URL queries</a>
 */
public record GitReference(
        String remote,
        String ref,
        String subdirectory,
        String checksum,
        @Nullable Boolean keepGitDir,
        boolean submodules,
        boolean fetchByCommit) {
    private static final Set<String> SCHEMES = Set.of("http", "https", "ssh", "git");
    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z0-9]+)://");
    private static final Pattern SCP_LIKE =
            Pattern.compile("^(?:([a-zA-Z0-9_-]+)@)?([a-zA-Z0-9.-]+):([^?#]*)(?:\\?([^#]*))?(?:#(.*))?$");
    private static final Pattern URL = Pattern.compile("^([^?#]*)(?:\\?([^#]*))?(?:#(.*))?$");
    private static final Pattern GO_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /**
     * Reads a word.
     *
     * @return empty if it names no repository
     * @throws IllegalArgumentException if it does, and something in it is wrong; the message is a sentence
     */
    static Optional<GitReference> parse(String word) {
        if (word.startsWith("./") || word.startsWith("../") || word.startsWith("github.com/")) {
            return Optional.empty();
        }
        Matcher scheme = SCHEME.matcher(word);
        return scheme.find() ? ofUrl(word, scheme.group(1).toLowerCase(Locale.ROOT)) : ofScpLike(word);
    }

    /** The short form of old, {@code github.com/owner/repository}, which only a build context may be written in. */
    static GitReference onGitHub(String word) {
        return of("https://" + word);
    }

    private static Optional<GitReference> ofUrl(String word, String scheme) {
        if (!SCHEMES.contains(scheme)) {
            return Optional.empty();
        }
        Matcher parts = URL.matcher(word);
        boolean web = scheme.startsWith("http");
        if (!parts.matches() || (web && !parts.group(1).endsWith(".git"))) {
            return Optional.empty();
        }
        return Optional.of(of(word));
    }

    private static GitReference of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + WebAddress.hidden(url) + "\" is no URL.");
        }
        return new GitQuery(url).read(parts.group(1), parts.group(2), parts.group(3));
    }

    /** {@code host:path}; what Go takes for a URL with a scheme of its own, such as {@code name:/path}, is none. */
    private static Optional<GitReference> ofScpLike(String word) {
        Matcher parts = SCP_LIKE.matcher(word);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String user = parts.group(1);
        String host = parts.group(2);
        String path = parts.group(3);
        if (user == null && GO_SCHEME.matcher(host).matches() && (path.isEmpty() || path.startsWith("/"))) {
            return Optional.empty();
        }
        String remote = (user == null ? "" : user + "@") + host + ":" + path;
        return Optional.of(new GitQuery(word).read(remote, parts.group(4), parts.group(5)));
    }

    /** The same, which must be another commit, or begin with other digits. */
    public GitReference withChecksum(String other) {
        return new GitReference(remote, ref, subdirectory, other, keepGitDir, submodules, fetchByCommit);
    }

    /** Whether {@link #ref} is a commit's id rather than a name. */
    boolean namesCommit() {
        return COMMIT.matcher(ref).matches();
    }

    /** The repository for a reader, without a login. */
    public String shown() {
        return WebAddress.hidden(remote);
    }

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not written as a URL is: a percent sign must stand before two hexadecimal"
                            + " digits.",
                    e);
        }
    }
}
