package fr.vigie.pipelines;

import fr.vigie.schema.GoldTable;
import fr.vigie.verification.oracle.Fact;
import fr.vigie.verification.oracle.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Every column of every fact of gold against the oracle's own facts: where the two engines part, this names the column. */
final class FactDifferences {

    private static final int EXAMPLES = 3;

    private FactDifferences() {}

    /** One line per column that differs, with its first examples; facts are told apart by person and instant. */
    static List<String> between(Oracle oracle, SparkSession spark) {
        Map<String, List<String>> differences = new TreeMap<>();
        for (GoldTable table : GoldTable.all().values()) {
            Map<String, List<Map<String, String>>> expected = new TreeMap<>();
            for (Fact fact : oracle.facts(table.name())) {
                add(expected, described(table, fact.values()));
            }
            Map<String, List<Map<String, String>>> actual = new TreeMap<>();
            for (Row row : spark.table("fait_" + table.name()).collectAsList()) {
                add(actual, described(table, row));
            }
            compare(table, expected, actual, differences);
        }
        List<String> lines = new ArrayList<>();
        differences.forEach((column, examples) -> lines.add(
                column + " ×" + examples.size() + " : " + examples.subList(0, Math.min(EXAMPLES, examples.size()))));
        return lines;
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

    private static String text(@org.jspecify.annotations.Nullable Object value) {
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
