package org.jbuildah.engine.lint;

import java.util.Locale;

/** The capitals of a keyword. */
enum KeywordCase {
    UPPER,
    LOWER,
    MIXED;

    static KeywordCase of(String keyword) {
        if (keyword.equals(keyword.toLowerCase(Locale.ROOT))) {
            return LOWER;
        }
        return keyword.equals(keyword.toUpperCase(Locale.ROOT)) ? UPPER : MIXED;
    }

    /** A word in this case; as it is for {@link #MIXED}. */
    String in(String word) {
        return switch (this) {
            case UPPER -> word.toUpperCase(Locale.ROOT);
            case LOWER -> word.toLowerCase(Locale.ROOT);
            case MIXED -> word;
        };
    }
}
