package org.jbuildah.engine.dockerfile;

import java.util.List;

/**
 * Expands variables and removes quotes, as a shell would and as BuildKit's lexer does: {@code $name}, {@code ${name}}, and in braces the
 * modifiers {@code - :- + :+ ? :? # ## % %% / //}.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Dockerfile reference: environment replacement</a>
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_06_02">POSIX: parameter expansion</a>
 */
public final class WordLexer {
    private final char escape;

    /** @param escape the Dockerfile's escape character */
    public WordLexer(char escape) {
        this.escape = escape;
    }

    /** One word. @throws IllegalArgumentException with a sentence for the user, for a bad substitution or {@code ${v:?message}} */
    public String expand(String word, Variables variables) {
        return new WordScan(word, escape, variables, WordScan.Keeping.NOTHING)
                .run()
                .text();
    }

    /** Several words: what unquoted variables expand to is split at blanks. */
    public List<String> expandToWords(String words, Variables variables) {
        return new WordScan(words, escape, variables, WordScan.Keeping.NOTHING)
                .run()
                .words();
    }

    /**
     * Expands variables but leaves quotes alone, for here-documents. A backslash takes the meaning of the next character and
     * vanishes, whatever the Dockerfile's escape character is.
     */
    public String expandKeepingQuotes(String text, Variables variables) {
        return new WordScan(text, '\\', variables, WordScan.Keeping.QUOTES_AS_TEXT)
                .run()
                .text();
    }
}
