package fr.vigie.pipelines;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of the funnel that one component adds to (contract.md 3): the facts, then the step where it falls, with its reason. */
final class FunnelLine implements FlatMapFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private final Map<Integer, String> keys;

    FunnelLine(Map<Integer, String> keys) {
        this.keys = keys;
    }

    @Override
    public Iterator<Row> call(Row row) {
        String component = row.getString(4);
        List<Row> lines = new ArrayList<>();
        lines.add(line(row, "FAITS", ""));
        if (component.startsWith(Classification.OUT)) {
            lines.add(line(row, "HORS_POPULATION", component.substring(Classification.OUT.length())));
        } else if (component.startsWith(Classification.EXCLUDED)) {
            lines.add(line(row, "EXCLU", component.substring(Classification.EXCLUDED.length())));
        } else if (component.equals(Classification.IMMATURE)) {
            lines.add(line(row, "EN_COURS", ""));
        } else {
            lines.add(line(row, "DENOMINATEUR", ""));
            if (component.equals(Classification.UNDECIDED)) {
                lines.add(line(row, "INDETERMINE", ""));
            }
            if (component.equals(Classification.NUMERATOR)
                    || component.equals(Classification.NUMERATOR_ONLY)
                    || component.equals(Classification.ENDED)) {
                lines.add(line(row, "NUMERATEUR", ""));
            }
        }
        return lines.iterator();
    }

    private Row line(Row row, String step, String reason) {
        return RowFactory.create(
                keys.get(row.getInt(0)),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                step,
                reason,
                row.getLong(5));
    }
}
