package fr.vigie.indicators.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Numbers of names are those of the cases of domaine 7.2. */
class OpenDelaysTest {

    private static OpenDelays ended(long... lengths) {
        OpenDelays delays = new OpenDelays();
        for (long length : lengths) {
            delays.addEnded(length, 1);
        }
        return delays;
    }

    private static Optional<BigDecimal> days(String text) {
        return Optional.of(new BigDecimal(text));
    }

    @Test
    void case22_openDelaysCountUntilTheyAreNotSeenAnyMore() {
        OpenDelays delays = ended(10, 20, 40);
        delays.addCensored(30, 1);
        delays.addCensored(50, 1);
        assertEquals(days("40"), delays.median(1));
        assertEquals(3, delays.ended());
        assertEquals(5, delays.all());
    }

    @Test
    void case62_theMedianIsTheMiddleOfTheStepWhereHalfAreLeft() {
        assertEquals(days("5.5"), ended(1, 2, 3, 4, 5, 6, 7, 8, 9, 100).median(1));
    }

    @Test
    void exactlyHalfIsRecognisedWhereAProductOfDecimalsMissesIt() {
        // 97/98 × 96/97 × … × 49/50 is one half after 49 days; doubles do not say so.
        OpenDelays delays = new OpenDelays();
        for (int day = 1; day <= 98; day++) {
            delays.addEnded(day, 1);
        }
        assertEquals(days("49.5"), delays.median(1));
    }

    @Test
    void theMedianOfSecondsIsToldInHoursAndRoundedOnce() {
        assertEquals(days("0.3333"), ended(1200).median(3600));
        assertEquals(days("48"), ended(172_800).median(3600));
    }

    @Test
    void aCurveThatStaysAboveHalfOrEndsOnItHasNoMedian() {
        OpenDelays open = ended(5);
        open.addCensored(5, 1);
        assertEquals(Optional.empty(), open.median(1));
        open.addCensored(9, 7);
        assertEquals(Optional.empty(), open.median(1));
        assertEquals(Optional.empty(), new OpenDelays().median(1));
    }
}
