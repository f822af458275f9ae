package fr.vigie.pipelines;

import fr.vigie.indicators.Dimension;
import fr.vigie.indicators.Measure;
import fr.vigie.schema.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Facts counted once, at the finest grain that everything published rolls up from: (reading, component, bucket, breakdown, zone, month).
 *
 * <p>Readings of one fact are counted in one pass over it. Persons are counted apart, by the set of zones in which each was seen in a period,
 * because a person must count once in a territory whatever the number of its zones and facts (domaine 0.3, 4).
 */
final class Cells {

    private static final String FACT_CELL =
            "variante INT, composante STRING, tranche BIGINT, ventilation STRING, zone_id INT, mois INT, n BIGINT";
    private static final String PERSON_CELL = "variante INT, periode STRING, ventilation STRING,"
            + " zones ARRAY<STRUCT<zone_id: INT, rang: INT>>, n BIGINT, signature BIGINT";

    private final SparkSession spark;
    private final List<VersionedVariant> variants;
    private final Horizon horizon;

    /** Reads the view of {@link Periods}. */
    Cells(SparkSession spark, List<VersionedVariant> variants, Horizon horizon) {
        this.spark = spark;
        this.variants = variants;
        this.horizon = horizon;
    }

    void build() {
        Map<String, List<Integer>> byFact = new TreeMap<>();
        for (int index = 0; index < variants.size(); index++) {
            byFact.computeIfAbsent(variants.get(index).measure().selection().fact(), none -> new ArrayList<>())
                    .add(index);
        }
        Dataset<Row> facts = null;
        Dataset<Row> persons = null;
        for (Map.Entry<String, List<Integer>> entry : byFact.entrySet()) {
            List<Integer> counted = entry.getValue().stream()
                    .filter(index -> !(variants.get(index).measure() instanceof Measure.Persons))
                    .toList();
            List<Integer> met = entry.getValue().stream()
                    .filter(index -> variants.get(index).measure() instanceof Measure.Persons)
                    .toList();
            facts = union(facts, counted.isEmpty() ? null : ofFacts(entry.getKey(), counted));
            persons = union(persons, met.isEmpty() ? null : ofPersons(entry.getKey(), met));
        }
        keep(facts == null ? empty(FACT_CELL) : facts, "cellule");
        keep(persons == null ? empty(PERSON_CELL) : persons, "cellule_de_personnes");
    }

    private static void keep(Dataset<Row> cells, String view) {
        Gold.settled(cells).createOrReplaceTempView(view);
    }

    private Dataset<Row> empty(String columns) {
        return spark.createDataFrame(List.of(), StructType.fromDDL(columns));
    }

    private static @org.jspecify.annotations.Nullable Dataset<Row> union(
            @org.jspecify.annotations.Nullable Dataset<Row> left,
            @org.jspecify.annotations.Nullable Dataset<Row> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.unionByName(right);
    }

    private Dataset<Row> ofFacts(String fact, List<Integer> indexes) {
        read(fact, indexes).createOrReplaceTempView("lecture_de_fait");
        return Sql.select(
                spark, "cellule", Map.of("terminee", Classification.ENDED, "censuree", Classification.CENSORED));
    }

    private Dataset<Row> read(String fact, List<Integer> indexes) {
        String readings = indexes.stream()
                .map(index -> "named_struct('variante', " + index + ", 'composante', "
                        + Classification.component(variants.get(index).measure()) + ", 'tranche', "
                        + Classification.bucket(variants.get(index).measure()) + ", 'ventilations', "
                        + breakdowns(index) + ")")
                .collect(Collectors.joining(", "));
        return spark.sql(
                Resources.text(
                        "sql/lecture_de_fait.sql",
                        Map.of("lectures", readings, "fait", fact, "hors", Classification.OUT)),
                Map.of(
                        "limite", java.sql.Timestamp.from(horizon.limit()),
                        "arret", java.sql.Date.valueOf(horizon.stopDay())));
    }

    /** The array of the breakdowns of one fact, as published: {@code ''}, {@code age=65-74}, {@code age=65-74|sexe=F}… */
    private String breakdowns(int index) {
        List<String> arrays = new ArrayList<>();
        arrays.add("array('')");
        for (List<Dimension> dimensions : variants.get(index).definition().breakdowns()) {
            String array = modalities(dimensions.get(0));
            for (Dimension next : dimensions.subList(1, dimensions.size())) {
                array = "flatten(transform(" + array + ", a -> transform(" + modalities(next)
                        + ", b -> concat(a, '|', b))))";
            }
            arrays.add(array);
        }
        return arrays.size() == 1 ? arrays.get(0) : "concat(" + String.join(", ", arrays) + ")";
    }

    private static String modalities(Dimension dimension) {
        return dimension.isMultivalued()
                ? "transform(" + dimension.column() + ", m -> concat('" + dimension.code() + "=', m))"
                : "array(concat('" + dimension.code() + "=', coalesce(" + dimension.column() + ", 'inconnu')))";
    }

    private Dataset<Row> ofPersons(String fact, List<Integer> indexes) {
        read(fact, indexes).selectExpr("*", rank(indexes) + " AS rang").createOrReplaceTempView("lecture_de_fait");
        return Sql.select(spark, "cellule_de_personnes", Map.of());
    }

    /** How far the fact went: the rank of its component ({@link Classification#components}). */
    private String rank(List<Integer> indexes) {
        return indexes.stream()
                .map(index -> Classification.components(variants.get(index).measure()).stream()
                        .collect(Collectors.joining(
                                "', '", "WHEN " + index + " THEN array_position(array('", "'), lecture.composante)")))
                .collect(Collectors.joining(" ", "CAST(CASE lecture.variante ", " END AS INT) - 1"));
    }
}
