package fr.vigie.batch.registre;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is told to be late (docs/operations.md 7): more than 35 days behind the most advanced source of the same feed. */
class LateSourceTest {

    @Test
    void thirtyFiveDaysBehindAreARhythmAndThirtySixAreLate() {
        // From 31 January 2026 to 7 March there are 28 + 7 days.
        List<Entry> loaded = List.of(entry("rendez_vous", "A", "2026-01-31"), entry("rendez_vous", "B", "2026-03-07"));
        assertEquals(List.of(), LateSource.among(loaded, List.of()));

        List<Entry> aDayLater = List.of(loaded.get(0), entry("rendez_vous", "B", "2026-03-08"));
        assertEquals(
                List.of(late("rendez_vous", "A", "2026-01-31", "2026-03-08")), LateSource.among(aDayLater, List.of()));
    }

    @Test
    void aSourceIsAsAdvancedAsItsLatestFileAndAFeedIsComparedWithItselfOnly() {
        List<Entry> loaded = List.of(
                entry("rendez_vous", "A", "2026-06-30"),
                entry("rendez_vous", "A", "2025-01-31"),
                entry("rendez_vous", "B", "2026-06-15"),
                entry("evenements", "A", "2026-01-31"),
                entry("evenements", "C", "2026-02-15"));
        assertEquals(List.of(), LateSource.among(loaded, List.of()));
    }

    @Test
    void theFurthestBehindIsToldFirst() {
        List<Entry> loaded = List.of(
                entry("evenements", "B", "2026-02-28"),
                entry("evenements", "A", "2026-06-30"),
                entry("rendez_vous", "C", "2026-01-31"),
                entry("rendez_vous", "A", "2026-05-31"));
        assertEquals(
                List.of(
                        late("rendez_vous", "C", "2026-01-31", "2026-05-31"),
                        late("evenements", "B", "2026-02-28", "2026-06-30")),
                LateSource.among(loaded, List.of()));
    }

    @Test
    void aClosedSourceIsNotToldUnlessItHasSentSomethingSince() {
        Entry ahead = entry("rendez_vous", "A", "2026-06-30");
        List<Closing> closings = List.of(new Closing("B", LocalDate.parse("2026-01-31"), 1));

        assertEquals(List.of(), LateSource.among(List.of(ahead, entry("rendez_vous", "B", "2026-01-31")), closings));
        assertEquals(
                List.of(late("rendez_vous", "B", "2026-02-15", "2026-06-30")),
                LateSource.among(List.of(ahead, ranked(2, "rendez_vous", "B", Optional.of("2026-02-15"))), closings));
    }

    @Test
    void aReferenceFeedHasNoCompletenessToBeLateWith() {
        assertEquals(
                List.of(),
                LateSource.among(
                        List.of(
                                ranked(1, "structures", "A", Optional.empty()),
                                ranked(1, "structures", "B", Optional.empty())),
                        List.of()));
    }

    private static LateSource late(String feed, String source, String until, String ahead) {
        return new LateSource(feed, source, LocalDate.parse(until), LocalDate.parse(ahead));
    }

    private static Entry entry(String feed, String source, String completeUntil) {
        return ranked(1, feed, source, Optional.of(completeUntil));
    }

    private static Entry ranked(long rank, String feed, String source, Optional<String> completeUntil) {
        return new Entry(
                feed + source + completeUntil,
                feed + ".csv",
                feed,
                source,
                "",
                rank,
                completeUntil.map(LocalDate::parse),
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
