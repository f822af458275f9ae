package fr.vigie.batch.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.batch.registre.Entry;
import fr.vigie.indicators.Catalogue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The date d'arrêt of each indicator (domaine.md 0.5, contract.md 4). CAD-04 needs rendez_vous alone; MT-01 patients and declarations_mt. */
class StopDatesTest {

    private static final Catalogue CATALOGUE = Catalogue.read(Optional.empty());

    /** 31 March 2026, 23:59 in Paris (summer time). */
    private static final Instant AS_OF = Instant.parse("2026-03-31T21:59:00Z");

    @Test
    void theDateAskedForHoldsWhenEverySourceIsCompleteUntilThen() {
        StopDates dates = StopDates.of(CATALOGUE, List.of(loaded("rendez_vous", "A", "2026-03-31")), AS_OF);

        assertEquals(Instant.parse("2026-03-31T22:00:00Z"), dates.limits().get("CAD-04"));
        assertEquals(List.of(), dates.warnings());
    }

    @Test
    void theLatestDeliveryOfTheSlowestSourceHoldsBack() {
        StopDates dates = StopDates.of(
                CATALOGUE,
                List.of(
                        loaded("rendez_vous", "A", "2026-01-31"),
                        loaded("rendez_vous", "A", "2026-04-30"),
                        loaded("rendez_vous", "B", "2026-01-15"),
                        loaded("rendez_vous", "B", "2026-02-28")),
                AS_OF);

        assertEquals(Instant.parse("2026-02-28T23:00:00Z"), dates.limits().get("CAD-04"));
        assertEquals(
                List.of(
                        "Date d’arrêt ramenée au 28/02/2026 pour CAD-04, TLC-01\u202f: le flux «\u00a0rendez_vous\u00a0» de la source B n’est"
                                + " complet que jusqu’à ce jour."),
                dates.warnings());
    }

    @Test
    void anotherFeedDoesNotHoldBackWhatDoesNotNeedIt() {
        StopDates dates = StopDates.of(
                CATALOGUE,
                List.of(
                        loaded("rendez_vous", "A", "2026-03-31"),
                        loaded("patients", "A", "2026-01-31"),
                        loaded("declarations_mt", "A", "2026-03-31")),
                AS_OF);

        assertEquals(Instant.parse("2026-03-31T22:00:00Z"), dates.limits().get("CAD-04"));
        assertEquals(Instant.parse("2026-01-31T23:00:00Z"), dates.limits().get("MT-01"));
    }

    @Test
    void anIndicatorOfAFeedThatWasNeverLoadedIsLeftOutAndTheFeedNamed() {
        StopDates dates = StopDates.of(CATALOGUE, List.of(loaded("patients", "A", "2026-03-31")), AS_OF);

        assertEquals(Set.of(), dates.limits().keySet());
        assertEquals(Set.of("declarations_mt"), dates.missing().get("MT-01"));
        assertEquals(Set.of("rendez_vous"), dates.missing().get("CAD-04"));
    }

    private static Entry loaded(String feed, String source, String completeUntil) {
        return new Entry(
                feed + source + completeUntil,
                feed + ".csv",
                feed,
                source,
                "",
                1,
                Optional.of(LocalDate.parse(completeUntil)),
                Optional.empty(),
                1,
                0,
                0,
                0,
                0,
                "CHARGE",
                Optional.empty());
    }
}
