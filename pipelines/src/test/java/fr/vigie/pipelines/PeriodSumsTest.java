package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Measure.Selection;
import fr.vigie.indicators.Predicate;
import fr.vigie.indicators.Variant;
import fr.vigie.pipelines.PeriodSums.Published;
import fr.vigie.pipelines.PeriodSums.Role;
import fr.vigie.pipelines.PeriodSums.Sort;
import fr.vigie.pipelines.PeriodSums.Span;
import fr.vigie.pipelines.PeriodSums.Territories;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/**
 * Cells of two months in three zones: 1 and 2 in territory 10, 2 and 3 in territory 20, zone 3 alone the commune 30. The periods are January (100),
 * February (101), both (102) and a year (103) that holds them.
 */
class PeriodSumsTest {

    private static final int JANUARY = 2026 * 12;
    private static final int FEBRUARY = JANUARY + 1;

    private static final Selection FACTS = new Selection("sortie", List.of(), Optional.empty(), List.of());
    private static final Predicate ANY = new Predicate.Absent(new GoldColumn("jour", Type.DATE, "", List.of()));

    private static final Territories TERRITORIES =
            new Territories(Map.of(1, new int[] {10}, 2, new int[] {10, 20}, 3, new int[] {20, 30}), Set.of(30));

    private static final List<Span> SPANS = List.of(
            new Span(100, 0, 0, false, false),
            new Span(101, 1, 1, false, false),
            new Span(102, 0, 1, false, false),
            new Span(103, 0, 1, true, false));

    private static final Set<Integer> ALL = Set.of(100, 101, 102, 103);

    private static final List<Role> RANKS = List.of(
            Role.OUT,
            Role.IMMATURE,
            Role.SET_ASIDE,
            Role.DENOMINATOR,
            Role.DENOMINATOR,
            Role.NUMERATOR_AND_DENOMINATOR);

    /** Of one line, 7; each sorte is its own number in the roles. */
    private static Set<String> sums(Measure measure, Set<Integer> periods, Row... rows) {
        Map<Integer, Sort> sorts = new java.util.HashMap<>();
        for (Role role : Role.values()) {
            sorts.put(role.ordinal(), new Sort(0, role));
        }
        ValueLine line = new ValueLine(new Variant("X", "", "", "", measure, Optional.empty(), Map.of()));
        List<String> lines = new ArrayList<>();
        new PeriodSums(TERRITORIES, SPANS, JANUARY, 2, sorts, Map.of(0, new Published(line, periods, RANKS)))
                .call(List.of(rows).iterator())
                .forEachRemaining(lines::add);
        Set<String> told = new TreeSet<>();
        for (String one : lines) {
            String[] cells = one.split(";", -1);
            assertEquals("7", cells[0]);
            told.add(cells[1] + " " + cells[2] + " " + cells[3] + "/" + cells[4] + " " + cells[9]);
        }
        assertEquals(lines.size(), told.size(), "one row per territory and period");
        return told;
    }

    private static Row facts(Role role, int zone, int month, long count) {
        return RowFactory.create(7, role.ordinal(), zone, null, month, null, null, count);
    }

    private static Row persons(int period, long count, int... zonesAndRanks) {
        List<Row> zones = new ArrayList<>();
        for (int index = 0; index < zonesAndRanks.length; index += 2) {
            zones.add(RowFactory.create(zonesAndRanks[index], zonesAndRanks[index + 1]));
        }
        return RowFactory.create(
                7,
                0,
                null,
                null,
                null,
                period,
                scala.jdk.javaapi.CollectionConverters.asScala(zones).toSeq(),
                count);
    }

    @Test
    void factsAddUpOverZonesAndMonthsAndACommuneHasYearsAlone() {
        assertEquals(
                new TreeSet<>(Set.of(
                        "10 100 2/5 PUBLIE",
                        "10 102 2/5 PUBLIE",
                        "10 103 2/5 PUBLIE",
                        "20 101 1/1 PUBLIE",
                        "20 102 1/1 PUBLIE",
                        "20 103 1/1 PUBLIE",
                        "30 103 1/1 PUBLIE")),
                sums(
                        new Measure.Proportion(FACTS, ANY),
                        ALL,
                        facts(Role.NUMERATOR_AND_DENOMINATOR, 1, JANUARY, 2),
                        facts(Role.DENOMINATOR, 1, JANUARY, 3),
                        facts(Role.NUMERATOR_AND_DENOMINATOR, 3, FEBRUARY, 1)));
    }

