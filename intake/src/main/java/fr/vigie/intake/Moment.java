package fr.vigie.intake;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When something happened, as far as it is known.
 *
 * @param day civil day in Paris
 * @param instant null when the hour is not known
 */
record Moment(LocalDate day, @Nullable Instant instant) {

    /** Whether this certainly comes after the other: by instants when both are known, else by civil days. */
    boolean isAfter(Moment other) {
        return instant != null && other.instant != null ? instant.isAfter(other.instant) : day.isAfter(other.day);
    }
}
