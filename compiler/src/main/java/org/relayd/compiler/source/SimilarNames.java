package org.relayd.compiler.source;

import java.util.Optional;

/**
 * Finds the name that somebody may have meant: the nearest by edit distance, two edits away at most, and one more for
 * every four letters of long names.
 */
public final class SimilarNames {
    private static final int FARTHEST = 2;

    private SimilarNames() {}

    /**
     * Returns the known name nearest to an unknown one; of several equally near ones the first in alphabetical order.
     *
     * @param unknown
     *            the name that was written
     * @param known
     *            names that exist, in any order
     */
    public static Optional<String> nearest(String unknown, Iterable<String> known) {
        String best = null;
        int least = Math.min(Math.max(FARTHEST, unknown.length() / 4), unknown.length() / 2) + 1;
        for (String name : known) {
            int distance = distance(unknown, name, least);
            if (distance < least || (distance == least && best != null && name.compareTo(best) < 0)) {
                best = name;
                least = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    // Optimal string alignment: insert, delete, replace, swap two neighbours. Three rows are enough.
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
