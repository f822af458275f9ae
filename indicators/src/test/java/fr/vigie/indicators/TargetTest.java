package fr.vigie.indicators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.indicators.Target.Operator;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final Target MORE_THAN_60 = new Target(Operator.GREATER, new BigDecimal("60"));

    @Test
    void case59_moreThan60PercentIsDecidedOnTheIntegers() {
        assertFalse(MORE_THAN_60.isMetByShare(3, 5));
        assertTrue(MORE_THAN_60.isMetByShare(61, 101));
        assertTrue(MORE_THAN_60.isMetByShare(6004, 10_000));
        // 60.000000006 %, which four decimals would show as 60.
        assertTrue(MORE_THAN_60.isMetByShare(6_000_000_001L, 10_000_000_001L));
    }

    @Test
    void aBoundThatBelongsToTheTargetMeetsIt() {
        assertTrue(new Target(Operator.AT_LEAST, new BigDecimal("60")).isMetByShare(3, 5));
        assertTrue(new Target(Operator.AT_MOST, new BigDecimal("60")).isMetByShare(3, 5));
        assertFalse(new Target(Operator.LESS, new BigDecimal("60")).isMetByShare(3, 5));
        assertEquals("> 60", MORE_THAN_60.text());
    }
}
