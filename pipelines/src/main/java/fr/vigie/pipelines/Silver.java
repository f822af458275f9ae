package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.upper;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One current typed row per natural key (contrat.md 2), from the deliveries that count. A feed whose deliveries have not changed since its
 * table was made is left alone.
 */
final class Silver {

    static final String LAYER = "silver";

    private static final StructType DELIVERY_COLUMNS = new StructType()
            .add("_livraison", DataTypes.StringType)
            .add("_source", DataTypes.StringType)
            .add("_rang", DataTypes.LongType)
            .add("_complet_jusqu_au", DataTypes.DateType);

    private final SparkSession spark;
    private final Lake lake;
    private final Map<String, FeedContract> contracts;
    private final Progress progress;

    Silver(SparkSession spark, Lake lake, Map<String, FeedContract> contracts, Progress progress) {
        this.spark = spark;
        this.lake = lake;
        this.contracts = contracts;
        this.progress = progress;
    }

    /** The feeds to make again: a step for each, and one for the links between all of them. */
    List<String> stale(List<Delivery> deliveries, boolean isFull) {
        Map<String, List<Delivery>> byFeed = byFeed(deliveries);
        return contracts.keySet().stream()
                .filter(feed -> isFull
                        || !lake.mark(LAYER, feed)
                                .equals(recipe(feed, byFeed.getOrDefault(feed, List.of()))
                                        .text()))
                .filter(feed -> byFeed.containsKey(feed) || lake.holds(LAYER, feed))
                .toList();
    }

    private static Map<String, List<Delivery>> byFeed(List<Delivery> deliveries) {
        return deliveries.stream().collect(Collectors.groupingBy(Delivery::feed, TreeMap::new, Collectors.toList()));
    }

    /** Whether cycles made an arriving delivery refused. */
    boolean rebuild(List<String> stale, List<Delivery> deliveries, String exchange) throws IOException {
        Map<String, List<Delivery>> byFeed = byFeed(deliveries);
        try (CrossLineProblems problems = new CrossLineProblems(spark, deliveries, Path.of(exchange))) {
            for (String feed : stale) {
                progress.step("silver : " + feed);
                List<Delivery> counting = new ArrayList<>(byFeed.getOrDefault(feed, List.of()));
                FeedContract contract = requireNonNull(contracts.get(feed), feed);
                if (lake.holds(LAYER, feed) && !recipe(feed, counting).isMethodOf(lake.mark(LAYER, feed))) {
                    StoredText.check(contract, Bronze.lines(spark, lake, contract));
                }
                lake.unmark(LAYER, feed);
                Session.<IOException>step(
                        spark, Delivery.haveFewLines(counting), () -> rebuildFeed(contract, counting, problems));
                lake.mark(LAYER, feed, recipe(feed, counting).text());
            }
            progress.step("silver : liens entre les flux");
            problems.findUnknown(lake, contracts);
            problems.tellQuarantine(lake);
            return problems.refuse();
        }
    }

    private void rebuildFeed(FeedContract contract, List<Delivery> counting, CrossLineProblems problems)
            throws IOException {
        while (true) {
            Dataset<Row> lines = Withdrawals.without(contract, lines(contract, counting), counting)
                    .persist();
            Dataset<Row> current = winners(contract, lines).persist();
            try {
                Optional<Dataset<Row>> cycles = problems.findCycles(contract, current);
                Set<String> refused = cycles.map(problems::refusedBy).orElse(Set.of());
                if (!refused.isEmpty()) {
                    counting.removeIf(delivery -> refused.contains(delivery.id()));
                    continue;
                }
                problems.findConflicts(contract, lines);
                problems.findOverlaps(contract, current);
                problems.findDoubleSources(contract, current);
                problems.findStays(contract, current);
                Dataset<Row> kept = current;
                if (cycles.isPresent()) {
                    CrossLineProblems.quarantine(contract, lake, cycles.get());
                    kept = current.join(cycles.get(), CrossLineProblems.LINE, "left_anti");
                }
                lake.replace(LAYER, contract.feed(), kept.drop(technical()));
                return;
            } finally {
                current.unpersist();
                lines.unpersist();
            }
        }
    }

    private static String[] technical() {
        return new String[] {"_rang", "_source"};
    }

