package org.jbuildah.engine.context;

import java.util.Locale;

/** Tells a slip of the finger from another name. */
final class Spelling {
    private static final int SLIPS = 2;

    private Spelling() {}

    /** True for two names that differ in case only, or in at most two letters of many. */
    static boolean near(String wanted, String present) {
        String some = wanted.toLowerCase(Locale.ROOT);
        String other = present.toLowerCase(Locale.ROOT);
        return some.equals(other) || (some.length() > 2 * SLIPS && distance(some, other) <= SLIPS);
    }

    /** Letters to insert, remove or replace: Levenshtein's distance, row by row. */
    private static int distance(String some, String other) {
        int[] above = new int[other.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= some.length(); row++) {
            int[] current = new int[above.length];
            current[0] = row;
            for (int column = 1; column < above.length; column++) {
                int replaced = above[column - 1] + (some.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[other.length()];
    }
}
