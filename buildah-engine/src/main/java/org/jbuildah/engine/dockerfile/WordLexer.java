package org.jbuildah.engine.dockerfile;

import java.util.List;

/**
 * Expands variables and removes quotes, as a shell would and as BuildKit's lexer does.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Dockerfile reference: environment replacement</a>
 */
public final class WordLexer {
    /** @param escape the Dockerfile's escape character */
    public WordLexer(char escape) {
        throw new IllegalStateException("contract only");
    }

    /** One word. @throws IllegalArgumentException with a sentence for the user, for a bad substitution or {@code ${v:?message}} */
    public String expand(String word, Variables variables) {
        throw new IllegalStateException("contract only");
    }

    /** Several words: what unquoted variables expand to is split at blanks. */
    public List<String> expandToWords(String words, Variables variables) {
        throw new IllegalStateException("contract only");
    }

    /** Expands variables but keeps quotes and escapes, for here-documents. */
    public String expandKeepingQuotes(String text, Variables variables) {
        throw new IllegalStateException("contract only");
    }
}
