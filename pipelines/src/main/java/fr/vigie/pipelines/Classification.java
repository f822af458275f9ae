package fr.vigie.pipelines;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Measure.Clock;
import fr.vigie.indicators.Predicate;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a fact falls under one measure, as a SQL expression giving a component: the unit in which cells count.
 *
 * <p>The order of precedence is that of domaine 0.9 bis: out of the population, then not yet mature, then excluded, then counted.
 */
final class Classification {

    /** {@code H:reason}: out of the population. */
    static final String OUT = "H:";
    /** {@code X:reason}: excluded. */
    static final String EXCLUDED = "X:";
    /** Not yet mature. */
    static final String IMMATURE = "E";
    /** In the denominator only. */
    static final String DENOMINATOR = "D";
    /** In the denominator and the numerator. */
    static final String NUMERATOR = "N";
    /** In the denominator only, its numerator undecided. */
    static final String UNDECIDED = "I";
    /** In the numerator of a ratio only. */
    static final String NUMERATOR_ONLY = "R";
    /** A delay that ended; the bucket is its length. */
    static final String ENDED = "F";
    /** A delay still open when the observation ended; the bucket is the length observed. */
    static final String CENSORED = "C";

    private static final String UNKNOWN_HOUR = "HEURE_INCONNUE";
    private static final String NEITHER = "NI_NUMERATEUR_NI_DENOMINATEUR";

    private Classification() {}

    /** The component of a fact. */
    static String component(Measure measure) {
        Measure.Selection selection = measure.selection();
        StringBuilder sql = new StringBuilder("CASE");
        for (Measure.Keep rule : selection.population()) {
            when(sql, "NOT " + PredicateSql.surely(rule.keep()), OUT + rule.reason());
        }
        if (measure instanceof Measure.Ratio ratio) {
            when(
                    sql,
                    "NOT (" + PredicateSql.surely(ratio.numerator()) + " OR " + PredicateSql.surely(ratio.denominator())
                            + ")",
                    OUT + NEITHER);
        }
        selection.maturity().ifPresent(maturity -> when(sql, "NOT " + mature(maturity), IMMATURE));
        if (measure instanceof Measure.Delay delay) {
            for (String known : lengthKnown(delay)) {
                when(sql, "NOT (" + known + ")", EXCLUDED + UNKNOWN_HOUR);
            }
        }
        for (Measure.Exclusion rule : selection.exclusions()) {
            String component = switch (rule.fate()) {
                case SET_ASIDE -> EXCLUDED + rule.reason();
                case DENOMINATOR -> DENOMINATOR;
                case NUMERATOR -> NUMERATOR;
            };
            when(sql, PredicateSql.surely(rule.when()), component);
        }
        // A measure of every fact has no rule at all.
        return sql.indexOf("WHEN") < 0
                ? counted(measure)
                : sql.append(" ELSE ").append(counted(measure)).append(" END").toString();
    }

    /**
     * What a fact may be under a measure of persons, from what tells least of its person to what tells most: a person is told by the fact that
     * went furthest and, set aside, by the first rule that sets one of these facts aside.
     */
    static List<String> components(Measure measure) {
        Set<String> out = new LinkedHashSet<>();
        measure.selection().population().forEach(rule -> out.add(OUT + rule.reason()));
        Set<String> excluded = new LinkedHashSet<>();
        measure.selection().exclusions().forEach(rule -> excluded.add(EXCLUDED + rule.reason()));
        List<String> bestFirst = new ArrayList<>(List.of(NUMERATOR, UNDECIDED, DENOMINATOR));
        bestFirst.addAll(excluded);
        bestFirst.add(IMMATURE);
        bestFirst.addAll(out);
        Collections.reverse(bestFirst);
        return bestFirst;
    }

    /** The length of a delay, null for what is not one. */
    static String bucket(Measure measure) {
        if (!(measure instanceof Measure.Delay delay)) {
            return "CAST(NULL AS BIGINT)";
        }
        return "CAST(CASE WHEN " + ended(delay) + " THEN " + first(delay.endedAfter()) + " ELSE " + observed(delay)
                + " END AS BIGINT)";
    }

    private static String counted(Measure measure) {
        if (measure instanceof Measure.Delay delay) {
            return "CASE WHEN " + ended(delay) + " THEN '" + ENDED + "' ELSE '" + CENSORED + "' END";
        }
        if (measure instanceof Measure.Count) {
            return "'" + NUMERATOR + "'";
        }
        if (measure instanceof Measure.Ratio ratio) {
            String denominator = PredicateSql.surely(ratio.denominator());
            return reached(
                    ratio.numerator(),
                    "CASE WHEN " + denominator + " THEN '" + NUMERATOR + "' ELSE '" + NUMERATOR_ONLY + "' END");
        }
        return reached(numerator(measure), "'" + NUMERATOR + "'");
    }

    private static String reached(Predicate numerator, String component) {
        String sql = PredicateSql.of(numerator);
        return "CASE WHEN " + sql + " THEN " + component + " WHEN (" + sql + ") IS NULL THEN '" + UNDECIDED + "' ELSE '"
                + DENOMINATOR + "' END";
    }

    private static Predicate numerator(Measure measure) {
        if (measure instanceof Measure.Proportion proportion) {
            return proportion.numerator();
        }
        if (measure instanceof Measure.State state) {
            return state.numerator();
        }
        if (measure instanceof Measure.Persons persons) {
            return persons.numerator();
        }
        throw new IllegalArgumentException(
                "no numerator in " + measure.getClass().getSimpleName());
    }

    private static String mature(Measure.Maturity maturity) {
        return maturity.clock() == Clock.DAYS
                ? "(CAST(date_add(jour, " + (maturity.length() + 1) + ") AS TIMESTAMP) <= :limite)"
                : "(unix_timestamp(instant_max) + " + maturity.length() + " < unix_timestamp(:limite))";
    }

    /** Without them a delay has no length: days do not need the hour of their start. */
    private static List<String> lengthKnown(Measure.Delay delay) {
        List<String> known = new ArrayList<>();
        if (delay.clock() == Clock.SECONDS) {
            known.add("instant = instant_max");
        }
        if (delay.endedAfter().type() == Type.UNCERTAIN) {
            String name = delay.endedAfter().name();
            known.add(name + "_min <=> " + name + "_max");
        }
        return known;
    }

    private static String ended(Measure.Delay delay) {
        return "coalesce(" + first(delay.endedAfter()) + " <= " + observed(delay) + ", false)";
    }

    private static String observed(Measure.Delay delay) {
        String untilStop = delay.clock() == Clock.DAYS
                ? "datediff(:arret, jour)"
                : "greatest(0L, unix_timestamp(:limite) - 60 - unix_timestamp(instant))";
        List<GoldColumn> censors = delay.censoredAfter();
        return censors.isEmpty()
                ? untilStop
                : "least(" + untilStop + ", "
                        + censors.stream().map(Classification::first).collect(Collectors.joining(", ")) + ")";
    }

    private static String first(GoldColumn column) {
        return column.type() == Type.UNCERTAIN ? column.name() + "_min" : column.name();
    }

    private static void when(StringBuilder sql, String condition, String component) {
        sql.append(" WHEN ")
                .append(condition)
                .append(" THEN '")
                .append(component)
                .append("'");
    }
}
