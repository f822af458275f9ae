package fr.vigie.pipelines;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Cells, and only cells, to every territory and period: zone → territory, month → period. The result counts components:
 * (sorte, tranche, territoire, periode) → n, on several rows, where a sorte is a reading, a breakdown and a component.
 */
final class RollUp {

    private static final StructType READING = new StructType()
            .add("variante", DataTypes.IntegerType, false)
            .add("est_un_etat", DataTypes.BooleanType, false)
            .add("est_un_delai", DataTypes.BooleanType, false);

    private final SparkSession spark;
    private final List<Variant> variants;
    private final Horizon horizon;

    RollUp(SparkSession spark, List<Variant> variants, Horizon horizon) {
        this.spark = spark;
        this.variants = variants;
        this.horizon = horizon;
    }

    List<Variant> variants() {
        return variants;
    }

    Horizon horizon() {
        return horizon;
    }

    Dataset<Row> components() {
        Periods.view(spark, horizon);
        List<Row> readings = new ArrayList<>();
        for (int index = 0; index < variants.size(); index++) {
            Measure measure = variants.get(index).measure();
            readings.add(RowFactory.create(index, measure instanceof Measure.State, measure instanceof Measure.Delay));
        }
        spark.createDataFrame(readings, READING).createOrReplaceTempView("lecture");
        for (String dictionary : List.of("sorte", "territoire", "zone_vue")) {
            Gold.settled(Sql.select(spark, dictionary, Map.of())).createOrReplaceTempView(dictionary);
        }
        // Read by the values, by the delays and by the funnel.
        for (String counted : List.of("compte_par_mois", "composante_de_personnes")) {
            Sql.select(spark, counted, Map.of()).persist().createOrReplaceTempView(counted);
        }
        return Sql.select(spark, "composante_de_faits", Map.of()).unionByName(spark.table("composante_de_personnes"));
    }
}
