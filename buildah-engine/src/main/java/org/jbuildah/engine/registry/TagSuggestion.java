package org.jbuildah.engine.registry;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guesses which tag was meant. */
final class TagSuggestion {
    private TagSuggestion() {}

    /** The tag that is fewest edits away, if those are few beside its length. */
    static Optional<String> nearest(String wanted, List<String> tags) {
        return tags.stream()
                .min(Comparator.comparingInt(tag -> distance(wanted, tag)))
                .filter(tag -> distance(wanted, tag) <= Math.max(1, wanted.length() / 3));
    }

    /** Levenshtein's distance. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
