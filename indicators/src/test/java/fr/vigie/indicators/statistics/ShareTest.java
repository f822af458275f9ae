package fr.vigie.indicators.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class ShareTest {

    private static String interval(long numerator, long denominator) {
        Share share = new Share(numerator, denominator);
        return share.low() + " " + share.high();
    }

    /** The bounds solve (x/n - p)² = z² p (1 - p) / n: found by halving in another language. */
    @Test
    void theIntervalIsThatOfWilson() {
        assertEquals("21.5216 78.4784", interval(4, 8));
        assertEquals("9.3913 15.8269", interval(49, 400));
        assertEquals("0 8.7622", interval(0, 40));
        assertEquals("91.2378 100", interval(40, 40));
    }

    /** domaine 7.1, reading A. */
    @Test
    void theMiniCohortLiesBetween21And5And78And5() {
        Share share = new Share(4, 8);
        assertEquals(new BigDecimal("21.5"), share.low().setScale(1, RoundingMode.HALF_UP));
        assertEquals(new BigDecimal("78.5"), share.high().setScale(1, RoundingMode.HALF_UP));
    }

    @Test
    void case61_percentsAreRoundedOnceHalfUpAtTheFourthDecimal() {
        assertEquals(new BigDecimal("12.25"), new Share(49, 400).percents());
        assertEquals(new BigDecimal("66.6667"), new Share(2, 3).percents());
        assertEquals(new BigDecimal("100"), new Share(7, 7).percents());
    }

    @Test
    void case60_nothingOutOfNothingIsNoShare() {
        assertEquals(
                "a share needs a positive denominator",
                assertThrows(IllegalArgumentException.class, () -> new Share(0, 0))
                        .getMessage());
    }
}
