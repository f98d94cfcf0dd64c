package org.jbuildah.engine.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One challenge of a {@code WWW-Authenticate} header.
 *
 * @param scheme in lower case: {@code basic}, {@code bearer}
 * @param parameters by name in lower case
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, 11.6.1: WWW-Authenticate</a>
 */
record Challenge(String scheme, Map<String, String> parameters) {
    Challenge {
        parameters = Map.copyOf(parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** Reads all header lines; a line may hold several challenges. What cannot be read is left out. */
    static List<Challenge> parse(List<String> lines) {
        List<Challenge> challenges = new ArrayList<>();
        for (String line : lines) {
            new Scanner(line).into(challenges);
        }
        return List.copyOf(challenges);
    }

    private static final class Scanner {
        private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
        private static final String TOKEN68_MARKS = "-._~+/";

        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        void into(List<Challenge> challenges) {
            while (true) {
                skipBlanksAndCommas();
                String scheme = token();
                if (scheme.isEmpty()) {
                    return; // the end, or something that no grammar has
                }
                challenges.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters()));
            }
        }

        private Map<String, String> parameters() {
            Map<String, String> parameters = new TreeMap<>();
            if (skipToken68()) {
                return parameters;
            }
            while (true) {
                int before = at;
                skipBlanksAndCommas();
                String name = token();
                skipBlanks();
                if (name.isEmpty() || peek() != '=') {
                    at = before; // not a parameter: the next challenge's scheme
                    return parameters;
                }
                at++;
                skipBlanks();
                parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), peek() == '"' ? quoted() : token());
            }
        }

        /** Steps over {@code scheme abc==}, credentials-like data that no registry uses, but the grammar allows. */
        private boolean skipToken68() {
            int before = at;
            skipBlanks();
            int start = at;
            while (isAlphanumeric(peek()) || TOKEN68_MARKS.indexOf(peek()) >= 0) {
                at++;
            }
            boolean some = at > start;
            while (peek() == '=') {
                at++;
            }
            skipBlanks();
            if (some && (peek() == ',' || at >= text.length())) {
                return true;
            }
            at = before;
            return false;
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (at < text.length() && peek() != '"') {
                if (peek() == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at = Math.min(at + 1, text.length()); // the closing quote, if there is one
            return value.toString();
        }

        private String token() {
            int start = at;
            while (isAlphanumeric(peek()) || TOKEN_MARKS.indexOf(peek()) >= 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skipBlanks() {
            while (peek() == ' ' || peek() == '\t') {
                at++;
            }
        }

        private void skipBlanksAndCommas() {
            while (peek() == ' ' || peek() == '\t' || peek() == ',') {
                at++;
            }
        }

        /** The present character, or one that no grammar has at the end. */
        private char peek() {
            return at < text.length() ? text.charAt(at) : '\n';
        }

        private static boolean isAlphanumeric(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }
    }
}
