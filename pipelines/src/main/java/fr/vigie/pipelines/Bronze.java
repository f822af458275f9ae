package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Every kept line as canonical text: one table per feed, to which each run appends what has arrived, all files together, the delivery a column.
 *
 * <p>A mark beside the table says which deliveries it was brought to. It is taken away before the table changes and put back after, so that a run
 * killed in between is found out: only then are lines looked for that a delivery may have left here already.
 */
final class Bronze {

    static final String LAYER = "bronze";
    static final String DELIVERY = "_livraison";
    static final String LINE = "_ligne";

    /** Appends of a day are small files, and a table of thousands of them is slow to read: that many are made one. */
    private static final int SMALL_FILES = 32;

    private static final long LINES_PER_FILE = 1_000_000;

    private final SparkSession spark;
    private final Lake lake;
    private final Map<String, FeedContract> contracts;
    private final Progress progress;

    Bronze(SparkSession spark, Lake lake, Map<String, FeedContract> contracts, Progress progress) {
        this.spark = spark;
        this.lake = lake;
        this.contracts = contracts;
        this.progress = progress;
    }

    /** Whether this is what the table was brought to, by a run that came to its end. */
    static boolean isBroughtTo(Lake lake, String feed, Collection<String> deliveries) {
        return lake.mark(LAYER, feed).equals(Fingerprint.of(deliveries));
    }

    static void broughtTo(Lake lake, String feed, Collection<String> deliveries) {
        lake.mark(LAYER, feed, Fingerprint.of(deliveries));
    }

    /** The lines of a feed: the columns of its contract, empty where the lines are older than the column. */
    static Dataset<Row> lines(SparkSession spark, Lake lake, FeedContract contract) {
        if (!lake.holds(LAYER, contract.feed())) {
            return spark.createDataFrame(
                    List.of(), columns(contract, new StructType().add(DELIVERY, DataTypes.StringType)));
        }
        Dataset<Row> held = lake.read(LAYER, contract.feed());
        Set<String> known = Set.of(held.columns());
        return held.select(Arrays.stream(columns(contract, new StructType().add(DELIVERY, DataTypes.StringType))
                        .fieldNames())
                .map(name -> known.contains(name)
                        ? col(name)
                        : lit(null).cast("string").as(name))
                .toArray(Column[]::new));
    }

    /** The deliveries to append, by feed: a step for each feed. */
    static Map<String, List<Delivery>> arriving(List<Delivery> deliveries) {
        return deliveries.stream()
                .filter(delivery -> delivery.staged().isPresent())
                .collect(Collectors.groupingBy(Delivery::feed, TreeMap::new, Collectors.toList()));
    }

    void append(List<Delivery> deliveries) {
        arriving(deliveries).forEach((feed, files) -> {
            progress.step("bronze : " + feed);
            FeedContract contract = requireNonNull(contracts.get(feed), feed);
            List<String> known = deliveries.stream()
                    .filter(delivery ->
                            delivery.feed().equals(feed) && delivery.staged().isEmpty())
                    .map(Delivery::id)
                    .toList();
            Session.step(spark, Delivery.haveFewLines(files), () -> appendFeed(contract, files, known));
        });
    }

    private void appendFeed(FeedContract contract, List<Delivery> files, List<String> known) {
        String feed = contract.feed();
        boolean isAsTold = !lake.holds(LAYER, feed) || isBroughtTo(lake, feed, known);
        if (!isAsTold) {
            lake.delete(
                    LAYER,
                    feed,
                    col(DELIVERY).isin(files.stream().map(Delivery::id).toArray()));
        }
        lake.unmark(LAYER, feed);
        read(contract, files)
                .write()
                .format("delta")
                .mode("append")
                // A contract that has gained a column since: older lines have none.
                .option("mergeSchema", "true")
                // Statistics of the line number only: a minimum or a maximum of a column of the file is a value of
                // somebody.
                .option("delta.dataSkippingStatsColumns", LINE)
                .save(lake.path(LAYER, feed));
        if (lake.compact(LAYER, feed, SMALL_FILES)) {
            lake.sweep(LAYER, feed);
        }
        if (isAsTold) {
            List<String> held = new ArrayList<>(known);
            files.forEach(file -> held.add(file.id()));
            broughtTo(lake, feed, held);
        }
    }

    private Dataset<Row> read(FeedContract contract, List<Delivery> files) {
        Dataset<Row> lines = spark.read()
                // The door wrote these columns in this order: told, they need not be looked for in the files.
                .schema(columns(contract, new StructType()))
                .option("header", "true")
                .option("sep", ";")
                .option("quote", "\"")
                .option("escape", "\"")
                .option("maxCharsPerColumn", "-1")
                .csv(files.stream()
                        .map(file -> asName(file.staged().orElseThrow()))
                        .toArray(String[]::new));
        List<Column> selected = new ArrayList<>();
        selected.add(expr("substring_index(_metadata.file_name, '.', 1)").as(DELIVERY));
        Arrays.stream(lines.columns()).forEach(name -> selected.add(col(name)));
        long read = files.stream().mapToLong(Delivery::linesRead).sum();
        Dataset<Row> rows = lines.select(selected.toArray(Column[]::new));
        return Delivery.haveFewLines(files) ? rows.coalesce(1) : rows.coalesce((int) (2 + read / LINES_PER_FILE));
    }

    /** Spark takes names of files as patterns: a folder may be called [2026]. */
    private static String asName(String path) {
        return path.replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
    }

    private static StructType columns(FeedContract contract, StructType first) {
        StructType columns = first.add(LINE, DataTypes.IntegerType);
        for (String name : contract.columns().stream()
                .flatMap(column -> column.storedNames().stream())
                .toList()) {
            columns = columns.add(name, DataTypes.StringType);
        }
        return columns;
    }
}
