package org.jbuildah.engine.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jbuildah.engine.api.CheckWarning;

/** The warnings of a build's checks, kept until its end, where they are read. */
final class CheckBlock {
    private final List<CheckWarning> warnings = new ArrayList<>();

    void add(CheckWarning warning) {
        warnings.add(warning);
    }

    /** Lines to print, once: none where there is no warning, or they were taken before. */
    List<String> take() {
        if (warnings.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(count(warnings.size()) + " (explained at " + CheckWarning.MANUAL + "):");
        warnings.stream()
                .sorted(Comparator.comparingInt(warning -> warning.place().firstLine()))
                .forEach(warning -> lines.add("  " + warning.line()));
        warnings.clear();
        return lines;
    }

    static String count(int warnings) {
        return switch (warnings) {
            case 0 -> "no warnings";
            case 1 -> "1 warning";
            default -> warnings + " warnings";
        };
    }
}
