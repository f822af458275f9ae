package fr.vigie.intake;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What the checks of a line depend on besides the contract.
 *
 * @param completeUntil whole day, Paris, after which nothing can have happened; absent for reference feeds
 * @param today for the ages of a feed without completeness
 * @param source given to the lines that name none; empty when unknown
 * @param zone of times written without an offset
 * @param earliest days before it are typing errors
 * @param opaque whether the persons' identifiers are known not to be NIR
 */
record CheckOptions(
        Optional<LocalDate> completeUntil,
        LocalDate today,
        String source,
        ZoneId zone,
        LocalDate earliest,
        boolean opaque) {

    static final LocalDate EARLIEST = LocalDate.of(1850, 1, 1);

    LocalDate covered() {
        return completeUntil.orElse(today);
    }
}
