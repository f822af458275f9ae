package fr.vigie.pipelines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Graphs that one person's facts make: chains of orientations, and cycles where a fact follows itself (domaine.md 0.3, 3.5). */
final class Chains {

    private Chains() {}

    static void declare(SparkSession spark) {
        StructType link = DataTypes.createStructType(new StructField[] {
            DataTypes.createStructField("id", DataTypes.StringType, false),
            DataTypes.createStructField("chaine", DataTypes.StringType, false)
        });
        spark.udf()
                .register(
                        "chaines_de",
                        (UDF1<scala.collection.Seq<Row>, Row[]>) links -> componentsOf(links),
                        new ArrayType(link, false));
        spark.udf()
                .register(
                        "cycles_de",
                        (UDF1<scala.collection.Seq<Row>, String[]>) links -> cyclesOf(links),
                        DataTypes.createArrayType(DataTypes.StringType));
    }

    /** Connected components of (id, precedente, chaine): each id with the least id of its component. */
    private static Row[] componentsOf(scala.collection.Seq<Row> links) {
        Map<String, String> parents = new HashMap<>();
        Map<String, String> firstOfChain = new HashMap<>();
        List<Row> rows = rows(links);
        rows.forEach(row -> parents.put(row.getString(0), row.getString(0)));
        for (Row row : rows) {
            String id = row.getString(0);
            @Nullable String previous = row.getString(1);
            @Nullable String chain = row.getString(2);
            if (previous != null && parents.containsKey(previous)) {
                join(parents, id, previous);
            }
            if (chain != null) {
                @Nullable String first = firstOfChain.putIfAbsent(chain, id);
                if (first != null) {
                    join(parents, id, first);
                }
            }
        }
        return rows.stream()
                .map(row -> RowFactory.create(row.getString(0), root(parents, row.getString(0))))
                .toArray(Row[]::new);
    }

    private static void join(Map<String, String> parents, String one, String other) {
        String left = root(parents, one);
        String right = root(parents, other);
        // The least id is the root, so that a component has the same name in whatever order its links come.
        if (left.compareTo(right) < 0) {
            parents.put(right, left);
        } else {
            parents.put(left, right);
        }
    }

    private static String root(Map<String, String> parents, String id) {
        String current = id;
        while (true) {
            String parent = parents.getOrDefault(current, current);
            if (parent.equals(current)) {
                return current;
            }
            current = parent;
        }
    }

    /** The ids of (id, precedente) that come back to themselves. */
    private static String[] cyclesOf(scala.collection.Seq<Row> links) {
        Map<String, String> previous = new HashMap<>();
        rows(links).forEach(row -> previous.put(row.getString(0), row.getString(1)));
        Set<String> inCycle = new HashSet<>();
        Set<String> settled = new HashSet<>();
        for (String start : previous.keySet()) {
            List<String> walk = new ArrayList<>();
            Set<String> onWalk = new HashSet<>();
            @Nullable String current = start;
            while (current != null && !settled.contains(current) && onWalk.add(current)) {
                walk.add(current);
                current = previous.get(current);
            }
            if (current != null && onWalk.contains(current)) {
                inCycle.addAll(walk.subList(walk.indexOf(current), walk.size()));
            }
            settled.addAll(walk);
        }
        return inCycle.stream().sorted().toArray(String[]::new);
    }

    private static List<Row> rows(scala.collection.Seq<Row> links) {
        return scala.jdk.javaapi.CollectionConverters.asJava(links);
    }
}
