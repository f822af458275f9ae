package fr.vigie.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueChangesTest {

    @Test
    void case34_aShareChangesInPointsNotByItsCounts() {
        // 12 of 40 (30.0 %) against 20 of 50 (40.0 %): -10.0 pt, though the counts differ by -8.
        ValueChange change = yearChange(ValueUnit.POURCENT, share("2025", 20, 50), share("2026", 12, 40));

        assertEquals(new BigDecimal("-10"), change.amount());
        assertEquals("\u221210,0\u00A0pt", change.words());
    }

    @Test
    void case64_aCountThatWasNothingHasNoChange() {
        for (ValueChange change : List.of(
                yearChange(ValueUnit.EFFECTIF, count("2025", 0), count("2026", 5)),
                yearChange(ValueUnit.EFFECTIF, count("2026", 5)))) {
            assertNull(change.amount());
            assertEquals("n.d.", change.words());
        }
    }

    @Test
    void aCountChangesInPercentsOfWhatItWas() {
        ValueChange more = yearChange(ValueUnit.EFFECTIF, count("2025", 3), count("2026", 4));
        ValueChange none = yearChange(ValueUnit.EFFECTIF, count("2025", 4), count("2026", 0));

        assertEquals(new BigDecimal("33.3333"), more.amount());
        assertEquals("+33,3\u00A0%", more.words());
        assertEquals(new BigDecimal("-100"), none.amount());
    }

    @Test
    void pointsComeFromTheFourIntegersNotFromTheRoundedValues() {
        // 2/3 - 1/3 is 33.3333, while 66.6667 - 33.3333 is 33.3334.
        assertEquals(
                new BigDecimal("33.3333"),
                yearChange(ValueUnit.POURCENT, share("2025", 1, 3), share("2026", 2, 3))
                        .amount());
    }

    @Test
    void whatIsReadIsRoundedOnceFromTheExactChange() {
        // 0.749996 of a point reads 0.7; the published 0.75 would read 0.8.
        ValueChange change = yearChange(ValueUnit.POURCENT, share("2025", 0, 1), share("2026", 749_996, 100_000_000));

        assertEquals(new BigDecimal("0.75"), change.amount());
        assertEquals("+0,7\u00A0pt", change.words());
    }

    @Test
    void aDelayChangesByTheDifferenceOfItsMediansAndNotWhenOneIsNotReached() {
        ValueChange hours = yearChange(ValueUnit.HEURES, delay("2025", "50.5"), delay("2026", "48"));
        ValueChange days = yearChange(ValueUnit.JOURS, delay("2025", "8"), delay("2026", "9.5"));
        ValueChange open = yearChange(ValueUnit.JOURS, delay("2025", null), delay("2026", "9.5"));

        assertEquals(new BigDecimal("-2.5"), hours.amount());
        assertEquals("\u22122,5\u00A0h", hours.words());
        assertEquals("+1,5\u00A0j", days.words());
        assertNull(open.amount());
        assertEquals("", open.words());
    }

    @Test
    void nothingIsComparedWithWhatIsMaskedEmptyOrStillOpen() {
        for (String status : List.of("S11", "SEC", "NS", "SO", "ND", "EN_COURS")) {
            ValueRow published = row("2026", 5L, 10L, null, "PUBLIE");
            ValueRow before = row("2025", 4L, 10L, null, status);
            assertNull(yearChange(ValueUnit.POURCENT, before, published).amount(), status);
            assertEquals("", yearChange(ValueUnit.POURCENT, before, published).words(), status);
            assertNull(
                    yearChange(
                                    ValueUnit.POURCENT,
                                    row("2025", 4L, 10L, null, "PUBLIE"),
                                    row("2026", 5L, 10L, null, status))
                            .amount(),
                    status);
        }
    }

    @Test
    void thePreviousPeriodIsOfTheSameKind() {
        assertEquals(List.of("2026-01", "2025-12", "2025-01"), compared("2026-01"));
        assertEquals(List.of("2026-T1", "2025-T4", "2025-T1"), compared("2026-T1"));
        assertEquals(List.of("2026-S2", "2026-S1", "2025-S2"), compared("2026-S2"));
        assertEquals(List.of("2026", "2025", "2025"), compared("2026"));
        assertEquals(List.of("2026-01/12M", "2025-12/12M", "2025-01/12M"), compared("2026-01/12M"));
    }

    @Test
    void aRowIsComparedWithItsOwnBreakdownAndTerritory() {
        ValueRow now = share("2026", 1, 2);
        ValueRow other = new ValueRow(
                "X",
                1,
                "REGION",
                "76",
                "R",
                "2025",
                "sexe=F",
                1L,
                4L,
                null,
                null,
                null,
                null,
                "SANS_CIBLE",
                "PUBLIE",
                1);

        assertNull(yearChange(ValueUnit.POURCENT, other, now).amount());
    }

    @Test
    void twoVersionsOfAnIndicatorAreNotCompared() {
        ValueRow now = share("2026", 1, 2);
        ValueRow before = share("2025", 1, 4);
        ValueRow beforeTheChange = new ValueRow(
                "X", 2, "REGION", "76", "R", "2025", "", 1L, 4L, null, null, null, null, "SANS_CIBLE", "PUBLIE", 1);

        assertEquals(
                0,
                new BigDecimal("25")
                        .compareTo(yearChange(ValueUnit.POURCENT, before, now).amount()));
        assertNull(yearChange(ValueUnit.POURCENT, beforeTheChange, now).amount());
    }

    @Test
    void aReadingOfUnknownUnitHasNoChange() {
        ValueRow now = share("2026", 1, 2);
        assertEquals(
                Optional.empty(),
                new ValueChanges(List.of(now, share("2025", 1, 4)), key -> Optional.empty()).fromYearBefore(now));
    }

    private static List<String> compared(String period) {
        return ValueChanges.compared(period).collect(Collectors.toList());
    }

    /** How the last row changed in a year. */
    private static ValueChange yearChange(ValueUnit unit, ValueRow... rows) {
        return new ValueChanges(List.of(rows), key -> Optional.of(unit))
                .fromYearBefore(rows[rows.length - 1])
                .orElseThrow();
    }

    private static ValueRow share(String period, long numerator, long denominator) {
        return row(period, numerator, denominator, null, "PUBLIE");
    }

    private static ValueRow count(String period, long number) {
        return row(period, number, null, String.valueOf(number), "PUBLIE");
    }

    private static ValueRow delay(String period, @Nullable String median) {
        return row(period, 6L, 9L, median, "PUBLIE");
    }

    private static ValueRow row(
            String period,
            @Nullable Long numerator,
            @Nullable Long denominator,
            @Nullable String value,
            String status) {
        return new ValueRow(
                "X",
                1,
                "REGION",
                "76",
                "R",
                period,
                "",
                numerator,
                denominator,
                value == null ? null : new BigDecimal(value),
                null,
                null,
                null,
                "SANS_CIBLE",
                status,
                1);
    }
}
