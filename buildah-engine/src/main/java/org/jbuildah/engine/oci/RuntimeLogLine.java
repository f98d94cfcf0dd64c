package org.jbuildah.engine.oci;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A line of the log that an OCI runtime keeps with {@code --log-format json}.
 *
 * @param level {@code error}, {@code warning} and the like
 */
public record RuntimeLogLine(String level, String message) {
    private static final Set<String> BAD = Set.of("error", "fatal", "panic");

    /** A line that is no JSON is taken as an error: some runtimes report their last breath so. */
    public static RuntimeLogLine parse(String line) {
        try {
            JsonObjectView json = JsonObjectView.parse("the log line", line.getBytes(StandardCharsets.UTF_8));
            return new RuntimeLogLine(json.string("level"), json.string("msg"));
        } catch (IllegalArgumentException plainText) {
            return new RuntimeLogLine("error", line);
        }
    }

    public boolean error() {
        return BAD.contains(level);
    }
}
