package org.jbuildah.engine.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The part of Go's regular expressions that ignore patterns become: characters, classes, {@code .}, each of them perhaps with a star, an optional
 * group for any number of directories, and {@code ^}.
 *
 * <p>As in Go, and unlike in Java, a match takes time that grows with expression times text, whatever they are. Single classes are Java's, which
 * differ in unions, intersections and some letters after a backslash.
 *
 * @see <a href="https://pkg.go.dev/regexp/syntax">regexp/syntax</a>
 */
final class GoRegex {
    private static final String DIRECTORIES = "(.*/)?";
    private static final Map<Character, GoElement> EDGES = Map.of(
            'A',
            GoElement.Edge.BEGIN,
            'z',
            GoElement.Edge.END,
            'b',
            GoElement.Edge.OF_WORD,
            'B',
            GoElement.Edge.NOT_OF_WORD);
    private static final Map<Character, String> LETTERS =
            Map.of('d', "\\d", 'D', "\\D", 's', "[\\t\\n\\f\\r ]", 'S', "[^\\t\\n\\f\\r ]", 'w', "\\w", 'W', "\\W");
    private static final Map<Character, String> CONTROLS =
            Map.of('a', "\\x07", 'f', "\\x0C", 't', "\\x09", 'n', "\\x0A", 'r', "\\x0D", 'v', "\\x0B");
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("ascii", "\\p{ASCII}"),
            Map.entry("blank", "\\p{Blank}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("digit", "\\p{Digit}"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("space", "\\p{Space}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("word", "\\w"),
            Map.entry("xdigit", "\\p{XDigit}"));

    private final List<GoElement> elements;

    private GoRegex(List<GoElement> elements) {
        this.elements = List.copyOf(elements);
    }

    /** @throws PatternSyntaxException if Go would refuse it, too */
    static GoRegex compile(String source) {
        return new GoRegex(new Reader(source).elements());
    }

    /** True if the expression matches the whole text. */
    boolean matches(String text) {
        int[] characters = text.codePoints().toArray();
        boolean[] reached = new boolean[characters.length + 1];
        reached[0] = true;
        for (GoElement element : elements) {
            if (!element.advance(reached, characters)) {
                return false;
            }
        }
        return reached[characters.length];
    }

    private static final class Reader {
        private final String source;
        private final List<GoElement> elements = new ArrayList<>();
        private StringBuilder target = new StringBuilder();
        private int at;

        Reader(String source) {
            this.source = source;
        }

        List<GoElement> elements() {
            while (at < source.length()) {
                int character = source.codePointAt(at);
                if (source.startsWith(DIRECTORIES, at)) {
                    at += DIRECTORIES.length();
                    elements.add(new GoElement.Directories());
                } else if (character == '^') {
                    at++;
                    elements.add(GoElement.Edge.BEGIN);
                } else if (character == '\\' && at + 1 < source.length() && EDGES.containsKey(source.charAt(at + 1))) {
                    elements.add(Objects.requireNonNull(EDGES.get(source.charAt(at + 1))));
                    at += 2;
                } else {
                    IntPredicate one = one(character);
                    elements.add(star() ? new GoElement.Many(one) : new GoElement.One(one));
                }
            }
            return elements;
        }

        private boolean star() {
            if (at < source.length() && source.charAt(at) == '*') {
                at++;
                return true;
            }
            return false;
        }

        private IntPredicate one(int character) {
            if (character == '.') {
                at++;
                return read -> read != '\n'; // unlike Java's, Go's dot stops at line feeds only
            }
            if (character != '[' && character != '\\') {
                at += Character.charCount(character);
                return read -> read == character;
            }
            target = new StringBuilder();
            at++;
            if (character == '[') {
                characterClass();
            } else {
                escape();
            }
            return new CharacterClass(Pattern.compile(target.toString()));
        }

        private void characterClass() {
            int start = at - 1;
            target.append('[');
            if (source.startsWith("^", at)) {
                target.append('^');
                at++;
            }
            boolean first = true;
            while (first || !source.startsWith("]", at)) {
                if (at >= source.length()) {
                    throw new PatternSyntaxException("a class that is not closed", source, start);
                }
                item();
                first = false;
            }
            at++;
            target.append(']');
        }

        private void item() {
            int end = source.startsWith("[:", at) ? source.indexOf(":]", at + 2) : -1;
            String named = end < 0 ? null : NAMED.get(source.substring(at + 2, end));
            char character = source.charAt(at++);
            if (named != null) {
                target.append(named);
                at = end + 2;
            } else if (character == '\\') {
                escape();
            } else if (character == '-') {
                target.append(source.startsWith("]", at) || target.charAt(target.length() - 1) == '[' ? "\\-" : "-");
            } else {
                literal(character);
            }
        }

        private void escape() {
            if (at == source.length()) {
                throw new PatternSyntaxException("a backslash at the end", source, at - 1);
            }
            int whole = source.codePointAt(at);
            if (whole >= 128) {
                at += Character.charCount(whole);
                target.appendCodePoint(whole);
                return;
            }
            char character = source.charAt(at++);
            String meaning = LETTERS.getOrDefault(character, CONTROLS.get(character));
            if (meaning != null) {
                target.append(meaning);
            } else if (Character.isLetterOrDigit(character)) {
                throw new PatternSyntaxException("\"\\" + character + "\" has no meaning", source, at - 2);
            } else {
                literal(character);
            }
        }

        private void literal(char character) {
            if (character < 128 && !Character.isLetterOrDigit(character)) {
                target.append('\\');
            }
            target.append(character);
        }
    }
}
