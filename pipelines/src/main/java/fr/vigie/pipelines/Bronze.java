package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Every kept line as canonical text, append-only: one table per feed, one partition per delivery. Appending a delivery twice gives the same
 * partition, so a run killed here is simply done again.
 */
final class Bronze {

    static final String LAYER = "bronze";
    static final String DELIVERY = "_livraison";
    static final String LINE = "_ligne";

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

    void append(List<Delivery> deliveries) {
        Map<String, List<Delivery>> staged = deliveries.stream()
                .filter(delivery -> delivery.staged().isPresent())
                .collect(Collectors.groupingBy(Delivery::feed, TreeMap::new, Collectors.toList()));
        progress.expect(staged.size());
        staged.forEach((feed, files) -> {
            progress.step("bronze : " + feed);
            FeedContract contract = requireNonNull(contracts.get(feed), feed);
            Session.step(spark, Delivery.haveFewLines(files), () -> appendFeed(contract, files));
        });
    }

    private void appendFeed(FeedContract contract, List<Delivery> files) {
        Dataset<Row> rows = null;
        for (Delivery file : files) {
            Dataset<Row> one = read(contract, file);
            rows = rows == null ? one : rows.unionByName(one);
        }
        if (rows == null) {
            return;
        }
        String ids = files.stream().map(file -> "'" + file.id() + "'").collect(Collectors.joining(","));
        var writer = rows.write()
                .format("delta")
                .partitionBy(DELIVERY)
                .mode("overwrite")
                // Statistics of the line number only: a minimum or a maximum of a column of the file is a value of
                // somebody.
                .option("delta.dataSkippingStatsColumns", LINE);
        if (lake.holds(LAYER, contract.feed())) {
            writer = writer.option("replaceWhere", DELIVERY + " IN (" + ids + ")");
        }
        writer.save(lake.path(LAYER, contract.feed()));
    }

    private Dataset<Row> read(FeedContract contract, Delivery file) {
        List<String> names = contract.columns().stream()
                .flatMap(column -> column.storedNames().stream())
                .toList();
        // The door wrote these columns in this order: told, they need not be looked for in the file.
        StructType columns = new StructType().add(LINE, DataTypes.IntegerType);
        for (String name : names) {
            columns = columns.add(name, DataTypes.StringType);
        }
        Dataset<Row> lines = spark.read()
                .schema(columns)
                .option("header", "true")
                .option("sep", ";")
                .option("quote", "\"")
                .option("escape", "\"")
                .option("maxCharsPerColumn", "-1")
                .csv(file.staged().orElseThrow());
        List<Column> selected = new ArrayList<>();
        selected.add(lit(file.id()).as(DELIVERY));
        selected.add(col(LINE));
        names.forEach(name -> selected.add(col(name)));
        return lines.select(selected.toArray(Column[]::new));
    }
}
