package org.jbuildah.engine.api;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * What a user probably meant by a word that means nothing: the known word that is at most two typing errors away, and one for every two
 * letters; or that lacks its last two.
 */
public final class NearMiss {
    private static final int FARTHEST = 2;

    /** Fewer letters may be the beginning of anything. */
    private static final int UNFINISHED = 3;

    private NearMiss() {}

    /** The nearest of the known words, case ignored; empty where none is near. The first of equally near ones counts. */
    public static Optional<String> of(String word, Collection<String> known) {
        String wanted = word.toLowerCase(Locale.ROOT);
        String nearest = null;
        int letters = (int) wanted.chars().filter(Character::isLetterOrDigit).count();
        int least = FARTHEST + 1;
        for (String candidate : known) {
            String other = candidate.toLowerCase(Locale.ROOT);
            int distance = distance(wanted, other);
            boolean unfinished = letters >= UNFINISHED && other.startsWith(wanted);
            if (distance < least && (unfinished || distance <= letters / 2)) {
                least = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The least number of insertions, deletions, replacements and exchanges of neighbours between two words (optimal string alignment). */
    private static int distance(String from, String to) {
        int[][] rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : least(rows, i, j, from, to);
            }
        }
        return rows[from.length()][to.length()];
    }

    private static int least(int[][] rows, int i, int j, String from, String to) {
        int replaced = rows[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean exchanged =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return exchanged ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
