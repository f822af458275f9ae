package fr.vigie.pipelines;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * What complete deliveries take back (manifest COMPLET, contrat.md 2). A source takes back what it said, or what was said in its name: when a
 * load brings its complete delivery, and no line of a fact, all that it had said of that fact before no longer counts, if what it said last lies
 * in the period. What other sources say stays, and what comes later counts again, whatever its version.
 */
final class Withdrawals {

    /**
     * A complete delivery.
     *
     * @param from first day of facts that it replaces, since 1970; the least when it has no bound
     */
    record Complete(long rank, String source, long from, long until) implements Serializable {

        static Complete of(Delivery delivery, Delivery.Replacement replaced) {
            return new Complete(
                    delivery.rank(),
                    delivery.source(),
                    replaced.from().map(day -> day.toEpochDay()).orElse(Long.MIN_VALUE),
                    replaced.until().map(day -> day.toEpochDay()).orElse(Long.MAX_VALUE));
        }

        private boolean covers(@Nullable Integer day) {
            return day == null || day >= from && day <= until;
        }
    }

    /**
     * What one load says last of one fact, by the lines that name the same sources.
     *
     * @param sources the source that the lines name and the one of their file
     * @param day of the fact, since 1970; absent for feeds without days
     */
    record Said(
            long rank,
            long version,
            Set<String> sources,
            @Nullable Integer day) {}

    private static final Comparator<Said> YOUNGEST =
            Comparator.comparingLong(Said::version).thenComparingLong(Said::rank);

    private Withdrawals() {}

    /** Per source, the rank before which what it said of this fact no longer counts. */
    static Map<String, Long> of(List<Said> said, List<Complete> completes) {
        List<Said> inOrder =
                said.stream().sorted(Comparator.comparingLong(Said::rank)).toList();
        // Of the same sources, what is older is never asked: it leaves with what is younger.
        Map<Set<String>, Said> live = new HashMap<>();
        Map<String, Long> before = new HashMap<>();
        int next = 0;
        for (Complete complete : completes) {
            while (next < inOrder.size() && inOrder.get(next).rank() < complete.rank()) {
                Said one = inOrder.get(next++);
                live.merge(one.sources(), one, (old, young) -> YOUNGEST.compare(old, young) > 0 ? old : young);
            }
            boolean isHeld = false;
            for (int same = next; same < inOrder.size() && inOrder.get(same).rank() == complete.rank(); same++) {
                isHeld |= inOrder.get(same).sources().contains(complete.source());
            }
            boolean isWithdrawn = !isHeld
                    && live.values().stream()
                            .filter(one -> one.sources().contains(complete.source()))
                            .max(YOUNGEST)
                            .filter(last -> complete.covers(last.day()))
                            .isPresent();
            if (isWithdrawn) {
                live.values().removeIf(one -> one.sources().contains(complete.source()));
                before.put(complete.source(), complete.rank());
            }
        }
        return before;
    }

    /** The lines that no complete delivery took back. */
    static Dataset<Row> without(FeedContract contract, Dataset<Row> lines, List<Delivery> counting) {
        ArrayList<Complete> completes = new ArrayList<>();
        counting.forEach(
                delivery -> delivery.replaced().ifPresent(replaced -> completes.add(Complete.of(delivery, replaced))));
        if (completes.isEmpty()) {
            return lines;
        }
        completes.sort(Comparator.comparingLong(Complete::rank));
        UserDefinedFunction withdrawn = udf(
                (UDF1<scala.collection.Seq<Row>, Map<String, Long>>) said -> of(said(said), completes),
                DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType));
        Column day = contract.factDate()
                .map(column -> expr("unix_date(to_date(" + column + "))"))
                .orElse(lit(null).cast("int"));
        Dataset<Row> keyed = lines.withColumn(
                "cle",
                struct(Silver.keyColumns(contract).stream()
                        .map(org.apache.spark.sql.functions::expr)
                        .toArray(Column[]::new)));
        Dataset<Row> gone = keyed.groupBy("cle", "_rang", "source", "_source")
                .agg(max(struct(expr("unix_micros(version)").as("version"), col("contenu"), day.as("jour")))
                        .as("dernier"))
                .groupBy("cle")
                .agg(collect_list(struct("_rang", "dernier.version", "source", "_source", "dernier.jour"))
                        .as("dits"))
                .select(col("cle"), withdrawn.apply(col("dits")).as("avant"))
                .where(size(col("avant")).gt(0));
        return keyed.join(
                        gone,
                        scala.jdk.javaapi.CollectionConverters.asScala(List.of("cle"))
                                .toSeq(),
                        "left")
                .where(stands("source").and(stands("_source")))
                .drop("cle", "avant");
    }

    private static Column stands(String source) {
        return coalesce(col("_rang").geq(element_at(col("avant"), col(source))), lit(true));
    }

    private static List<Said> said(scala.collection.Seq<Row> rows) {
        return scala.jdk.javaapi.CollectionConverters.asJava(rows).stream()
                .map(row -> new Said(
                        row.getLong(0),
                        row.getLong(1),
                        row.isNullAt(2) ? Set.of(row.getString(3)) : sources(row.getString(2), row.getString(3)),
                        row.isNullAt(4) ? null : row.getInt(4)))
                .toList();
    }

    private static Set<String> sources(String named, String ofFile) {
        return named.equals(ofFile) ? Set.of(named) : Set.of(named, ofFile);
    }
}
