package fr.vigie.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The numbers in the names are the cases of domaine 7.2. */
class FrenchFormatTest {

    private static final ShownTarget MORE_THAN_60 = new ShownTarget(">", new BigDecimal("60"));
    private static final ShownTarget AT_LEAST_60 = new ShownTarget(">=", new BigDecimal("60"));

    @Test
    void aTextTypedWithPlainSpacesIsTypeset() {
        assertEquals(
                "Vues en 48\u00A0h\u202F? Oui\u00A0: «\u00A0bien\u00A0», 5\u00A0% ou 65\u00A0ans",
                FrenchFormat.typeset("Vues en 48 h ? Oui : « bien », 5 % ou 65 ans"));
        assertEquals("jj/mm/aaaa hh:mm", FrenchFormat.typeset("jj/mm/aaaa hh:mm"));
    }

    @Test
    void case59_threeOutOfFiveReads60AsItIsNotMet() {
        assertEquals("60,0\u00A0%", FrenchFormat.percent(3, 5, MORE_THAN_60));
    }

    @Test
    void case59_sixtyOneOutOf101NeedsNoSecondDecimal() {
        assertEquals("60,4\u00A0%", FrenchFormat.percent(61, 101, MORE_THAN_60));
    }

    @Test
    void case59_sixThousandAndFourOutOfTenThousandShowsTheDecimalThatDecides() {
        assertEquals("60,04\u00A0%", FrenchFormat.percent(6004, 10000, MORE_THAN_60));
    }

    @Test
    void case59_aValueJustUnderAnInclusiveTargetShowsTheDecimalThatDecides() {
        assertEquals("59,96\u00A0%", FrenchFormat.percent(5996, 10000, AT_LEAST_60));
    }

    @Test
    void case59_aDecisionThatTwoDecimalsHideGetsAThird() {
        assertEquals("60,001\u00A0%", FrenchFormat.percent(60001, 100000, MORE_THAN_60));
    }

    @Test
    void case60_nothingOutOfNothingIsWithoutObject() {
        assertEquals("s.o.", FrenchFormat.percent(0, 0));
        assertEquals("s.o.", FrenchFormat.percent(0, 0, MORE_THAN_60));
    }

    @Test
    void case61_fortyNineOutOf400RoundsHalfUp() {
        assertEquals("12,3\u00A0%", FrenchFormat.percent(49, 400));
        assertEquals("12,3\u00A0%", FrenchFormat.percent(new BigDecimal("12.25")));
    }

    @Test
    void case64_aChangeFromNothingIsNotAvailable() {
        assertEquals("n.d.", FrenchFormat.change(0, 5));
        assertEquals("+25,0\u00A0%", FrenchFormat.change(4, 5));
        assertEquals("\u221220,0\u00A0%", FrenchFormat.change(5, 4));
    }

    @Test
    void case75_noneOutOfFortyIsZeroPercent() {
        assertEquals("0,0\u00A0%", FrenchFormat.percent(0, 40));
    }

    @Test
    void case101_thousandsAreSeparatedByNarrowNoBreakSpaces() {
        assertEquals("1\u202F234\u202F567,5", FrenchFormat.number(new BigDecimal("1234567.5")));
        assertEquals("999", FrenchFormat.integer(999));
        assertEquals("1\u202F000", FrenchFormat.integer(1000));
        assertEquals("\u2212123\u202F456", FrenchFormat.integer(-123456));
    }

    @Test
    void case101_percentAndPointsKeepTheirUnit() {
        assertEquals("62,5\u00A0%", FrenchFormat.percent(5, 8));
        assertEquals("\u22122,3\u00A0pt", FrenchFormat.points(new BigDecimal("-2.3")));
        assertEquals("+2,3\u00A0pt", FrenchFormat.points(new BigDecimal("2.25")));
        assertEquals("0,0\u00A0pt", FrenchFormat.points(new BigDecimal("-0.04")));
    }

