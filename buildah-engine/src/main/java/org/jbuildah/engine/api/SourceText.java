package org.jbuildah.engine.api;

import java.util.ArrayList;
import java.util.List;

/**
 * A text of the user's that failures and warnings point into.
 *
 * @param name as the user would find it: a path, or {@code -} for standard input
 * @param lines without their line feeds; a carriage return before one stays, since here-documents keep it
 */
public record SourceText(String name, List<String> lines) {
    public SourceText {
        lines = List.copyOf(lines);
    }

    /** The lines of a text; a line feed at its end ends the last line and begins no other. */
    public static SourceText of(String name, String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return new SourceText(name, lines);
    }
}
