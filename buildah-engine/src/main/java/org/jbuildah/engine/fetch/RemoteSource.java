package org.jbuildah.engine.fetch;

import java.util.Optional;

/**
 * What a word names that is not among the files at hand.
 *
 * <p>The rules are BuildKit's. A Git repository is {@code git://} and {@code ssh://} anything, {@code http(s)://} with a path that ends in
 * {@code .git}, and {@code [user@]host:path}. Any other {@code http://} and {@code https://} is a file. Everything else, {@code file://} and
 * {@code ftp://} among it, is a path.
 */
public sealed interface RemoteSource {
    /** A file. */
    record Web(WebAddress address) implements RemoteSource {}

    /** A directory of files. */
    record Git(GitReference reference) implements RemoteSource {}

    /**
     * Judges a source word of {@code ADD}.
     *
     * @return empty for a path
     * @throws IllegalArgumentException if it is meant for the network and is malformed; the message is a sentence
     */
    static Optional<RemoteSource> of(String word) {
        Optional<GitReference> git = GitReference.parse(word);
        if (git.isPresent()) {
            return Optional.of(new Git(git.get()));
        }
        if (word.startsWith("http://") || word.startsWith("https://")) {
            return Optional.of(new Web(WebAddress.parse(word)));
        }
        return Optional.empty();
    }

    /**
     * Judges the word for a build context, where {@code github.com/owner/repository} is a repository too.
     *
     * @return empty for a path
     * @throws IllegalArgumentException as {@link #of}
     */
    static Optional<RemoteSource> ofContext(String word) {
        return word.startsWith("github.com/") ? Optional.of(new Git(GitReference.onGitHub(word))) : of(word);
    }
}
