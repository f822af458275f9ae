package fr.vigie.pipelines;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Target;
import fr.vigie.indicators.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Cells, and only cells, to every territory and period: zone → territory, then month → period. Whatever is published under has a small integer:
 * a sorte (reading, breakdown, component), a line (reading, breakdown), a territory, a period.
 */
final class RollUp {

    private static final StructType SORTS = new StructType()
            .add("sorte", DataTypes.IntegerType, false)
            .add("ligne", DataTypes.IntegerType, false)
            .add("variante", DataTypes.IntegerType, false)
            .add("ventilation", DataTypes.StringType, false)
            .add("composante", DataTypes.StringType, false)
            .add("rang", DataTypes.IntegerType, true);

    private static final StructType PUBLISHED =
            new StructType().add("variante", DataTypes.IntegerType, false).add("numero", DataTypes.IntegerType, false);

    private static final StructType TERRITORIES = new StructType()
            .add("territoire", DataTypes.IntegerType, false)
            .add("type", DataTypes.StringType, false)
            .add("code", DataTypes.StringType, false);

    private final SparkSession spark;
    private final List<VersionedVariant> variants;
    private final Periods periods;
    private final Map<Integer, PeriodSums.Sort> sorts = new HashMap<>();

    RollUp(SparkSession spark, List<VersionedVariant> variants, Periods periods) {
        this.spark = spark;
        this.variants = variants;
        this.periods = periods;
    }

    /** Names lines, territories and steps by their codes, for {@link #values} and {@link #funnel} to read. */
    void prepare(Dictionary lines, Dictionary territories, Dictionary steps) {
        nameSorts(lines, steps);
        namePublished();
        List<Row> named = new ArrayList<>();
        for (Row row : Sql.select(spark, "territoire", Map.of()).collectAsList()) {
            int code = territories.code(row.getString(0), row.getString(1), row.getString(2));
            named.add(RowFactory.create(code, row.getString(0), row.getString(1)));
        }
        spark.createDataFrame(named, TERRITORIES).createOrReplaceTempView("territoire");
        Gold.settled(Sql.select(spark, "zone_vue", Map.of())).createOrReplaceTempView("zone_vue");
    }

    private void nameSorts(Dictionary lines, Dictionary steps) {
        List<Row> named = new ArrayList<>();
        FunnelStep funnel = new FunnelStep(steps);
        for (Row row : Sql.select(spark, "sorte", Map.of()).collectAsList()) {
            VersionedVariant counted = variants.get(row.getInt(0));
            Variant variant = counted.variant();
            String breakdown = row.getString(1);
            String component = row.isNullAt(2)
                    ? Classification.components(counted.measure()).get(row.getInt(3))
                    : row.getString(2);
            int sort = named.size();
            int line = lines.code(
                    variant.key(),
                    String.valueOf(counted.definition().version()),
                    variant.target().map(Target::text).orElse(""),
                    breakdown);
            named.add(RowFactory.create(sort, line, row.getInt(0), breakdown, component, row.get(3)));
            sorts.put(sort, new PeriodSums.Sort(row.getInt(0), PeriodSums.Role.of(component)));
            if (breakdown.isEmpty()) {
                funnel.add(sort, variant.key(), counted.measure() instanceof Measure.State, component);
            }
        }
        spark.createDataFrame(named, SORTS).createOrReplaceTempView("sorte");
        spark.createDataFrame(funnel.rows(), FunnelStep.COLUMNS).createOrReplaceTempView("etape");
    }

    /** Which periods each variant publishes, as a view: {@code periode_publiee(variante, numero)}. */
    private void namePublished() {
        List<Row> rows = new ArrayList<>();
        for (int index = 0; index < variants.size(); index++) {
            for (int period : periods.of(variants.get(index).definition())) {
                rows.add(RowFactory.create(index, period));
            }
        }
        spark.createDataFrame(rows, PUBLISHED).createOrReplaceTempView("periode_publiee");
    }

    /** Lines of {@code WorkerResult.MEASURE_COLUMNS}. */
    Dataset<String> values() {
        Map<Integer, PeriodSums.Published> published = new HashMap<>();
        for (int index = 0; index < variants.size(); index++) {
            VersionedVariant counted = variants.get(index);
            published.put(
                    index,
                    new PeriodSums.Published(
                            new ValueLine(counted.variant()),
                            periods.of(counted.definition()),
                            Classification.components(counted.measure()).stream()
                                    .map(PeriodSums.Role::of)
                                    .toList()));
        }
        return Sql.select(spark, "valeur", Map.of())
                .mapPartitions(
                        new PeriodSums(
                                territories(),
                                periods.spans(),
                                periods.firstMonth(),
                                periods.months(),
                                sorts,
                                published),
                        Encoders.STRING());
    }

    private PeriodSums.Territories territories() {
        Map<Integer, Set<Integer>> ofZone = new HashMap<>();
        Set<Integer> communes = new HashSet<>();
        for (Row row : spark.table("zone_vue").collectAsList()) {
            ofZone.computeIfAbsent(row.getInt(0), none -> new TreeSet<>()).add(row.getInt(1));
            if (row.getBoolean(2)) {
                communes.add(row.getInt(1));
            }
        }
        Map<Integer, int[]> arrays = new HashMap<>();
        ofZone.forEach((zone, codes) ->
                arrays.put(zone, codes.stream().mapToInt(Integer::intValue).toArray()));
        return new PeriodSums.Territories(arrays, communes);
    }

    /** Rows of {@code WorkerResult.STEP_COUNT_COLUMNS}. */
    Dataset<Row> funnel() {
        return Sql.select(spark, "entonnoir", Map.of());
    }
}
