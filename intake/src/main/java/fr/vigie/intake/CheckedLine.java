package fr.vigie.intake;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a feed after its checks.
 *
 * @param stored canonical values in the order of the stored columns, with pseudonyms; empty for a rejected line
 * @param findings every problem, not only the first
 * @param person canonical identifier of the person, for the vault only; empty when the line names none
 */
record CheckedLine(List<String> stored, List<LineFinding> findings, boolean isRejected, String person) {

    /** The same line with what its making left doubtful. */
    CheckedLine with(List<LineFinding> doubts) {
        if (doubts.isEmpty()) {
            return this;
        }
        List<LineFinding> all = new ArrayList<>(findings);
        all.addAll(doubts);
        return new CheckedLine(stored, all, isRejected, person);
    }

    /**
     * A problem at its column.
     *
     * @param column empty for a problem of the whole line
     * @param shown the value, masked when it could identify someone
     */
    record LineFinding(String column, Finding finding, String shown) {}
}
