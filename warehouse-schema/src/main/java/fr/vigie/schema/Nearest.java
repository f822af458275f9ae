package fr.vigie.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that somebody may have meant: one or two typing errors away, or one that holds the other. */
public final class Nearest {

    private static final int SHORTEST_PART = 4;

    private Nearest() {}

    /** Empty when no word is near enough for its mention to help. */
    public static Optional<String> of(String written, Collection<String> known) {
        String word = written.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(one -> isNear(word, one.toLowerCase(Locale.ROOT)))
                .min(Comparator.<String>comparingInt(one -> distance(word, one.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String word, String one) {
        return distance(word, one) <= Math.max(1, Math.min(word.length(), one.length()) / 3)
                || (word.length() >= SHORTEST_PART && one.contains(word))
                || (one.length() >= SHORTEST_PART && word.contains(one));
    }

    /** Letters to add, take away or change. */
    private static int distance(String first, String second) {
        int[] row = new int[second.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= first.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int change = diagonal + (first.charAt(line - 1) == second.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, 1 + Math.min(diagonal, row[column - 1]));
            }
        }
        return row[second.length()];
    }
}
