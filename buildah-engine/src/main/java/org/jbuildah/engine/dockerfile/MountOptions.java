package org.jbuildah.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;

/**
 * The value of {@code RUN --mount}: options parted by commas, of which each may stand in double quotes. Variables are not yet expanded.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#run---mount">Dockerfile reference: RUN --mount</a>
 */
public record MountOptions(List<Option> options) {
    public MountOptions {
        options = List.copyOf(options);
    }

    /** @param key in lower case; {@code value} is empty where there is no equals sign */
    public record Option(String key, Optional<String> value) {}

    /** @throws DockerfileInvalid without a place, if quotes do not match, or {@code from} holds a variable */
    public static MountOptions parse(String flagValue) {
        List<Option> options = new ArrayList<>();
        for (String field : fields(flagValue)) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
            Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(field.substring(equals + 1));
            int dollar = value.orElse("").indexOf('$');
            if (key.equals("from")
                    && dollar >= 0
                    && dollar + 1 < value.orElse("").length()) {
                throw new DockerfileInvalid(
                        FailureCode.INSTRUCTION_INVALID,
                        "RUN --mount has \"" + field + "\", but a from cannot hold variables.",
                        "Define a stage, FROM " + value.orElse("")
                                + " AS NAME, with the ARG before the first FROM, and write" + " from=NAME.");
            }
            options.add(new Option(key, value));
        }
        return new MountOptions(options);
    }

    /** The value of an option; the last one counts. */
    public Optional<String> value(String key) {
        return options.stream()
                .filter(option -> option.key.equals(key))
                .reduce((earlier, later) -> later)
                .flatMap(Option::value);
    }

    /** One record of comma-separated values, as RFC 4180 has it. */
    private static List<String> fields(String record) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char character = record.charAt(i);
            if (quoted && character == '"' && i + 1 < record.length() && record.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (character == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(character);
            }
        }
        if (quoted) {
            throw new DockerfileInvalid(
                    FailureCode.INSTRUCTION_INVALID,
                    "RUN --mount=" + record + " has a double quote without its partner.",
                    "Add the missing double quote.");
        }
        fields.add(field.toString());
        return fields;
    }
}
