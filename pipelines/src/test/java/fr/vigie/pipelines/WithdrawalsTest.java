package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.pipelines.Withdrawals.Complete;
import fr.vigie.pipelines.Withdrawals.Said;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What complete deliveries take back of one fact; days and versions are small numbers. */
class WithdrawalsTest {

    private static final Set<String> A = Set.of("A");
    private static final Set<String> B = Set.of("B");

    @Test
    void whatACompleteDeliveryNoLongerHoldsIsTakenBack() {
        assertEquals(Map.of("A", 2L), Withdrawals.of(List.of(said(1, 9, A, 10)), List.of(whole(2, "A"))));
    }

    @Test
    void whatComesLaterCountsAgainWhateverItsVersion() {
        // Of rank 3 on everything counts: the version 1 of rank 3 is all that is left.
        assertEquals(
                Map.of("A", 2L), Withdrawals.of(List.of(said(1, 9, A, 10), said(3, 1, A, 10)), List.of(whole(2, "A"))));
    }

    @Test
    void aFactThatAnyFileOfTheLoadHoldsStaysWithItsYoungestVersion() {
        assertEquals(
                Map.of(),
                Withdrawals.of(List.of(said(1, 9, A, 10), said(2, 1, A, 10)), List.of(whole(2, "A"), whole(2, "A"))));
    }

    @Test
    void theDayThatItsSourceSaidLastDecidesWhetherThePeriodHoldsAFact() {
        Complete january = new Complete(3, "A", 1, 31);
        // Moved into February by a younger version, then told a stale January.
        assertEquals(Map.of(), Withdrawals.of(List.of(said(1, 5, A, 40), said(2, 4, A, 10)), List.of(january)));
        // Moved into January: what was said of February leaves with it.
        assertEquals(Map.of("A", 3L), Withdrawals.of(List.of(said(1, 4, A, 40), said(2, 5, A, 10)), List.of(january)));
        assertEquals(Map.of(), Withdrawals.of(List.of(said(1, 4, A, 32)), List.of(january)));
        assertEquals(Map.of("A", 3L), Withdrawals.of(List.of(said(1, 4, A, 31)), List.of(january)));
        assertEquals(Map.of("A", 3L), Withdrawals.of(List.of(said(1, 4, A, null)), List.of(january)));
    }

    @Test
    void aSourceTakesBackWhatItSaidAndNotWhatOthersSay() {
        assertEquals(
                Map.of("A", 3L), Withdrawals.of(List.of(said(1, 4, A, 10), said(2, 9, B, 10)), List.of(whole(3, "A"))));
    }

    @Test
    void aSourceAlsoTakesBackWhatAFileOfAnotherOneSaidInItsName() {
        assertEquals(
                Map.of("A", 2L), Withdrawals.of(List.of(said(1, 4, Set.of("A", "B"), 10)), List.of(whole(2, "A"))));
        assertEquals(
                Map.of("B", 2L), Withdrawals.of(List.of(said(1, 4, Set.of("A", "B"), 10)), List.of(whole(2, "B"))));
    }

    @Test
    void completeDeliveriesFollowEachOther() {
        // Taken back by the second, told again by the third load, held by the fourth, taken back by the fifth.
        List<Said> said = List.of(said(1, 9, A, 10), said(3, 1, A, 10), said(4, 1, A, 10));
        assertEquals(Map.of("A", 2L), Withdrawals.of(said, List.of(whole(2, "A"), whole(4, "A"))));
        assertEquals(Map.of("A", 5L), Withdrawals.of(said, List.of(whole(2, "A"), whole(4, "A"), whole(5, "A"))));
        // What the second took back of January does not keep the fourth from seeing that the fact is in February.
        assertEquals(
                Map.of("A", 4L),
                Withdrawals.of(
                        List.of(said(1, 9, A, 10), said(3, 1, A, 40)),
                        List.of(new Complete(2, "A", 1, 31), new Complete(4, "A", 32, 60))));
    }

    private static Said said(long rank, long version, Set<String> sources, @Nullable Integer day) {
        return new Said(rank, version, sources, day);
    }

    private static Complete whole(long rank, String source) {
        return new Complete(rank, source, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
