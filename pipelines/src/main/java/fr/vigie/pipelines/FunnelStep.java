package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The steps of the funnel that each component adds to (contract.md 3): the facts, then the step where it falls, with its reason. */
final class FunnelStep {

    static final StructType COLUMNS = new StructType()
            .add("sorte", DataTypes.IntegerType, false)
            .add("numero", DataTypes.IntegerType, false)
            .add("indicateur", DataTypes.StringType, false)
            .add("etape", DataTypes.StringType, false)
            .add("motif", DataTypes.StringType, false);

    private final Map<List<String>, Integer> numbers = new java.util.HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private FunnelStep() {}

    /** One row per sorte of the totals and step; a step of a reading has one number, whatever adds to it. */
    static List<Row> of(List<Row> sortes, Map<Integer, ValueLine.Reading> readings) {
        FunnelStep steps = new FunnelStep();
        for (Row sorte : sortes) {
            if (sorte.<String>getAs("ventilation").isEmpty()) {
                String key = requireNonNull(readings.get(sorte.<Integer>getAs("variante")))
                        .key();
                steps.add(sorte.<Integer>getAs("sorte"), key, sorte.getAs("composante"));
            }
        }
        return steps.rows;
    }

    private void add(int sorte, String key, String component) {
        step(sorte, key, "FAITS", "");
        if (component.startsWith(Classification.OUT)) {
            step(sorte, key, "HORS_POPULATION", component.substring(Classification.OUT.length()));
        } else if (component.startsWith(Classification.EXCLUDED)) {
            step(sorte, key, "EXCLU", component.substring(Classification.EXCLUDED.length()));
        } else if (component.equals(Classification.IMMATURE)) {
            step(sorte, key, "EN_COURS", "");
        } else {
            step(sorte, key, "DENOMINATEUR", "");
            if (component.equals(Classification.UNDECIDED)) {
                step(sorte, key, "INDETERMINE", "");
            }
            if (component.equals(Classification.NUMERATOR)
                    || component.equals(Classification.NUMERATOR_ONLY)
                    || component.equals(Classification.ENDED)) {
                step(sorte, key, "NUMERATEUR", "");
            }
        }
    }

    private void step(int sorte, String key, String step, String reason) {
        int number = numbers.computeIfAbsent(List.of(key, step, reason), none -> numbers.size());
        rows.add(RowFactory.create(sorte, number, key, step, reason));
    }
}
