package org.jbuildah.engine.dockerfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of a substitution: {@code ?} is one character, {@code *} any number of them; brackets have no meaning.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_13">POSIX: pattern matching notation</a>
 */
final class ShellPattern {
    private final String pattern;
    private final boolean longest;

    /** @throws IllegalArgumentException for an escape before a character that has no meaning to take away */
    ShellPattern(String pattern, boolean longest) {
        this.pattern = pattern;
        this.longest = longest;
        regex(pattern, longest);
    }

    String withoutPrefix(String value) {
        return withoutPrefix(pattern, value);
    }

    /** The shortest suffix is found from the right, so both are turned round. */
    String withoutSuffix(String value) {
        String backwards = new StringBuilder(value).reverse().toString();
        return new StringBuilder(withoutPrefix(reversed(pattern), backwards))
                .reverse()
                .toString();
    }

    String replaceFirst(String value, String replacement) {
        return regex(pattern, longest).matcher(value).replaceFirst(Matcher.quoteReplacement(replacement));
    }

    /** Every match; an empty one right behind another does not count. */
    String replaceAll(String value, String replacement) {
        Matcher matcher = regex(pattern, longest).matcher(value);
        StringBuilder result = new StringBuilder();
        int end = 0;
        boolean matchedBefore = false;
        while (matcher.find()) {
            if (matchedBefore && matcher.start() == matcher.end() && matcher.start() == end) {
                continue;
            }
            result.append(value, end, matcher.start()).append(replacement);
            end = matcher.end();
            matchedBefore = true;
        }
        return result.append(value, end, value.length()).toString();
    }

    private String withoutPrefix(String wanted, String value) {
        Matcher matcher = regex(wanted, longest).matcher(value);
        return matcher.lookingAt() ? value.substring(matcher.end()) : value;
    }

    private static Pattern regex(String pattern, boolean longest) {
        StringBuilder regex = new StringBuilder();
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            if (character == '*') {
                regex.append(longest ? ".*" : ".*?");
            } else if (character == '?') {
                regex.append('.');
            } else if (character != '\\') {
                regex.append(Pattern.quote(Character.toString(character)));
            } else if (i + 1 < characters.length && "*?\\/}".indexOf(characters[i + 1]) >= 0) {
                i++;
                regex.append(Pattern.quote(Character.toString(characters[i])));
            } else {
                throw new IllegalArgumentException(
                        "in the pattern \"" + pattern + "\" a backslash may only stand before * ? \\ / and }");
            }
        }
        return Pattern.compile(regex.toString(), Pattern.UNIX_LINES);
    }

    /** Turned round character by character, an escape staying before what it escapes. */
    private static String reversed(String pattern) {
        StringBuilder turned = new StringBuilder();
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            String piece = Character.toString(characters[i]);
            if (characters[i] == '\\' && i + 1 < characters.length) {
                i++;
                piece += Character.toString(characters[i]);
            }
            turned.insert(0, piece);
        }
        return turned.toString();
    }
}
