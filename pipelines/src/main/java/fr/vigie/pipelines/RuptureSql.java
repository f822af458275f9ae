package fr.vigie.pipelines;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.RuptureRule;
import fr.vigie.indicators.RuptureRule.AfterDays;
import fr.vigie.indicators.RuptureRule.At;
import fr.vigie.indicators.RuptureRule.Occurrence;
import fr.vigie.indicators.RuptureRule.Version;
import fr.vigie.schema.Resources;
import java.util.List;
import java.util.stream.Collectors;

/** Rules of rupture as one SELECT over the facts that they watch: every rupture that may be, with what prevents and what closes it. */
final class RuptureSql {

    private static final String NO_INSTANT = "CAST(NULL AS TIMESTAMP)";

    private static final String NO_TEXT = "CAST(NULL AS STRING)";

    private RuptureSql() {}

    static String of(List<RuptureRule> rules) {
        if (rules.isEmpty()) {
            return Resources.text("sql/aucune_rupture.sql");
        }
        return rules.stream()
                .flatMap(rule -> rule.versions().stream().map(version -> of(rule, version)))
                .collect(Collectors.joining("\nUNION ALL\n"));
    }

    private static String of(RuptureRule rule, Version version) {
        StringBuilder where = new StringBuilder("jour >= DATE'" + version.since() + "'");
        version.until()
                .ifPresent(day -> where.append(" AND jour <= DATE'").append(day).append("'"));
        for (Measure.Keep rules : version.population()) {
            where.append(" AND ").append(PredicateSql.surely(rules.keep()));
        }
        return "SELECT '" + rule.code() + "' AS regle, " + version.number() + " AS version_regle, " + rule.severity()
                + " AS severite, patient_id, ancre, instant AS constate_le, CAST("
                + rule.oncePer().name()
                + " AS STRING) AS unique_par, etablissement, dispositif, profession, mode, "
                + earliest(version.occurrences().stream()
                        .map(RuptureSql::occurrence)
                        .toList())
                + " AS survenue, "
                + rule.preventedBy().map(column -> column.name()).orElse(NO_INSTANT) + " AS empechee_le, "
                + earliest(rule.closedBy().stream()
                        .map(column -> "CASE WHEN " + column.name() + " < :limite THEN " + column.name() + " END")
                        .toList())
                + " AS fermeture, " + rule.isClosedByDeath() + " AS est_close_par_deces, "
                + rule.absorbedBy().map(one -> "'" + one.rule() + "'").orElse(NO_TEXT)
                + " AS absorbante, "
                + rule.absorbedBy().map(one -> one.through().name()).orElse(NO_TEXT)
                + " AS absorbee_a_travers FROM fait_" + rule.fact() + " WHERE " + where;
    }

    private static String occurrence(Occurrence occurrence) {
        String instant = occurrence instanceof AfterDays deadline
                ? "CAST(date_add(jour, " + (deadline.days() + 1) + ") AS TIMESTAMP)"
                : ((At) occurrence).instant().name();
        return occurrence
                .when()
                .map(when -> "CASE WHEN " + PredicateSql.surely(when) + " THEN " + instant + " END")
                .orElse(instant);
    }

    /** Nulls are passed over. */
    private static String earliest(List<String> instants) {
        return instants.isEmpty()
                ? NO_INSTANT
                : instants.size() == 1 ? instants.get(0) : "least(" + String.join(", ", instants) + ")";
    }
}
