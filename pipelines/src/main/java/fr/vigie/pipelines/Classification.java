package fr.vigie.pipelines;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Measure.Clock;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a fact falls under one measure, as a SQL expression giving a component: the unit in which cells count.
 *
 * <p>The order of precedence is that of domaine.md 0.9 bis: out of the population, then not yet mature, then excluded, then counted.
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
                    OUT + "NI_NUMERATEUR_NI_DENOMINATEUR");
        }
        selection.maturity().ifPresent(maturity -> when(sql, "NOT " + mature(maturity), IMMATURE));
        if (measure instanceof Measure.Delay delay && delay.clock() == Clock.SECONDS) {
            when(sql, "NOT " + hourKnown(delay), EXCLUDED + "HEURE_INCONNUE");
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
            return "CASE WHEN " + PredicateSql.surely(ratio.numerator()) + " THEN CASE WHEN " + denominator + " THEN '"
                    + NUMERATOR + "' ELSE '" + NUMERATOR_ONLY + "' END ELSE '" + DENOMINATOR + "' END";
        }
        String numerator = PredicateSql.of(numerator(measure));
        return "CASE WHEN " + numerator + " THEN '" + NUMERATOR + "' WHEN (" + numerator + ") IS NULL THEN '"
                + UNDECIDED + "' ELSE '" + DENOMINATOR + "' END";
    }

    static fr.vigie.indicators.Predicate numerator(Measure measure) {
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

    private static String hourKnown(Measure.Delay delay) {
        String known = "(instant = instant_max";
        if (delay.endedAfter().type() == Type.UNCERTAIN) {
            known += " AND " + delay.endedAfter().name() + "_min <=> "
                    + delay.endedAfter().name() + "_max";
        }
        return known + ")";
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
