package fr.vigie.pipelines;

import fr.vigie.indicators.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

/**
 * The stretch of time that a pass looks at.
 *
 * @param limit date d'arrêt, exclusive end: facts at or after it are not read
 * @param firstFact day of the first fact that happened; declarations, births and validities begun earlier open no period (domaine 0.9 bis)
 * @param floor no published period starts before it
 */
record Horizon(Instant limit, LocalDate firstFact, LocalDate floor) {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** The date d'arrêt itself: the start of its minute. */
    Instant stop() {
        return limit.minusSeconds(60);
    }

    LocalDate stopDay() {
        return LocalDate.ofInstant(stop(), PARIS);
    }

    /** First month in which a state is observed: that of the first fact, or of the floor. */
    YearMonth firstMonth() {
        LocalDate floorMonth =
                floor.getDayOfMonth() == 1 ? floor : floor.withDayOfMonth(1).plusMonths(1);
        LocalDate first = firstFact.isAfter(floorMonth) ? firstFact : floorMonth;
        LocalDate last = stopDay();
        return YearMonth.from(first.isAfter(last) ? last : first);
    }

    /** The periods that hold a day between the first fact and the date d'arrêt, and start no earlier than the floor (contrat.md 4). */
    List<Period> periods() {
        return Period.all(YearMonth.from(firstFact), YearMonth.from(stopDay())).stream()
                .filter(period -> !period.start().isBefore(floor))
                .filter(period -> !period.start().isAfter(stopDay()))
                .toList();
    }

    /** Whether the period's last minute lies after the date d'arrêt. */
    boolean isUnfinished(Period period) {
        return period.end().atStartOfDay(PARIS).toInstant().isAfter(limit);
    }
}
