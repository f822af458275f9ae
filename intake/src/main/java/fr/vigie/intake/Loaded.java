package fr.vigie.intake;

import fr.vigie.schema.Delivery.Replacement;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the register holds of these bytes for a feed.
 *
 * @param lines data lines read
 * @param counts whether it is loaded, and not taken back
 * @param judgedUntil its last day, where lines were rejected for lying after it; empty where none was
 */
public record Loaded(
        String source, Optional<Replacement> replaced, long lines, boolean counts, Optional<LocalDate> judgedUntil) {

    /** Whether lines that lay ahead when these bytes were loaded may have come to pass: the file is then read again, in its own place. */
    boolean hasMoreOn(Optional<LocalDate> completeUntil) {
        return judgedUntil.isPresent()
                && completeUntil.filter(day -> day.isAfter(judgedUntil.get())).isPresent();
    }

    /**
     * Whether a file of these bytes says what this one did not: a file without a line says that one source has nothing to tell, of some days; other days
     * may be replaced by the same lines. Lines are not taken a second time under another source: they would count twice.
     */
    boolean isSilentOn(String source, Optional<Replacement> replaced) {
        boolean isOfSource = this.source.equals(source);
        boolean isOfDays = this.replaced.equals(replaced);
        return lines == 0 ? !isOfSource || !isOfDays : counts && isOfSource && replaced.isPresent() && !isOfDays;
    }
}
