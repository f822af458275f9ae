package fr.vigie.demonstration;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * What to invent. The same parameters give the same bytes on any machine.
 *
 * @param seed any number
 * @param patients how many persons, at least 1
 * @param start first day of the facts
 * @param end last day of the facts, included
 */
public record DemonstrationParameters(long seed, int patients, LocalDate start, LocalDate end) {

    private static final int DEFAULT_MONTHS = 18;

    public DemonstrationParameters {
        if (patients < 1) {
            throw new IllegalArgumentException("a demonstration needs at least one patient, not " + patients);
        }
        if (start.isAfter(end)) {
            throw new IllegalArgumentException(
                    "the demonstration would start on " + start + ", after its end on " + end);
        }
    }

    /** Eighteen months that end on {@code end}, included. */
    public static DemonstrationParameters upTo(LocalDate end, long seed, int patients) {
        return new DemonstrationParameters(seed, patients, end.plusDays(1).minusMonths(DEFAULT_MONTHS), end);
    }

    /** The last minute in which something may have happened. */
    LocalDateTime cutoff() {
        return end.atTime(23, 59);
    }
}
