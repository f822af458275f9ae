package fr.vigie.intake;

import java.util.List;
import java.util.Optional;

/**
 * What a mapping says of the text of a foreign file, where the file itself does not tell it.
 *
 * @param delimiter absent when the first line tells it
 * @param skippedLines lines of the file before its header, or before its data when {@code names} are given
 * @param names of the columns of a file without a header, normalised; empty when the first line gives them
 */
record Layout(Optional<Character> delimiter, int skippedLines, List<String> names) {

    /** Of a file that tells everything by itself. */
    static final Layout PLAIN = new Layout(Optional.empty(), 0, List.of());

    Layout {
        names = List.copyOf(names);
    }

    boolean hasHeader() {
        return names.isEmpty();
    }
}