    /** The typed lines of the deliveries that count, with their key, version and content. */
    private Dataset<Row> lines(FeedContract contract, List<Delivery> counting) {
        Dataset<Row> bronze = Bronze.lines(spark, lake, contract);
        if (contract.column("source").isPresent()) {
            // Lines received before a source had one name, whatever its case.
            bronze = bronze.withColumn("source", upper(col("source")));
        }
        Dataset<Row> joined = bronze.join(broadcast(table(counting)), "_livraison");
        List<Column> columns = new ArrayList<>();
        columns.add(col("_livraison"));
        columns.add(col("_ligne"));
        columns.add(col("_rang"));
        columns.add(col("_source"));
        for (FeedColumn column : contract.columns()) {
            if (column.type() == ColumnType.CODES) {
                columns.add(split(col(column.name()), "\\|").as(column.name()));
            } else if (column.type() == ColumnType.INTEGERS) {
                columns.add(split(col(column.name()), "\\|").cast("array<int>").as(column.name()));
            } else {
                columns.add(col(column.name()).cast(column.type().silverType()).as(column.name()));
            }
            if (column.type() == ColumnType.DATETIME) {
                columns.add(col(column.name() + "_precision"));
            }
        }
        if (contract.column("source").isEmpty()) {
            columns.add(col("_source").as("source"));
        }
        // The whole day of completeness is known, so a line without its own version is as young as that day's last
        // second.
        Column completed = expr("CAST(date_add(_complet_jusqu_au, 1) AS TIMESTAMP) - INTERVAL 1 SECOND");
        Column version = contract.column("date_maj").isPresent()
                ? coalesce(col("date_maj").cast("timestamp"), completed)
                : completed;
        columns.add(coalesce(version, expr("TIMESTAMP'1970-01-01 00:00:00'")).as("version"));
        columns.add(content(contract).as("contenu"));
        return joined.select(columns.toArray(Column[]::new));
    }

    /** What a line says but for the person, in a fixed form: decides between equal versions, never by a pseudonym (contrat.md 2). */
    private static Column content(FeedContract contract) {
        List<Column> texts = contract.columns().stream()
                .filter(column -> column.type() != ColumnType.PERSON)
                .flatMap(column -> column.storedNames().stream())
                .map(name -> coalesce(col(name), lit("")))
                .toList();
        return concat_ws("\u001f", texts.toArray(Column[]::new));
    }

    /** The line that each fact is told by. */
    private Dataset<Row> winners(FeedContract contract, Dataset<Row> lines) {
        lines.createOrReplaceTempView("_lignes");
        String key = String.join(", ", keyColumns(contract));
        return personOutsideTheKey(contract)
                .map(person -> winners(key, person, lines.columns()))
                .orElseGet(() -> winners(String.join(", ", lines.columns()), key));
    }

    private Dataset<Row> winners(String all, String key) {
        return Sql.selectOf(spark, "gagnante", Map.of("colonnes", all, "cle", key));
    }

    /**
     * The same, for facts of a person. Lines that say the same of one fact but for its person cannot be told apart by their content, and a
     * pseudonym may not decide (contrat.md 2): the fact stays, of nobody that is known.
     */
    private Dataset<Row> winners(String key, String person, String[] columns) {
        String others = java.util.Arrays.stream(columns)
                .filter(column ->
                        !List.of("version", "_rang", "contenu", person).contains(column))
                .collect(Collectors.joining(", "));
        Dataset<Row> candidates =
                Sql.selectOf(spark, "candidate", Map.of("personne", person, "autres", others, "cle", key));
        String reversed = "translate(gagnante." + person + ", '0123456789abcdef', 'fedcba9876543210')";
        String nobody = "md5(concat_ws('\u001f', " + key.replaceAll("(\\w+)", "gagnante.$1") + "))";
        return candidates.selectExpr(java.util.Arrays.stream(columns)
                .map(column -> column.equals(person)
                        ? "CASE WHEN " + reversed + " <=> inverse THEN gagnante." + person + " ELSE " + nobody
                                + " END AS " + person
                        : "gagnante." + column)
                .toArray(String[]::new));
    }

    static Optional<String> personOutsideTheKey(FeedContract contract) {
        return contract.columns().stream()
                .filter(column -> column.type() == ColumnType.PERSON)
                .map(FeedColumn::name)
                .filter(name -> !contract.key().contains(name))
                .findFirst();
    }

    /** The natural key as columns of silver; {@code medecin} is rpps, else finess. */
    static List<String> keyColumns(FeedContract contract) {
        return contract.key().stream()
                .map(part -> part.equals("medecin") ? "coalesce(rpps, finess)" : part)
                .toList();
    }

    private Dataset<Row> table(List<Delivery> deliveries) {
        List<Row> rows = deliveries.stream()
                .map(delivery -> RowFactory.create(
                        delivery.id(),
                        delivery.source(),
                        delivery.rank(),
                        delivery.completeUntil().map(java.sql.Date::valueOf).orElse(null)))
                .toList();
        return spark.createDataFrame(rows, DELIVERY_COLUMNS);
    }

    private Recipe recipe(String feed, List<Delivery> counting) {
        return Recipe.of(requireNonNull(contracts.get(feed), feed), counting);
    }
}