    @Test
    void whatLiesBeforeTheFirstPeriodOrInNoTerritoryIsToldNowhere() {
        assertEquals(
                Set.of(),
                sums(
                        new Measure.Count(FACTS),
                        ALL,
                        facts(Role.NUMERATOR_AND_DENOMINATOR, 1, JANUARY - 1, 2),
                        facts(Role.NUMERATOR_AND_DENOMINATOR, 9, JANUARY, 2)));
    }

    @Test
    void aVersionTellsOnlyOfItsOwnPeriods() {
        assertEquals(
                Set.of("10 101 4/ PUBLIE"),
                sums(
                        new Measure.Count(FACTS),
                        Set.of(101),
                        facts(Role.NUMERATOR_AND_DENOMINATOR, 1, JANUARY, 2),
                        facts(Role.NUMERATOR_AND_DENOMINATOR, 1, FEBRUARY, 4)));
    }

    @Test
    void aStateIsThatOfTheLastMonth() {
        assertEquals(
                new TreeSet<>(
                        Set.of("10 100 2/5 PUBLIE", "10 101 1/4 PUBLIE", "10 102 1/4 PUBLIE", "10 103 1/4 PUBLIE")),
                sums(
                        new Measure.State(FACTS, ANY),
                        ALL,
                        facts(Role.NUMERATOR_AND_DENOMINATOR, 1, JANUARY, 2),
                        facts(Role.DENOMINATOR, 1, JANUARY, 3),
                        facts(Role.NUMERATOR_AND_DENOMINATOR, 1, FEBRUARY, 1),
                        facts(Role.DENOMINATOR, 1, FEBRUARY, 3)));
    }

    /** Immature in January, counted in February: January waits, the whole does not. What is set aside makes a row without object. */
    @Test
    void immatureFactsWaitAndThoseSetAsideAreWithoutObject() {
        assertEquals(
                new TreeSet<>(Set.of("10 100 0/ EN_COURS", "10 101 1/ PUBLIE", "10 102 1/ PUBLIE", "10 103 1/ PUBLIE")),
                sums(
                        new Measure.Count(FACTS),
                        ALL,
                        facts(Role.IMMATURE, 1, JANUARY, 2),
                        facts(Role.NUMERATOR_AND_DENOMINATOR, 1, FEBRUARY, 1)));
        assertEquals(
                new TreeSet<>(Set.of("10 100 0/0 SO", "10 102 0/0 SO", "10 103 0/0 SO")),
                sums(new Measure.Proportion(FACTS, ANY), ALL, facts(Role.SET_ASIDE, 1, JANUARY, 2)));
    }

    /**
     * Two persons not reached in zone 1 and reached in zone 2: once each in 10, where both zones are, and reached there. One is immature in zone 1
     * and excluded in zone 3; one is out of the population everywhere.
     */
    @Test
    void aPersonCountsOnceInATerritoryByWhatWentFurthestThere() {
        assertEquals(
                new TreeSet<>(Set.of("10 102 2/2 PUBLIE", "20 102 2/2 PUBLIE")),
                sums(new Measure.Persons(FACTS, ANY), ALL, persons(102, 2, 1, 3, 2, 5)));
        assertEquals(
                new TreeSet<>(Set.of("10 103 0/0 EN_COURS", "20 103 0/0 SO", "30 103 0/0 SO")),
                sums(new Measure.Persons(FACTS, ANY), ALL, persons(103, 1, 1, 1, 3, 2), persons(103, 1, 1, 0, 3, 0)));
        assertEquals(Set.of(), sums(new Measure.Persons(FACTS, ANY), ALL, persons(102, 1, 1, 0)));
    }

    @Test
    void anUndecidedPersonIsInTheDenominator() {
        assertEquals(
                Set.of("10 101 0/3 PUBLIE"),
                sums(new Measure.Persons(FACTS, ANY), ALL, persons(101, 2, 1, 4), persons(101, 1, 1, 3)));
    }
}
