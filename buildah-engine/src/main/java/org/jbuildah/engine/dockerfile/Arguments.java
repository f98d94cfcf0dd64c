package org.jbuildah.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;

/** The arguments of an instruction, parted by the rule of its keyword; variables and quotes stay as they are. */
record Arguments(List<String> values, boolean json) {
    Arguments {
        values = List.copyOf(values);
    }

    /** All shapes but an instruction within an instruction. */
    static Arguments read(Keyword keyword, String rest, char escape) {
        return switch (keyword.shape()) {
            case TEXT -> text(rest);
            case WORDS -> words(rest);
            case JSON_OR_TEXT -> json(rest).orElseGet(() -> text(rest));
            case JSON_OR_WORDS -> json(rest).orElseGet(() -> words(rest));
            case SHELL_WORDS -> new Arguments(shellWords(rest, escape), false);
            case ASSIGNMENTS -> new Arguments(assignments(keyword, rest, escape), false);
            case HEALTHCHECK -> healthcheck(rest);
            case INSTRUCTION -> throw new IllegalArgumentException("ONBUILD is read by NodeReader");
        };
    }

    private static Optional<Arguments> json(String rest) {
        return JsonForm.read(rest).map(strings -> new Arguments(strings, true));
    }

    private static Arguments text(String rest) {
        return new Arguments(rest.isEmpty() ? List.of() : List.of(rest), false);
    }

    private static Arguments words(String rest) {
        return new Arguments(rest.isEmpty() ? List.of() : List.of(Blank.RUN.split(rest, -1)), false);
    }

    /** A type, and a command in either form. */
    private static Arguments healthcheck(String rest) {
        int end = 0;
        while (end < rest.length() && !Blank.is(rest.charAt(end))) {
            end++;
        }
        if (end == 0) {
            return new Arguments(List.of(), false);
        }
        String command = Blank.trimLeft(rest.substring(end));
        Arguments parted = json(command).orElseGet(() -> text(command));
        List<String> values = new ArrayList<>(List.of(rest.substring(0, end)));
        values.addAll(parted.values);
        return new Arguments(values, parted.json);
    }

    /** Name, value and separator of each: {@code NAME=value …}, or the old form {@code NAME value}. */
    private static List<String> assignments(Keyword keyword, String rest, char escape) {
        List<String> words = shellWords(rest, escape);
        if (words.isEmpty()) {
            return List.of();
        }
        if (!words.get(0).contains("=")) {
            String[] parts = Blank.RUN.split(rest, 2);
            if (parts.length < 2) {
                throw invalid(
                        keyword + " gives \"" + rest + "\" no value.", "Write " + keyword + " " + rest + "=VALUE.");
            }
            return List.of(parts[0], parts[1], "");
        }
        List<String> triples = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw invalid(
                        keyword + " has \"" + word + "\", which has no equals sign.",
                        "Write NAME=VALUE, with quotes around a value that has blanks.");
            }
            triples.addAll(List.of(word.substring(0, equals), word.substring(equals + 1), "="));
        }
        return triples;
    }

    private static DockerfileInvalid invalid(String what, String remedy) {
        return new DockerfileInvalid(FailureCode.DOCKERFILE_SYNTAX, what, remedy);
    }

    /** Words parted at blanks that are neither quoted nor escaped; quotes and escapes are kept. */
    static List<String> shellWords(String rest, char escape) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quotedOnce = false; // '' is a word, though an empty one
        char quote = 0;
        for (int i = 0; i < rest.length(); i++) {
            char character = rest.charAt(i);
            if (quote == 0 && Blank.is(character)) {
                if (quotedOnce || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                quotedOnce = false;
                continue;
            }
            if (character == escape && quote != '\'') {
                if (i + 1 == rest.length()) {
                    break; // an escape at the end escapes nothing
                }
                word.append(character);
                i++;
                character = rest.charAt(i);
            } else if (quote == 0 && (character == '"' || character == '\'')) {
                quote = character;
                quotedOnce = true;
            } else if (character == quote) {
                quote = 0;
            }
            word.append(character);
        }
        if (quotedOnce || !word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
