package org.jbuildah.engine.context;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the part of Go's regular expressions that ignore patterns become, and gives the equal one of Java's. They differ in classes, where Java
 * knows unions and intersections, and in some letters after a backslash.
 *
 * @see <a href="https://pkg.go.dev/regexp/syntax">regexp/syntax</a>
 */
final class GoRegex {
    private static final Map<Character, String> LETTERS = Map.of(
            'd',
            "\\d",
            'D',
            "\\D",
            's',
            "[\\t\\n\\f\\r ]",
            'S',
            "[^\\t\\n\\f\\r ]",
            'w',
            "\\w",
            'W',
            "\\W",
            'b',
            "\\b",
            'B',
            "\\B",
            'A',
            "\\A",
            'z',
            "\\z");
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

    private final String source;
    private final StringBuilder target = new StringBuilder();
    private int at;

    private GoRegex(String source) {
        this.source = source;
    }

    /** @throws PatternSyntaxException if Go would refuse it, too */
    static Pattern compile(String source) {
        // unlike Java's, Go's dot stops at line feeds only
        return Pattern.compile(new GoRegex(source).translated(), Pattern.UNIX_LINES);
    }

    private String translated() {
        while (at < source.length()) {
            char character = source.charAt(at++);
            if (character == '[') {
                characterClass();
            } else if (character == '\\') {
                escape();
            } else if (".*?()^".indexOf(character) >= 0) {
                target.append(character);
            } else {
                literal(character);
            }
        }
        return target.toString();
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
        int end = source.startsWith("[:", at) ? source.indexOf(":]", at) : -1;
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
        char character = source.charAt(at++);
        String meaning = LETTERS.getOrDefault(character, CONTROLS.get(character));
        if (meaning != null) {
            target.append(meaning);
        } else if (character < 128 && Character.isLetterOrDigit(character)) {
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
