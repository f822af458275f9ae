package fr.vigie.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was understood of one value.
 *
 * @param text canonical text; empty when unknown or wrong
 * @param precision {@code heure} or {@code jour} for a date and time, else empty
 * @param moment for a date
 */
record CellReading(String text, String precision, @Nullable Moment moment, List<Finding> findings) {

    static final CellReading EMPTY = new CellReading("", "", null, List.of());

    static CellReading of(String text) {
        return new CellReading(text, "", null, List.of());
    }

    static CellReading of(String text, Finding finding) {
        return new CellReading(text, "", null, List.of(finding));
    }

    static CellReading wrong(Finding finding) {
        return new CellReading("", "", null, List.of(finding));
    }

    static CellReading wrong(String code, String message) {
        return wrong(Finding.error(code, message));
    }

    boolean isWrong() {
        for (Finding finding : findings) {
            if (finding.level() == Level.E) {
                return true;
            }
        }
        return false;
    }
}
