package org.jbuildah.engine.dockerfile;

import java.util.Arrays;

/**
 * A pattern of a substitution: {@code ?} is one character, {@code *} any number of them, neither of them a line feed; brackets have no
 * meaning. It matches where the regular expression that BuildKit makes of it would, in time that grows with pattern times value.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_13">POSIX: pattern matching notation</a>
 */
final class ShellPattern {
    private static final int ANY = -1;
    private static final int STAR = -2;
    private static final int NO_MATCH = -1;

    /** Characters, {@link #ANY} and {@link #STAR}. */
    private final int[] elements;

    private final boolean longest;

    /** @throws IllegalArgumentException for an escape before a character that has no meaning to take away */
    ShellPattern(String pattern, boolean longest) {
        this.elements = elements(pattern);
        this.longest = longest;
    }

    String withoutPrefix(String value) {
        int[] text = value.codePoints().toArray();
        int end = ends(elements, text)[0];
        return end == NO_MATCH ? value : new String(text, end, text.length - end);
    }

    /** The shortest suffix is found from the right, so both are turned round. */
    String withoutSuffix(String value) {
        int[] text = value.codePoints().toArray();
        int end = ends(reversed(elements), reversed(text))[0];
        return end == NO_MATCH ? value : new String(text, 0, text.length - end);
    }

    String replaceFirst(String value, String replacement) {
        int[] text = value.codePoints().toArray();
        int[] ends = ends(elements, text);
        for (int start = 0; start <= text.length; start++) {
            if (ends[start] != NO_MATCH) {
                return new String(text, 0, start)
                        + replacement
                        + new String(text, ends[start], text.length - ends[start]);
            }
        }
        return value;
    }

    /** Every match; an empty one right behind another does not count. */
    String replaceAll(String value, String replacement) {
        int[] text = value.codePoints().toArray();
        int[] ends = ends(elements, text);
        StringBuilder result = new StringBuilder();
        int matchedTo = NO_MATCH;
        int start = 0;
        while (start <= text.length) {
            int end = ends[start];
            boolean counts = end != NO_MATCH && (end > start || start != matchedTo);
            if (counts) {
                result.append(replacement);
                matchedTo = end;
            }
            if (counts && end > start) {
                start = end;
            } else {
                if (start < text.length) {
                    result.appendCodePoint(text[start]);
                }
                start++;
            }
        }
        return result.toString();
    }

    /**
     * For each place in the text the end of the match that begins there: of several the one whose first star is longest (or shortest), of these
     * the one whose second star is, and so on.
     */
    private int[] ends(int[] pattern, int[] text) {
        int[] ends = new int[text.length + 1]; // of what follows the element
        for (int place = 0; place < ends.length; place++) {
            ends[place] = place;
        }
        for (int i = pattern.length - 1; i >= 0; i--) {
            int[] here = new int[ends.length];
            for (int place = text.length; place >= 0; place--) {
                boolean more = place < text.length;
                if (pattern[i] != STAR) {
                    here[place] = more && accepts(pattern[i], text[place]) ? ends[place + 1] : NO_MATCH;
                } else {
                    int longer = more && text[place] != '\n' ? here[place + 1] : NO_MATCH;
                    int none = ends[place];
                    here[place] = none == NO_MATCH || (longest && longer != NO_MATCH) ? longer : none;
                }
            }
            ends = here;
        }
        return ends;
    }

    private static boolean accepts(int element, int character) {
        return element == ANY ? character != '\n' : element == character;
    }

    private static int[] elements(String pattern) {
        int[] characters = pattern.codePoints().toArray();
        int[] elements = new int[characters.length];
        int count = 0;
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            if (character == '*' || character == '?') {
                elements[count++] = character == '*' ? STAR : ANY;
            } else if (character != '\\') {
                elements[count++] = character;
            } else if (i + 1 < characters.length && "*?\\/}".indexOf(characters[i + 1]) >= 0) {
                elements[count++] = characters[++i];
            } else {
                throw new IllegalArgumentException(
                        "in the pattern \"" + pattern + "\" a backslash may only stand before * ? \\ / and }");
            }
        }
        return Arrays.copyOf(elements, count);
    }

    private static int[] reversed(int[] values) {
        int[] turned = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i] = values[values.length - 1 - i];
        }
        return turned;
    }
}
