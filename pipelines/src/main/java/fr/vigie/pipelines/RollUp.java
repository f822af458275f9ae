package fr.vigie.pipelines;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Variant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Cells, and only cells, to every territory and period: zone → territory, month → period. The result counts components:
 * (variante, territoire, periode, ventilation, composante, tranche) → n.
 */
final class RollUp {

    private final SparkSession spark;
    private final Lake lake;
    private final List<Variant> variants;
    private final Horizon horizon;

    RollUp(SparkSession spark, Lake lake, List<Variant> variants, Horizon horizon) {
        this.spark = spark;
        this.lake = lake;
        this.variants = variants;
        this.horizon = horizon;
    }

    List<Variant> variants() {
        return variants;
    }

    Horizon horizon() {
        return horizon;
    }

    Dataset<Row> components() {
        Periods.view(spark, horizon);
        Dataset<Row> facts = spark.sql(
                "WITH par_territoire AS (SELECT c.variante, t.type, t.code, c.ventilation, c.composante, c.tranche, c.mois,"
                        + " sum(c.n) AS n FROM cellule c JOIN zone_vue t ON t.zone_id = c.zone_id"
                        + " GROUP BY c.variante, t.type, t.code, c.ventilation, c.composante, c.tranche, c.mois)"
                        + " SELECT /*+ BROADCAST(m) */ p.variante, p.type, p.code, m.periode, p.ventilation, p.composante, p.tranche, sum(p.n) AS n"
                        + " FROM par_territoire p JOIN mois_de_periode m ON m.mois = p.mois AND (m.est_annee OR p.type <> 'COMMUNE')"
                        + " AND (m.est_dernier OR p.variante NOT IN (" + states() + "))"
                        + " GROUP BY p.variante, p.type, p.code, m.periode, p.ventilation, p.composante, p.tranche");
        if (!hasPersons()) {
            return facts;
        }
        Dataset<Row> persons =
                spark.sql("WITH etat AS (SELECT variante, periode, ventilation, n, id, zone.zone_id, zone.rang FROM"
                        + " (SELECT *, monotonically_increasing_id() AS id FROM cellule_de_personnes) LATERAL VIEW explode(zones) AS zone),"
                        + " annee AS (SELECT DISTINCT periode FROM mois_de_periode WHERE est_annee),"
                        + " par_territoire AS (SELECT e.variante, t.type, t.code, e.periode, e.ventilation, e.id, e.n, max(e.rang) AS rang"
                        + " FROM etat e JOIN zone_vue t ON t.zone_id = e.zone_id LEFT JOIN annee a ON a.periode = e.periode"
                        + " WHERE t.type <> 'COMMUNE' OR a.periode IS NOT NULL"
                        + " GROUP BY e.variante, t.type, t.code, e.periode, e.ventilation, e.id, e.n)"
                        + " SELECT variante, type, code, periode, ventilation, CASE rang WHEN 2 THEN '"
                        + Classification.NUMERATOR
                        + "' WHEN 1 THEN '" + Classification.DENOMINATOR + "' ELSE '" + Classification.OUT
                        + "HORS_CHAMP' END AS composante, CAST(NULL AS BIGINT) AS tranche, sum(n) AS n FROM par_territoire"
                        + " GROUP BY variante, type, code, periode, ventilation, rang");
        return facts.unionByName(persons);
    }

    private boolean hasPersons() {
        return variants.stream().anyMatch(variant -> variant.measure() instanceof Measure.Persons);
    }

    private String states() {
        String indexes = IntStream.range(0, variants.size())
                .filter(index -> variants.get(index).measure() instanceof Measure.State)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
        return indexes.isEmpty() ? "-1" : indexes;
    }
}
