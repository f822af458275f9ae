package fr.vigie.pipelines;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The steps of the funnel that each component adds to (contrat.md 3): the facts, then the step where it falls, with its reason. */
final class FunnelStep {

    static final StructType COLUMNS = new StructType()
            .add("sorte", DataTypes.IntegerType, false)
            .add("etape", DataTypes.IntegerType, false)
            .add("est_un_etat", DataTypes.BooleanType, false);

    private final Dictionary codes;
    private final List<Row> rows = new ArrayList<>();

    /** {@code codes}: of the steps, by indicator, step and reason. */
    FunnelStep(Dictionary codes) {
        this.codes = codes;
    }

    /** One row per sorte of the totals and step. */
    List<Row> rows() {
        return rows;
    }

    /** {@code isState}: the funnel of a period is that of its last month. */
    void add(int sorte, String key, boolean isState, String component) {
        step(sorte, key, isState, "FAITS", "");
        if (component.startsWith(Classification.OUT)) {
            step(sorte, key, isState, "HORS_POPULATION", component.substring(Classification.OUT.length()));
        } else if (component.startsWith(Classification.EXCLUDED)) {
            step(sorte, key, isState, "EXCLU", component.substring(Classification.EXCLUDED.length()));
        } else if (component.equals(Classification.IMMATURE)) {
            step(sorte, key, isState, "EN_COURS", "");
        } else {
            step(sorte, key, isState, "DENOMINATEUR", "");
            if (component.equals(Classification.UNDECIDED)) {
                step(sorte, key, isState, "INDETERMINE", "");
            }
            if (component.equals(Classification.NUMERATOR)
                    || component.equals(Classification.NUMERATOR_ONLY)
                    || component.equals(Classification.ENDED)) {
                step(sorte, key, isState, "NUMERATEUR", "");
            }
        }
    }

    private void step(int sorte, String key, boolean isState, String step, String reason) {
        rows.add(RowFactory.create(sorte, codes.code(key, step, reason), isState));
    }
}