    @Test
    void case101_onlyTheFirstDayIsAnOrdinal() {
        assertEquals("1er mars 2026", FrenchFormat.date(LocalDate.of(2026, 3, 1)));
        assertEquals("2 octobre 2025", FrenchFormat.date(LocalDate.of(2025, 10, 2)));
        assertEquals("02/10/2025", FrenchFormat.shortDate(LocalDate.of(2025, 10, 2)));
    }

    @Test
    void case101_zeroAndOneAreSingular() {
        assertEquals("0\u00A0patient", FrenchFormat.plural(0, "patient", "patients"));
        assertEquals("1\u00A0patient", FrenchFormat.plural(1, "patient", "patients"));
        assertEquals("1,9\u00A0patient", FrenchFormat.plural(new BigDecimal("1.9"), "patient", "patients"));
        assertEquals("2\u00A0patients", FrenchFormat.plural(2, "patient", "patients"));
    }

    @Test
    void case102_anAccentDoesNotMoveANameToTheEnd() {
        assertEquals(
                List.of("Eaux", "Écusson", "Zone"),
                Stream.of("Écusson", "Zone", "Eaux")
                        .sorted(FrenchFormat.byFrenchName())
                        .toList());
    }

    @Test
    void aCompoundNameFollowsTheNameItStartsWith() {
        assertEquals(
                List.of("Haute-Garonne", "Hautes-Pyrénées", "Hérault", "Lot", "Œuf", "Tarn", "Tarn-et-Garonne"),
                Stream.of("Tarn-et-Garonne", "Œuf", "Hérault", "Tarn", "Hautes-Pyrénées", "Lot", "Haute-Garonne")
                        .sorted(FrenchFormat.byFrenchName())
                        .toList());
    }

    @Test
    void hoursAndDurationsKeepTheirTwoDigitMinutes() {
        assertEquals("14\u00A0h\u00A030", FrenchFormat.time(LocalTime.of(14, 30)));
        assertEquals("8\u00A0h", FrenchFormat.time(LocalTime.of(8, 0)));
        assertEquals("47\u00A0h\u00A059", FrenchFormat.duration(Duration.ofMinutes(47 * 60 + 59)));
        assertEquals("36\u00A0h\u00A005", ValueUnit.HEURES.value(new BigDecimal("36.0833")));
        assertEquals("96\u00A0h (4\u00A0j)", ValueUnit.HEURES.value(new BigDecimal("96")));
        assertEquals("8,5\u00A0j", FrenchFormat.days(new BigDecimal("8.5")));
        assertEquals(
                "28 février 2026 à 23\u00A0h\u00A059", FrenchFormat.dateTime(LocalDateTime.of(2026, 2, 28, 23, 59)));
    }

    @Test
    void periodsAreWrittenInWords() {
        assertEquals("février 2026", FrenchFormat.period("2026-02"));
        assertEquals("T1 2026", FrenchFormat.period("2026-T1"));
        assertEquals("1er semestre 2026", FrenchFormat.period("2026-S1"));
        assertEquals("2e semestre 2026", FrenchFormat.period("2026-S2"));
        assertEquals("2026", FrenchFormat.period("2026"));
        assertEquals("12 mois à fin février 2026", FrenchFormat.period("2026-02/12M"));
    }

    @Test
    void aPeriodThatIsNotOneIsRefusedWithTheFormsThatAre() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> FrenchFormat.period("2026-13"));
        assertEquals(
                "Not a period of the contract: 2026-13. Expected one of 2026-02, 2026-T1, 2026-S1, 2026, 2026-02/12M.",
                refusal.getMessage());
    }

    @Test
    void aValueThatIsNotShownHasItsSign() {
        assertEquals(Optional.of("<\u00A011"), FrenchFormat.special("S11"));
        assertEquals(Optional.of("s"), FrenchFormat.special("SEC"));
        assertEquals(Optional.of("NS"), FrenchFormat.special("NS"));
        assertEquals(Optional.of("s.o."), FrenchFormat.special("SO"));
        assertEquals(Optional.of("n.d."), FrenchFormat.special("ND"));
        assertEquals(Optional.empty(), FrenchFormat.special("PUBLIE"));
        assertEquals("en cours", FrenchFormat.statusWords("EN_COURS"));
    }
}
