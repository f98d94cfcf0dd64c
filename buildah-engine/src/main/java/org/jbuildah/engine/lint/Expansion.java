package org.jbuildah.engine.lint;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.dockerfile.Variables;
import org.jbuildah.engine.dockerfile.WordLexer;

/**
 * A word with its variables replaced, and the names that it asked for.
 *
 * @param text empty where the word cannot be expanded
 * @param set names that have a value
 * @param unset names that have none, in order, whatever the word does about it ({@code ${name:-word}} asks too)
 */
record Expansion(Optional<String> text, Set<String> set, Set<String> unset) {
    static Expansion of(String word, WordLexer lexer, Variables variables) {
        return of(variables, asked -> lexer.expand(word, asked));
    }

    /** Of a here-document, in which quotes are text. */
    static Expansion ofText(String text, WordLexer lexer, Variables variables) {
        return of(variables, asked -> lexer.expandKeepingQuotes(text, asked));
    }

    private interface Expander {
        String expand(Variables variables);
    }

    private static Expansion of(Variables variables, Expander expander) {
        Set<String> set = new LinkedHashSet<>();
        Set<String> unset = new LinkedHashSet<>();
        Variables asked = name -> {
            Optional<String> value = variables.value(name);
            (value.isPresent() ? set : unset).add(name);
            return value;
        };
        Optional<String> text;
        try {
            text = Optional.of(expander.expand(asked));
        } catch (IllegalArgumentException cannotBe) {
            text = Optional.empty(); // the build says so, with the place
        }
        return new Expansion(text, set, unset);
    }

    boolean isConstant() {
        return set.isEmpty() && unset.isEmpty();
    }
}
