package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import fr.vigie.verification.oracle.KaplanMeier.Spell;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class KaplanMeierTest {

    private static Spell ended(long time) {
        return new Spell(time, true);
    }

    private static Spell open(long time) {
        return new Spell(time, false);
    }

    @Test
    void case22_theMedianIs40() {
        assertEquals(
                new BigDecimal("40"), KaplanMeier.median(List.of(ended(10), ended(20), open(30), ended(40), open(50))));
    }

    @Test
    void atTheSameTimeEndsComeBeforeCensorings() {
        // 2 of 3 at risk end at 5: 1/3 left. With the censoring first, both of 2 would have ended.
        assertEquals(new BigDecimal("5"), KaplanMeier.median(List.of(open(5), ended(5), ended(5))));
        // 1 of 2 ends at 5: exactly half is left, and nothing ends afterwards.
        assertNull(KaplanMeier.median(List.of(open(5), ended(5))));
    }

    @Test
    void thePlateauWhereExactlyHalfAreLeftLastsUntilTheNextEndWhateverIsCensoredInBetween() {
        // 3 of 9 end at 10, 2 are censored, 1 of the 4 at risk ends at 30: 6/9 × 3/4 = 1/2, until the end at 60.
        assertEquals(
                new BigDecimal("45"),
                KaplanMeier.median(List.of(
                        ended(10), ended(10), ended(10), open(20), open(20), ended(30), open(40), ended(60),
                        open(70))));
    }

    @Test
    void nobodyGivesNoMedian() {
        assertNull(KaplanMeier.median(List.of()));
    }
}
