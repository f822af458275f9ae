package fr.vigie.pipelines;

import fr.vigie.schema.GoldTable;
import fr.vigie.verification.oracle.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The facts of gold as the plain evaluator takes them. */
final class GoldFacts {

    private GoldFacts() {}

    /** By table, of the views that {@link Gold} leaves. */
    static Map<String, List<Fact>> read(SparkSession spark) {
        Map<Integer, String> communes = new HashMap<>();
        for (Row zone : spark.table("zone").collectAsList()) {
            communes.put(zone.getInt(0), zone.getString(1));
        }
        Map<String, List<Fact>> facts = new TreeMap<>();
        for (GoldTable table : GoldTable.all().values()) {
            List<Fact> rows = new ArrayList<>();
            for (Row row : spark.table("fait_" + table.name()).collectAsList()) {
                Map<String, Object> values = new TreeMap<>();
                for (String name : table.storedNames()) {
                    int index = row.fieldIndex(name);
                    if (!row.isNullAt(index)) {
                        values.put(name, plain(row.get(index)));
                    }
                }
                String commune = communes.get(row.getInt(row.fieldIndex("zone_id")));
                if (commune != null) {
                    values.put("commune", commune);
                }
                rows.add(new Fact(table.name(), values));
            }
            facts.put(table.name(), rows);
        }
        return facts;
    }

    private static Object plain(Object value) {
        if (value instanceof scala.collection.Seq<?> seq) {
            return scala.jdk.javaapi.CollectionConverters.asJava(seq);
        }
        if (value instanceof java.sql.Timestamp instant) {
            return instant.toInstant();
        }
        if (value instanceof java.sql.Date day) {
            return day.toLocalDate();
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }
}
