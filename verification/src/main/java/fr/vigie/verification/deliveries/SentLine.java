package fr.vigie.verification.deliveries;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A line as its source writes it.
 *
 * @param fact what it tells of, by its number
 * @param source the one that the line names
 * @param day of the fact
 * @param link the fact that this one follows
 * @param said what may be said differently of the same fact
 * @param updated its {@code date_maj}
 * @param isWrong whether the door rejects it
 */
record SentLine(
        int fact,
        String source,
        String person,
        LocalDate day,
        @Nullable Integer link,
        int said,
        @Nullable LocalDateTime updated,
        boolean isWrong) {}
