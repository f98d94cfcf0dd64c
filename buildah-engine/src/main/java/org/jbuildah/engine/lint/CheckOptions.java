package org.jbuildah.engine.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which rules are to speak, and whether what they say makes a build fail: {@code skip=A,B;error=true;experimental=C}, where
 * {@code all} stands for every rule.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#check">Dockerfile reference: check</a>
 */
record CheckOptions(Set<String> skip, Set<String> experimental, boolean error) {
    static final CheckOptions NONE = new CheckOptions(Set.of(), Set.of(), false);

    private static final String ALL = "all";
    private static final Pattern DIRECTIVE = Pattern.compile("(?i)check\\s*=\\s*(.+)");
    private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
    private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

    CheckOptions {
        skip = Set.copyOf(skip);
        experimental = Set.copyOf(experimental);
    }

    /**
     * Reads a value up to its first blank: what stands behind is a remark.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static CheckOptions parse(String value) {
        CheckOptions options = NONE;
        String words = value.strip().split("\\s", 2)[0];
        for (String option : words.isEmpty() ? List.<String>of() : List.of(words.split(";", -1))) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("\"" + option + "\" is not OPTION=VALUE.");
            }
            options = options.with(option.substring(0, equals), option.substring(equals + 1));
        }
        return options;
    }

    private CheckOptions with(String option, String value) {
        return switch (option) {
            case "skip" -> new CheckOptions(names(value), experimental, error);
            case "experimental" -> new CheckOptions(skip, names(value), error);
            case "error" -> new CheckOptions(skip, experimental, truth(value));
            default -> throw new IllegalArgumentException("\"" + option + "\" is none of skip, error, experimental.");
        };
    }

    private static Set<String> names(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).collect(Collectors.toSet());
    }

    private static boolean truth(String value) {
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw new IllegalArgumentException("error has \"" + value + "\", which is neither true nor false.");
        }
        return TRUE.contains(value);
    }

    /** What the comments before an instruction add for it alone; one that is not in order adds nothing. */
    static CheckOptions ofComments(List<String> comments) {
        Optional<String> value = comments.stream()
                .map(DIRECTIVE::matcher)
                .filter(Matcher::matches)
                .map(directive -> directive.group(1))
                .findFirst();
        try {
            return value.map(CheckOptions::parse).orElse(NONE);
        } catch (IllegalArgumentException notInOrder) {
            return NONE;
        }
    }

    boolean allow(Rule rule) {
        return rule.origin() == Rule.Origin.BUILDKIT_EXPERIMENTAL ? names(experimental, rule) : !names(skip, rule);
    }

    private static boolean names(Set<String> names, Rule rule) {
        return names.contains(ALL) || names.contains(rule.name());
    }

    /** These options with others that count for one instruction. */
    CheckOptions and(CheckOptions local) {
        return new CheckOptions(union(skip, local.skip), union(experimental, local.experimental), error);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return java.util.stream.Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
    }
}
