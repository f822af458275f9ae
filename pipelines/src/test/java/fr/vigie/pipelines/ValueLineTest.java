package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Measure.Clock;
import fr.vigie.indicators.Measure.Selection;
import fr.vigie.indicators.Predicate;
import fr.vigie.indicators.Target;
import fr.vigie.indicators.Target.Operator;
import fr.vigie.indicators.Variant;
import fr.vigie.indicators.statistics.OpenDelays;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Components to the published row: integers, value, interval, verdict, status (contrat.md 4). */
class ValueLineTest {

    private static final Selection FACTS = new Selection("sortie", List.of(), Optional.empty(), List.of());
    private static final GoldColumn JOURS = new GoldColumn("deces_jours", Type.INTEGER, "", List.of());
    private static final Predicate ANY = new Predicate.Absent(JOURS);
    private static final Measure PROPORTION = new Measure.Proportion(FACTS, ANY);
    private static final Measure RATIO = new Measure.Ratio(FACTS, ANY, ANY);
    private static final Measure COUNT = new Measure.Count(FACTS);
    private static final Measure PERSONS = new Measure.Persons(FACTS, ANY);

    private static final PeriodSums.Span OVER = new PeriodSums.Span(3, 0, 0, false, false);
    private static final PeriodSums.Span RUNNING = new PeriodSums.Span(3, 0, 0, false, true);

    private static ValueLine line(Measure measure, String aim) {
        Optional<Target> target = aim.isEmpty()
                ? Optional.empty()
                : Optional.of(new Target(
                        List.of(Operator.values()).stream()
                                .filter(one -> one.symbol().equals(aim.split(" ")[0]))
                                .findFirst()
                                .orElseThrow(),
                        new BigDecimal(aim.split(" ")[1])));
        return new ValueLine(new Variant("X", "", "", "", measure, target, Map.of()));
    }

    /** Without line, territory and period. */
    private static String of(
            Measure measure, String aim, PeriodSums.Span span, long numerator, long denominator, long immature) {
        return line(measure, aim)
                .of(1, 2, span, numerator, denominator, immature, new OpenDelays())
                .substring("1;2;3;".length());
    }

    @Test
    void aProportionHasItsTwoIntegersItsPercentsAndItsInterval() {
        // Wilson, z = 1.959964: centre 1/2, half width z × sqrt(0.25/8 + z²/256) / (1 + z²/8) = 28.4784 points.
        assertEquals("4;8;50;21.5216;78.4784;SANS_CIBLE;PUBLIE", of(PROPORTION, "", OVER, 4, 8, 0));
    }

    @Test
    void aRatioMayPassItsDenominatorAndHasNoInterval() {
        assertEquals("10;4;250;;;SANS_CIBLE;PUBLIE", of(RATIO, "", OVER, 10, 4, 0));
        assertEquals("3;0;;;;SANS_OBJET;SO", of(RATIO, "", OVER, 3, 0, 2));
    }

    @Test
    void aCountHasNoDenominatorAndZeroIsAValue() {
        assertEquals("12;;12;;;SANS_CIBLE;PUBLIE", of(COUNT, "", OVER, 12, 12, 0));
        assertEquals("0;;0;;;ATTEINTE;PUBLIE", of(COUNT, "< 1", OVER, 0, 0, 0));
    }

    /** Contract: integers and value are given, the verdict waits. */
    @ParameterizedTest
    @CsvSource({"COUNT, 0;;0;;", "PROPORTION, 0;0;;;", "PERSONS, 0;0;;;", "RATIO, 0;0;;;"})
    void aPeriodOfImmatureFactsAloneIsStillRunning(String measure, String cells) {
        Measure one = Map.of("COUNT", COUNT, "PROPORTION", PROPORTION, "PERSONS", PERSONS, "RATIO", RATIO)
                .getOrDefault(measure, RATIO);
        assertEquals(cells + ";SANS_OBJET;EN_COURS", of(one, "> 60", OVER, 0, 0, 5));
    }

    @Test
    void aPeriodWithSomethingMatureIsPublishedAndOneNotOverIsRunning() {
        assertEquals("1;;1;;;NON_ATTEINTE;PUBLIE", of(COUNT, "> 60", OVER, 1, 1, 5));
        assertEquals("1;;1;;;SANS_OBJET;EN_COURS", of(COUNT, "> 60", RUNNING, 1, 1, 0));
        assertEquals("0;0;;;;SANS_OBJET;SO", of(PROPORTION, "> 60", RUNNING, 0, 0, 0));
    }

    /** Cases 59 of domaine 7.2: decided by the two integers, never by what is shown of them. */
    @ParameterizedTest
    @CsvSource({
        "3, 5, > 60, NON_ATTEINTE",
        "3, 5, >= 60, ATTEINTE",
        "61, 101, > 60, ATTEINTE",
        "6004, 10000, > 60, ATTEINTE",
        "599999999, 1000000000, >= 60, NON_ATTEINTE",
    })
    void theVerdictIsThatOfTheIntegers(long numerator, long denominator, String aim, String verdict) {
        assertEquals(
                verdict, of(PROPORTION, aim, OVER, numerator, denominator, 0).split(";")[5]);
    }

    @Test
    void aDelayHasItsEndedItsAllAndItsMedianInItsUnit() {
        OpenDelays delays = new OpenDelays();
        delays.addEnded(3600, 1);
        delays.addEnded(9000, 1);
        delays.addCensored(36_000, 1);
        Measure hours = new Measure.Delay(FACTS, JOURS, List.of(), Clock.SECONDS);
        // S is 2/3 after one hour, 1/3 after two and a half.
        assertEquals("1;2;3;2;3;2.5;;;NON_ATTEINTE;PUBLIE", line(hours, "< 2.5").of(1, 2, OVER, 0, 0, 0, delays));
        assertEquals("1;2;3;2;3;2.5;;;ATTEINTE;PUBLIE", line(hours, "<= 2.5").of(1, 2, OVER, 0, 0, 0, delays));
        Measure days = new Measure.Delay(FACTS, JOURS, List.of(), Clock.DAYS);
        OpenDelays open = new OpenDelays();
        open.addEnded(2, 1);
        open.addCensored(9, 2);
        assertEquals("1;2;3;1;3;;;;SANS_OBJET;PUBLIE", line(days, "<= 7").of(1, 2, OVER, 0, 0, 0, open));
        assertEquals("1;2;3;0;0;;;;SANS_OBJET;EN_COURS", line(days, "").of(1, 2, OVER, 0, 0, 4, new OpenDelays()));
    }
}
