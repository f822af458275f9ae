package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Civil days in Paris and elapsed seconds (domaine 0.1). */
final class ParisTime {

    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private ParisTime() {}

    static LocalDate dayOf(Instant instant) {
        return instant.atZone(ZONE).toLocalDate();
    }

    static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    static Instant lastSecond(LocalDate day) {
        return midnight(day.plusDays(1)).minusSeconds(1);
    }

    /** The date d'arrêt: the last minute that is read, of an exclusive end. */
    static Instant dateArret(Instant limit) {
        return limit.minusSeconds(60);
    }

    static long days(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to);
    }

    static long seconds(Instant from, Instant to) {
        return ChronoUnit.SECONDS.between(from, to);
    }
}
