package fr.vigie.batch.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.batch.registre.Closing;
import fr.vigie.batch.registre.Entry;
import fr.vigie.indicators.Catalogue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The date d'arrêt of each indicator (domaine 0.5, contrat.md 4). CAD-04 needs rendez_vous alone; MT-01 patients and declarations_mt. */
class StopDatesTest {

    private static final Catalogue CATALOGUE = Catalogue.read(Optional.empty());

    /** 31 March 2026, 23:59 in Paris (summer time). */
    private static final Instant AS_OF = Instant.parse("2026-03-31T21:59:00Z");

    @Test
    void theDateAskedForHoldsWhenEverySourceIsCompleteUntilThen() {
        StopDates dates = StopDates.of(CATALOGUE, List.of(loaded("rendez_vous", "A", "2026-03-31")), List.of(), AS_OF);

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
                List.of(),
                AS_OF);

        assertEquals(Instant.parse("2026-02-28T23:00:00Z"), dates.limits().get("CAD-04"));
        assertEquals(
                List.of(
                        "Date d’arrêt ramenée au 28/02/2026 pour CAD-04, RUP-00, TLC-01\u202f: le flux «\u00a0rendez_vous\u00a0» de la source B n’est"
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
                List.of(),
                AS_OF);

        assertEquals(Instant.parse("2026-03-31T22:00:00Z"), dates.limits().get("CAD-04"));
        assertEquals(Instant.parse("2026-01-31T23:00:00Z"), dates.limits().get("MT-01"));
    }

    @Test
    void anIndicatorOfAFeedThatWasNeverLoadedIsLeftOutAndTheFeedNamed() {
        StopDates dates = StopDates.of(CATALOGUE, List.of(loaded("patients", "A", "2026-03-31")), List.of(), AS_OF);

        assertEquals(Set.of(), dates.limits().keySet());
        assertEquals(Set.of("declarations_mt"), dates.missing("MT-01"));
        assertEquals(Set.of("rendez_vous"), dates.missing("CAD-04"));
    }

    @Test
    void aFeedOfRisksHoldsBackOnceReceivedAndIsMissedUntilThen() {
        // ORI-04 needs orientations; it reads patients and evenements for deaths and departures only.
        StopDates without =
                StopDates.of(CATALOGUE, List.of(loaded("orientations", "A", "2026-03-31")), List.of(), AS_OF);

        assertEquals(Instant.parse("2026-03-31T22:00:00Z"), without.limits().get("ORI-04"));
        assertEquals(Set.of("patients", "evenements"), without.unobservedRisks("ORI-04"));
        assertEquals(Set.of(), without.unobservedRisks("ORI-05"));

        StopDates with = StopDates.of(
                CATALOGUE,
                List.of(loaded("orientations", "A", "2026-03-31"), loaded("evenements", "B", "2026-02-28")),
                List.of(),
                AS_OF);

        assertEquals(Instant.parse("2026-02-28T23:00:00Z"), with.limits().get("ORI-04"));
        assertEquals(Instant.parse("2026-03-31T22:00:00Z"), with.limits().get("ORI-05"));
        assertEquals(Set.of("patients"), with.unobservedRisks("ORI-04"));
    }

    @Test
    void rupturesAreThoseOfTheRulesThatHaveTheirFeeds() {
        // RUP-03 and RUP-04 need orientations alone, RUP-05 rendez_vous alone, RUP-07 evenements alone.
        StopDates orientations =
                StopDates.of(CATALOGUE, List.of(loaded("orientations", "A", "2026-03-31")), List.of(), AS_OF);

        assertEquals(Set.of(), orientations.missing("RUP-00"));
        assertEquals(Set.of("RUP-01", "RUP-02", "RUP-05", "RUP-06", "RUP-07"), orientations.leftOut("RUP-00"));
        assertEquals(Set.of("patients", "evenements"), orientations.unobservedRisks("RUP-00"));
        assertEquals(
                Instant.parse("2026-03-31T22:00:00Z"), orientations.limits().get("RUP-00"));

        StopDates three = StopDates.of(
                CATALOGUE,
                List.of(
                        loaded("orientations", "A", "2026-03-31"),
                        loaded("evenements", "A", "2026-01-31"),
                        loaded("rendez_vous", "A", "2026-03-31")),
                List.of(),
                AS_OF);

        assertEquals(Set.of("RUP-02"), three.leftOut("RUP-00"));
        assertEquals(Instant.parse("2026-01-31T23:00:00Z"), three.limits().get("RUP-00"));
    }

