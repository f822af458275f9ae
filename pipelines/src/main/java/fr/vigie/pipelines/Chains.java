package fr.vigie.pipelines;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** Graphs that one person's facts make: chains of orientations, episodes of stays, passages, and cycles where a fact follows itself (domaine 0.3, 3.5). */
final class Chains {

    private static final long SECONDS_OF_4_H = 4 * 3600;
    private static final long SECONDS_OF_24_H = 24 * 3600;
    private static final int NONE = -1;

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
                        "sejours_dits",
                        (UDF1<scala.collection.Seq<Row>, Row[]>) sorties -> staysToldBy(rows(sorties)),
                        new ArrayType(
                                DataTypes.createStructType(new StructField[] {
                                    DataTypes.createStructField("id", DataTypes.StringType, false),
                                    DataTypes.createStructField("rang", DataTypes.IntegerType, false),
                                    DataTypes.createStructField("retenue", DataTypes.StringType, false)
                                }),
                                false));
        spark.udf()
                .register(
                        "episodes_de",
                        (UDF1<scala.collection.Seq<Row>, Row[]>) stays -> episodesOf(rows(stays)),
                        new ArrayType(
                                DataTypes.createStructType(new StructField[] {
                                    DataTypes.createStructField("id", DataTypes.StringType, false),
                                    DataTypes.createStructField("premier", DataTypes.StringType, false)
                                }),
                                false));
        spark.udf()
                .register(
                        "passages_de",
                        (UDF1<scala.collection.Seq<Row>, String[]>) rpus -> passagesOf(rows(rpus)),
                        DataTypes.createArrayType(DataTypes.StringType, false));
        spark.udf()
                .register(
                        "cycles_de",
                        (UDF1<scala.collection.Seq<Row>, String[]>) links -> cyclesOf(rows(links)),
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

    /**
     * Sorties of one day (est_sans_heure, source, sortie, evenement_id, id, finess, jour_d_entree, entre_par_transfert, sort_par_transfert), in that
     * order: each with its rank in it and the first of those that stand which tells the same stay, itself when none does.
     */
    private static Row[] staysToldBy(List<Row> sorties) {
        List<Row> standing = new ArrayList<>();
        Row[] told = new Row[sorties.size()];
        for (int index = 0; index < told.length; index++) {
            Row sortie = sorties.get(index);
            Row better = standing.stream()
                    .filter(other -> isSameStay(other, sortie))
                    .findFirst()
                    .orElse(sortie);
            if (better == sortie) {
                standing.add(sortie);
            }
            told[index] = RowFactory.create(sortie.getString(4), index, better.getString(4));
        }
        return told;
    }

    /** Of two sources: one FINESS, or one that is missing; of one source: the same instant and FINESS. Both entered within a day of each other. */
    private static boolean isSameStay(Row one, Row other) {
        boolean isSamePlace = one.getString(1).equals(other.getString(1))
                ? one.getBoolean(0) == other.getBoolean(0)
                        && one.getLong(2) == other.getLong(2)
                        && Objects.equals(one.get(5), other.get(5))
                : one.isNullAt(5) || other.isNullAt(5) || one.getString(5).equals(other.getString(5));
        boolean isSameEntry = one.isNullAt(6) || other.isNullAt(6) || Math.abs(one.getInt(6) - other.getInt(6)) <= 1;
        return isSamePlace && isSameEntry && !isHandedOver(one, other) && !isHandedOver(other, one);
    }

    /** Left by the transfer by which the other was entered: the next stay of one day, not the same; a stay between two transfers is its own double. */
    private static boolean isHandedOver(Row one, Row other) {
        return one.getBoolean(8)
                && other.getBoolean(7)
                && (one.getBoolean(7) != other.getBoolean(7) || one.getBoolean(8) != other.getBoolean(8));
    }

    /**
     * Stays (sortie, evenement_id, source, id, sortie_max, entree, entree_max, entre_par_transfert, sort_par_transfert), in seconds and in
     * that order: each with the first of its episode, going back from transfer to transfer. A stay follows the nearest one that was left by
     * transfer within 24 h of its own entry, before or after it, and was not entered later; hours that are missing are what serves best.
     */
    private static Row[] episodesOf(List<Row> stays) {
        int[] before = new int[stays.size()];
        for (int index = 0; index < before.length; index++) {
            before[index] = NONE;
            Row stay = stays.get(index);
            if (stay.isNullAt(5) || !stay.getBoolean(7)) {
                continue;
            }
            long nearest = SECONDS_OF_24_H;
            for (int other = 0; other < before.length; other++) {
                Row left = stays.get(other);
                long gap = Math.max(0, Math.max(stay.getLong(5) - left.getLong(4), left.getLong(0) - stay.getLong(6)));
                boolean mayPrecede = left.isNullAt(5) || left.getLong(5) <= stay.getLong(6);
                if (other != index && left.getBoolean(8) && mayPrecede && gap <= nearest) {
                    before[index] = other;
                    nearest = gap;
                }
            }
        }
        Row[] episodes = new Row[before.length];
        for (int index = 0; index < before.length; index++) {
            int first = index;
            // Hours that are missing can make two stays follow each other: each is met once.
            BitSet met = new BitSet();
            met.set(first);
            while (before[first] != NONE && !met.get(before[first])) {
                first = before[first];
                met.set(first);
            }
            episodes[index] = RowFactory.create(
                    stays.get(index).getString(3), stays.get(first).getString(3));
        }
        return episodes;
    }

    /**
     * RPU (debut, evenement_id, source, fin, entre_par_transfert, sort_par_transfert), in seconds and in that order: the ids of those that
     * open a passage. Neighbours are one passage, from one to the next, even through a third.
     */
    private static String[] passagesOf(List<Row> rpus) {
        Map<String, String> parents = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (int index = 0; index < rpus.size(); index++) {
            Row later = rpus.get(index);
            // Named by its place, so that the root of a passage is its first RPU.
            String id = "%09d".formatted(index);
            ids.add(id);
            parents.put(id, id);
            for (int other = 0; other < index; other++) {
                Row earlier = rpus.get(other);
                long gap = later.getLong(0) - earlier.getLong(3);
                if (gap < SECONDS_OF_4_H || (gap <= SECONDS_OF_24_H && earlier.getBoolean(5) && later.getBoolean(4))) {
                    join(parents, ids.get(other), id);
                }
            }
        }
        List<String> opening = new ArrayList<>();
        for (int index = 0; index < rpus.size(); index++) {
            if (root(parents, ids.get(index)).equals(ids.get(index))) {
                opening.add(rpus.get(index).getString(2) + "|" + rpus.get(index).getString(1));
            }
        }
        return opening.toArray(String[]::new);
    }

    /** The ids of (id, precedente) that come back to themselves. */
    static String[] cyclesOf(List<Row> links) {
        Map<String, String> previous = new HashMap<>();
        links.forEach(row -> previous.put(row.getString(0), row.getString(1)));
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
