package org.jbuildah.engine.api;

import java.util.List;

/**
 * A text of the user's that failures and warnings point into.
 *
 * @param name as the user would find it: a path, or {@code -} for standard input
 * @param lines without their line ends
 */
public record SourceText(String name, List<String> lines) {
    public SourceText {
        lines = List.copyOf(lines);
    }
}
