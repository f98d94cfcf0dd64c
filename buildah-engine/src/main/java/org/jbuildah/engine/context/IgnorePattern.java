package org.jbuildah.engine.context;

import java.util.regex.PatternSyntaxException;

/**
 * One line of an ignore file: a wildcard in which {@code **} stands for any number of directories, and which excludes, or with a leading
 * {@code !} takes back.
 *
 * <p>The meaning is that of the library which BuildKit and Docker use, with its oddities: {@code a**} is a plain prefix, a leading {@code **} a plain
 * suffix, and whatever else has a wildcard is a regular expression in which {@code ^} keeps its meaning.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">Dockerfile reference: .dockerignore files</a>
 */
final class IgnorePattern {
    private final String text;
    private final boolean takesBack;
    private final Matching matching;

    @FunctionalInterface
    private interface Matching {
        boolean matches(String path);
    }

    private IgnorePattern(String text, boolean takesBack) {
        this.text = text;
        this.takesBack = takesBack;
        this.matching = compile(text);
    }

    /** @throws PatternSyntaxException if the line is not a pattern */
    static IgnorePattern of(String line) {
        String clean = SlashPath.clean(line);
        if (clean.equals("!")) {
            throw new PatternSyntaxException("an exception without a path", line, 0);
        }
        boolean takesBack = clean.startsWith("!");
        String text = takesBack ? clean.substring(1) : clean;
        Wildcard.of(text);
        return new IgnorePattern(text, takesBack);
    }

    /** True for a line with a leading {@code !}. */
    boolean takesBack() {
        return takesBack;
    }

    /** @param path without leading slash */
    boolean matches(String path) {
        return matching.matches(path);
    }

    /** False when nothing below the directory can match, because the pattern begins with the name of another one. */
    boolean mayMatchBelow(String directory) {
        String[] above = directory.split("/", -1);
        String[] components = text.split("/", -1);
        for (int i = 0; i < Math.min(above.length, components.length); i++) {
            if (!isPlain(components[i])) {
                return true;
            }
            if (!components[i].equals(above[i])) {
                return false;
            }
        }
        return true;
    }

    private static Matching compile(String text) {
        if (isPlain(text)) {
            return text::equals;
        }
        if (text.startsWith("**") && isPlain(text.substring(2))) {
            String suffix = text.substring(2);
            return path -> path.endsWith(suffix) || suffix.equals("/" + path);
        }
        if (text.endsWith("**") && isPlain(text.substring(0, text.length() - 2))) {
            String prefix = text.substring(0, text.length() - 2);
            return path -> path.startsWith(prefix);
        }
        return GoRegex.compile(asGoRegex(text))::matches;
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(character -> "*?[]\\".indexOf(character) >= 0);
    }

    /** A class is not looked into, so that a star in one has its meaning here: the library's way. */
    private static String asGoRegex(String text) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at++);
            if (character == '*' && text.startsWith("*", at)) {
                at += text.startsWith("*/", at) ? 2 : 1;
                regex.append(at == text.length() ? ".*" : "(.*/)?");
            } else if (character == '*') {
                regex.append("[^/]*");
            } else if (character == '?') {
                regex.append("[^/]");
            } else if (".+()|{}$".indexOf(character) >= 0) {
                regex.append('\\').append(character);
            } else if (character == '\\' && at < text.length()) {
                regex.append('\\').append(text.charAt(at++));
            } else {
                regex.append(character);
            }
        }
        return regex.toString();
    }

    @Override
    public String toString() {
        return takesBack ? "!" + text : text;
    }
}
