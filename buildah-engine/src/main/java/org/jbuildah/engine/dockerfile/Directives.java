package org.jbuildah.engine.dockerfile;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;

/**
 * The parser directives: comments of the form {@code # key=value} before anything else.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#parser-directives">Dockerfile reference: parser directives</a>
 */
final class Directives {
    private static final Set<String> KNOWN = Set.of("syntax", "escape", "check");
    private static final Pattern DIRECTIVE = Pattern.compile("^#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*$");

    private final Map<String, String> values = new LinkedHashMap<>();
    private boolean over;
    private char escape = '\\';

    /** Looks at a line, its leading blanks removed; the first that is no directive ends them all. @return whether it is one */
    boolean offer(String line) {
        if (over) {
            return false;
        }
        Matcher directive = DIRECTIVE.matcher(line);
        String key = directive.matches() ? directive.group(1).toLowerCase(Locale.ROOT) : "";
        if (!KNOWN.contains(key)) {
            over = true;
            return false;
        }
        if (values.putIfAbsent(key, directive.group(2)) != null) {
            throw invalid("The directive \"" + key + "\" is given twice.", "Keep one of the two.");
        }
        if (key.equals("escape")) {
            escape = escapeFrom(directive.group(2));
        }
        return true;
    }

    private static char escapeFrom(String value) {
        if (!value.equals("\\") && !value.equals("`")) {
            throw invalid("The escape character cannot be \"" + value + "\".", "It is either \\ or `.");
        }
        return value.charAt(0);
    }

    private static DockerfileInvalid invalid(String what, String remedy) {
        return new DockerfileInvalid(FailureCode.DOCKERFILE_SYNTAX, what, remedy);
    }

    char escape() {
        return escape;
    }

    Map<String, String> values() {
        return Map.copyOf(values);
    }
}
