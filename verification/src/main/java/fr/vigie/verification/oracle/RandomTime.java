package fr.vigie.verification.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws instants, more often where time is treacherous. */
final class RandomTime {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);

    /** The nights of 23 and 25 hours (and both 02:30 of the latter), leap day, ends of periods, the date d'arrêt. */
    private static final List<Instant> TREACHEROUS = List.of(
            Instant.parse("2026-03-28T09:00:00Z"),
            Instant.parse("2026-03-29T00:59:00Z"),
            Instant.parse("2026-03-29T01:00:00Z"),
            Instant.parse("2026-10-24T08:00:00Z"),
            Instant.parse("2026-10-25T00:30:00Z"),
            Instant.parse("2026-10-25T01:30:00Z"),
            Instant.parse("2025-03-29T12:00:00Z"),
            Instant.parse("2025-03-30T01:00:00Z"),
            Instant.parse("2025-10-26T00:30:00Z"),
            Instant.parse("2025-10-26T01:30:00Z"),
            Instant.parse("2024-02-28T23:00:00Z"),
            Instant.parse("2024-02-29T10:00:00Z"),
            Instant.parse("2025-02-28T22:59:00Z"),
            Instant.parse("2025-02-28T23:00:00Z"),
            Instant.parse("2025-12-31T22:59:00Z"),
            Instant.parse("2025-12-31T23:00:00Z"),
            Instant.parse("2025-12-31T23:30:00Z"),
            Instant.parse("2026-03-31T21:59:00Z"),
            Instant.parse("2026-03-31T22:00:00Z"),
            Instant.parse("2026-06-30T21:59:00Z"),
            Instant.parse("2026-06-30T22:00:00Z"),
            Instant.parse("2026-02-14T22:59:00Z"),
            Instant.parse("2026-02-14T23:00:00Z"),
            Instant.parse("2026-10-29T22:59:00Z"),
            Instant.parse("2026-10-30T22:59:00Z"),
            Instant.parse("2026-10-31T22:59:00Z"));

    private final Random random;

    RandomTime(Random random) {
        this.random = random;
    }

    /** Any minute from 2024 to the date d'arrêt. */
    Instant moment() {
        if (random.nextInt(3) == 0) {
            return TREACHEROUS.get(random.nextInt(TREACHEROUS.size()));
        }
        Instant first = ParisTime.midnight(FIRST_DAY);
        int minutes = (int) Duration.between(first, RandomHistories.DATE_ARRET).toMinutes();
        return first.plusSeconds(60L * random.nextInt(minutes));
    }

    LocalDate day() {
        return ParisTime.dayOf(moment());
    }

    /** The instant, or null when it lies after the date d'arrêt. */
    static @Nullable Instant past(Instant instant) {
        return instant.isAfter(RandomHistories.DATE_ARRET) ? null : instant;
    }

    Instant plusHours(Instant instant, double hours) {
        return instant.plusSeconds(60L * Math.round(60 * hours));
    }

    /** Some minutes, hours or days later, often exactly at a bound that a rule names. */
    Instant plusOneOf(Instant instant, long... minutes) {
        return instant.plusSeconds(60L * minutes[random.nextInt(minutes.length)]);
    }

    /** The same hour of the clock some civil days later, whatever the nights in between. */
    Instant plusDays(Instant instant, int days) {
        return instant.atZone(PARIS).plusDays(days).toInstant();
    }
}