    @Test
    void rupturesAreNotComputableWithoutAnyRule() {
        StopDates dates =
                StopDates.of(CATALOGUE, List.of(loaded("declarations_mt", "A", "2026-03-31")), List.of(), AS_OF);

        assertEquals(Set.of("evenements", "orientations", "rendez_vous"), dates.missing("RUP-00"));
        assertEquals(Set.of(), dates.leftOut("RUP-00"));
        assertEquals(null, dates.limits().get("RUP-00"));
    }

    @Test
    void aClosedSourceHoldsNothingBackAfterItsLastDay() {
        List<Entry> loaded =
                List.of(loaded("rendez_vous", "MAIIA", "2026-01-31"), loaded("rendez_vous", "SAS", "2026-03-31"));

        assertEquals(
                Instant.parse("2026-01-31T23:00:00Z"),
                StopDates.of(CATALOGUE, loaded, List.of(), AS_OF).limits().get("CAD-04"));
        StopDates closed = StopDates.of(CATALOGUE, loaded, List.of(closing("2026-01-31")), AS_OF);
        assertEquals(Instant.parse("2026-03-31T22:00:00Z"), closed.limits().get("CAD-04"));
        assertEquals(List.of(), closed.warnings());
        // Up to its last day it holds back as before: it ended on 31 March, and its files go until 31 January.
        assertEquals(
                Instant.parse("2026-01-31T23:00:00Z"),
                StopDates.of(CATALOGUE, loaded, List.of(closing("2026-03-31")), AS_OF)
                        .limits()
                        .get("CAD-04"));
    }

    @Test
    void aClosedSourceHoldsBackTheDateThatAnotherOneLeavesWhileItWasAlive() {
        // SAS brings the date back to 15 February, when MAIIA, which ended on the 28th, was alive and complete until 31
        // January only.
        List<Entry> loaded =
                List.of(loaded("rendez_vous", "MAIIA", "2026-01-31"), loaded("rendez_vous", "SAS", "2026-02-15"));

        assertEquals(Instant.parse("2026-01-31T23:00:00Z"), stopOfRendezVous(loaded, "2026-02-28"));
        assertEquals(Instant.parse("2026-01-31T23:00:00Z"), stopOfRendezVous(loaded, "2026-02-15"));
        assertEquals(Instant.parse("2026-02-15T23:00:00Z"), stopOfRendezVous(loaded, "2026-02-14"));
    }

    private static Instant stopOfRendezVous(List<Entry> loaded, String closedOn) {
        return java.util.Objects.requireNonNull(StopDates.of(CATALOGUE, loaded, List.of(closing(closedOn)), AS_OF)
                .limits()
                .get("CAD-04"));
    }

    @Test
    void whatAClosedSourceSendsLaterOpensItAgain() {
        Entry before = loaded("rendez_vous", "MAIIA", "2026-01-31");
        // The rank of the closing is 1: a later load, that goes beyond the last day, opens; one that does not, nor an
        // older load, do not.
        assertEquals(Instant.parse("2026-02-28T23:00:00Z"), reopenedBy(before, 2, "2026-02-28"));
        assertEquals(Instant.parse("2026-03-31T22:00:00Z"), reopenedBy(before, 2, "2026-01-31"));
        assertEquals(Instant.parse("2026-03-31T22:00:00Z"), reopenedBy(before, 1, "2026-02-28"));
    }

    private static Instant reopenedBy(Entry before, long rank, String until) {
        Entry since = ranked(rank, "rendez_vous", "MAIIA", until);
        StopDates dates = StopDates.of(CATALOGUE, List.of(before, since), List.of(closing("2026-01-31")), AS_OF);
        Instant limit = java.util.Objects.requireNonNull(dates.limits().get("CAD-04"));
        boolean isReopened = limit.isBefore(Instant.parse("2026-03-31T22:00:00Z"));
        assertEquals(
                isReopened,
                dates.warnings().stream().anyMatch(one -> one.contains("La source MAIIA, close au 31/01/2026")));
        return limit;
    }

    private static Closing closing(String on) {
        return new Closing("MAIIA", LocalDate.parse(on), 1);
    }

    private static Entry loaded(String feed, String source, String completeUntil) {
        return ranked(1, feed, source, completeUntil);
    }

    private static Entry ranked(long rank, String feed, String source, String completeUntil) {
        return new Entry(
                feed + source + completeUntil + rank,
                feed + ".csv",
                feed,
                source,
                "",
                rank,
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
