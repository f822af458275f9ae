package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.oracle.Fact;
import fr.vigie.indicators.oracle.Oracle;
import fr.vigie.indicators.oracle.RandomHistories;
import fr.vigie.indicators.oracle.Silver;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.GoldTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every column of every fact of gold, against the oracle's own facts, on random histories: where the two engines part, this names the column.
 * {@code -Dvigie.worlds=N} and {@code -Dvigie.seed=S} choose how many and which.
 */
class FactsAgreeWithOracleIT {

    private static final int WORLDS = Integer.getInteger("vigie.worlds", 100);
    private static final long SEED = Long.getLong("vigie.seed", 20261031L);

    @TempDir
    Path folder;

    @Test
    void everyFactHasTheSameColumns() throws IOException {
        List<Silver> worlds = new ArrayList<>();
        for (int index = 0; index < WORLDS; index++) {
            worlds.add(RandomHistories.world(SEED + index, "w" + index));
        }
        Silver all = RandomHistories.union(worlds);
        Oracle oracle = new Oracle(all, RandomHistories.LIMIT);
        List<Delivery> deliveries = StagedWorld.write(all, folder.resolve("depot"));
        Map<String, List<String>> differences = new TreeMap<>();
        int rows = 0;
        try (SparkSession spark = Session.lean(Session.configured(
                        SparkSession.builder().master("local[2]").appName("vigie-test")))
                .getOrCreate()) {
            Sql.declareFunctions(spark);
            Lake lake = new Lake(spark, folder.resolve("lake").toString());
            Map<String, FeedContract> contracts = FeedContract.all();
            new Bronze(spark, lake, contracts, Progress.silent()).append(deliveries);
            new Silver_(spark, lake, contracts).rebuild(deliveries, folder.toString());
            new Gold(spark, lake, contracts, Progress.silent(), RandomHistories.LIMIT).build(5);
            for (GoldTable table : GoldTable.all().values()) {
                Map<String, List<Map<String, String>>> expected = new TreeMap<>();
                for (Fact fact : oracle.facts(table.name())) {
                    add(expected, described(table, fact.values()));
                }
                Map<String, List<Map<String, String>>> actual = new TreeMap<>();
                for (Row row : lake.read(Gold.LAYER, table.name()).collectAsList()) {
                    add(actual, described(table, row));
                    rows++;
                }
                compare(table, expected, actual, differences);
            }
        }
        List<String> shown = new ArrayList<>();
        differences.forEach((column, examples) ->
                shown.add(column + " ×" + examples.size() + " : " + examples.subList(0, Math.min(3, examples.size()))));
        assertEquals(List.of(), shown, "seed " + SEED + ", " + WORLDS + " worlds, " + rows + " facts");
    }

    /** The door's tests stand for silver: here it is only what gold reads. */
    private record Silver_(SparkSession spark, Lake lake, Map<String, FeedContract> contracts) {
        void rebuild(List<Delivery> deliveries, String exchange) throws IOException {
            new fr.vigie.pipelines.Silver(spark, lake, contracts, Progress.silent())
                    .rebuild(deliveries, exchange, false);
        }
    }

    private static void add(Map<String, List<Map<String, String>>> rows, Map<String, String> row) {
        rows.computeIfAbsent(row.get("patient_id") + " " + row.get("instant"), none -> new ArrayList<>())
                .add(row);
    }

    private static Map<String, String> described(GoldTable table, Map<String, Object> values) {
        Map<String, String> row = new TreeMap<>();
        for (String name : table.storedNames()) {
            if (!name.equals("zone_id")) {
                row.put(name, text(values.get(name)));
            }
        }
        return row;
    }

    private static Map<String, String> described(GoldTable table, Row values) {
        Map<String, String> row = new TreeMap<>();
        for (String name : table.storedNames()) {
            if (!name.equals("zone_id")) {
                int index = values.fieldIndex(name);
                Object value = values.isNullAt(index) ? null : values.get(index);
                if (value instanceof scala.collection.Seq<?> seq) {
                    value = scala.jdk.javaapi.CollectionConverters.asJava(seq);
                } else if (value instanceof java.sql.Timestamp instant) {
                    value = instant.toInstant();
                }
                row.put(name, text(value));
            }
        }
        return row;
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).sorted().toList().toString();
        }
        return Objects.toString(value, "");
    }

    private static void compare(
            GoldTable table,
            Map<String, List<Map<String, String>>> expected,
            Map<String, List<Map<String, String>>> actual,
            Map<String, List<String>> differences) {
        for (String key : union(expected, actual)) {
            List<Map<String, String>> left = new ArrayList<>(expected.getOrDefault(key, List.of()));
            List<Map<String, String>> right = new ArrayList<>(actual.getOrDefault(key, List.of()));
            left.removeIf(right::remove);
            if (left.size() != right.size()) {
                differences
                        .computeIfAbsent(table.name() + " rows", none -> new ArrayList<>())
                        .add(key + " oracle " + left.size() + " Spark " + right.size());
            }
            for (int index = 0; index < Math.min(left.size(), right.size()); index++) {
                Map<String, String> one = left.get(index);
                Map<String, String> other = right.get(index);
                one.forEach((column, value) -> {
                    if (!value.equals(other.get(column))) {
                        differences
                                .computeIfAbsent(table.name() + "." + column, none -> new ArrayList<>())
                                .add(key + " oracle " + value + " Spark " + other.get(column));
                    }
                });
            }
        }
    }

    private static List<String> union(Map<String, ?> one, Map<String, ?> other) {
        java.util.TreeSet<String> keys = new java.util.TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return List.copyOf(keys);
    }
}
