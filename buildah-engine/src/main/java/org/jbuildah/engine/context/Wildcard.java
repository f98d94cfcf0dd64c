package org.jbuildah.engine.context;

import java.util.regex.PatternSyntaxException;

/**
 * Shell wildcards in the meaning of Go's {@code filepath.Match}: {@code *} and {@code ?} stop at a slash, {@code [a-z]} and {@code [^a-z]} are classes,
 * a backslash takes the meaning from the next character. A pattern matches a whole path.
 *
 * @see <a href="https://pkg.go.dev/path/filepath#Match">path/filepath: Match</a>
 */
final class Wildcard {
    private final int[] pattern;

    private Wildcard(String pattern) {
        this.pattern = pattern.codePoints().toArray();
    }

    /** @throws PatternSyntaxException if a class is not closed or empty, or a backslash ends the pattern */
    static Wildcard of(String pattern) {
        Wildcard wildcard = new Wildcard(pattern);
        for (int at = 0; at < wildcard.pattern.length; ) {
            at = wildcard.next(at, -1).end();
        }
        return wildcard;
    }

    /** True when the text holds a wildcard that no backslash disarms. */
    static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\\') {
                i++;
            } else if (character == '*' || character == '?' || character == '[') {
                return true;
            }
        }
        return false;
    }

    boolean matches(String path) {
        int[] text = path.codePoints().toArray();
        int at = 0;
        int read = 0;
        int starAt = -1;
        int starRead = 0;
        while (true) {
            if (at < pattern.length && pattern[at] == '*') {
                starAt = ++at;
                starRead = read;
            } else if (read < text.length
                    && at < pattern.length
                    && next(at, text[read]).accepts()) {
                at = next(at, text[read]).end();
                read++;
            } else if (read == text.length && at == pattern.length) {
                return true;
            } else if (starAt >= 0 && starRead < text.length && text[starRead] != '/') {
                at = starAt; // the last star takes one more
                read = ++starRead;
            } else {
                return false;
            }
        }
    }

    /** One element of the pattern: where it ends, and whether it accepts a character. */
    private record Element(int end, boolean accepts) {}

    private Element next(int at, int character) {
        return switch (pattern[at]) {
            case '?' -> new Element(at + 1, character != '/');
            case '[' -> characterClass(at, character);
            case '\\' -> escaped(at + 1, character);
            default -> new Element(at + 1, pattern[at] == character);
        };
    }

    private Element escaped(int literal, int character) {
        if (literal == pattern.length) {
            throw bad(literal - 1, "a backslash at the end");
        }
        return new Element(literal + 1, pattern[literal] == character);
    }

    private Element characterClass(int start, int character) {
        int at = start + 1;
        boolean negated = at < pattern.length && pattern[at] == '^';
        if (negated) {
            at++;
        }
        boolean found = false;
        for (int ranges = 0; ; ranges++) {
            if (at < pattern.length && pattern[at] == ']' && ranges > 0) {
                return new Element(at + 1, found != negated);
            }
            int lowAt = boundAt(at, start);
            int low = pattern[lowAt];
            int high = low;
            at = lowAt + 1;
            if (at < pattern.length && pattern[at] == '-') {
                int highAt = boundAt(at + 1, start);
                high = pattern[highAt];
                at = highAt + 1;
            }
            found |= low <= character && character <= high;
        }
    }

    /** The index of the character at one end of a range, after a backslash if there is one. */
    private int boundAt(int at, int start) {
        int bound = at < pattern.length && pattern[at] == '\\' ? at + 1 : at;
        boolean bare = bound == at;
        if (bound >= pattern.length - 1) {
            throw bad(start, "a class that is not closed");
        }
        if (bare && (pattern[bound] == '-' || pattern[bound] == ']')) {
            throw bad(start, "\"" + Character.toString(pattern[bound]) + "\" without a backslash in a class");
        }
        return bound;
    }

    private PatternSyntaxException bad(int at, String what) {
        return new PatternSyntaxException(what, new String(pattern, 0, pattern.length), at);
    }
}
