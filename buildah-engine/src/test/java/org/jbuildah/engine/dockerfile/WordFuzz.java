package org.jbuildah.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Any word expands, or is refused with a sentence; what is quoted stays what it was. */
public final class WordFuzz {
    private static final Map<String, String> VALUES = Map.of("a", "value", "b", "", "c", "x/y*z x/y*z\n", "d", "$a '");

    private WordFuzz() {}

    /**
     * Called by the fuzzer, and by {@code SeedsTest}. The first line, as long as it is one character, is the escape character; the second
     * is the value of {@code $v}; the rest is the word.
     */
    public static void fuzzerTestOneInput(byte[] data) {
        String[] lines = new String(data, StandardCharsets.UTF_8).split("\n", 3);
        if (lines.length < 3) {
            return;
        }
        char escape = lines[0].equals("`") ? '`' : '\\';
        Variables variables = name -> name.equals("v") ? Optional.of(lines[1]) : Optional.ofNullable(VALUES.get(name));
        WordLexer lexer = new WordLexer(escape);
        String word = lines[2];

        expandsOrIsRefused(lexer, word, variables);
        assertThat(lexer.expand(escaped(word, escape), variables)).isEqualTo(word);
        assertThat(lexer.expand("'" + word.replace("'", "") + "'", variables)).isEqualTo(word.replace("'", ""));
    }

    private static void expandsOrIsRefused(WordLexer lexer, String word, Variables variables) {
        try {
            lexer.expand(word, variables);
            lexer.expandToWords(word, variables);
            lexer.expandKeepingQuotes(word, variables);
        } catch (IllegalArgumentException sentence) {
            assertThat(sentence).hasMessageEndingWith(".");
            assertThat(sentence.getClass()).isEqualTo(IllegalArgumentException.class);
        }
    }

    private static String escaped(String word, char escape) {
        StringBuilder escaped = new StringBuilder();
        word.codePoints().forEach(character -> {
            if (character == '$' || character == '"' || character == '\'' || character == escape) {
                escaped.append(escape);
            }
            escaped.appendCodePoint(character);
        });
        return escaped.toString();
    }
}
