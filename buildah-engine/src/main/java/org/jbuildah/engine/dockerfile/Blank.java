package org.jbuildah.engine.dockerfile;

import java.util.regex.Pattern;

/** White space as the reference implementation's language defines it, which is neither Java's nor ASCII's. */
final class Blank {
    /** What parts the words of FROM, EXPOSE, COPY and the keyword from its arguments. */
    static final Pattern RUN = Pattern.compile("[\\t\\x0B\\f\\r ]+");

    private Blank() {}

    static boolean is(int character) {
        return (character >= '\t' && character <= '\r') || character == 0x85 || Character.isSpaceChar(character);
    }

    static String trimLeft(String text) {
        int start = 0;
        while (start < text.length() && is(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    static String trim(String text) {
        String left = trimLeft(text);
        int end = left.length();
        while (end > 0 && is(left.charAt(end - 1))) {
            end--;
        }
        return left.substring(0, end);
    }
}
