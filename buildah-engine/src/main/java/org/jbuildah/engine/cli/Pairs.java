package org.jbuildah.engine.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of options that are written {@code NAME=VALUE}. */
final class Pairs {
    private Pairs() {}

    /** A name without a value has the empty one. */
    static Map<String, String> of(String option, List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        words.forEach(word -> pairs.put(name(option, word), value(word)));
        return pairs;
    }

    /** A name without a value has the environment's, and is left out where there is none. */
    static Map<String, String> of(String option, List<String> words, Map<String, String> environment) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            String name = name(option, word);
            if (word.contains("=")) {
                pairs.put(name, value(word));
            } else if (environment.containsKey(name)) {
                pairs.put(name, environment.getOrDefault(name, ""));
            }
        }
        return pairs;
    }

    private static String name(String option, String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        if (name.isEmpty()) {
            throw Cli.wrong(option + " \"" + word + "\" has no name.", "Write NAME=VALUE.");
        }
        return name;
    }

    private static String value(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? "" : word.substring(equals + 1);
    }
}
