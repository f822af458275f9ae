package fr.vigie.pipelines;

import fr.vigie.indicators.Period;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The months of each published period, as a view: {@code mois_de_periode(periode, est_annee, mois, est_dernier)}. */
final class Periods {

    private static final StructType COLUMNS = new StructType()
            .add("periode", DataTypes.StringType, false)
            .add("est_annee", DataTypes.BooleanType, false)
            .add("mois", DataTypes.IntegerType, false)
            .add("est_dernier", DataTypes.BooleanType, false);

    private Periods() {}

    /** {@code est_dernier}: the month whose last observed day is that of the period, for states on a date. */
    static void view(SparkSession spark, Horizon horizon) {
        YearMonth stop = YearMonth.from(horizon.stopDay());
        List<Row> rows = new ArrayList<>();
        for (Period period : horizon.periods()) {
            YearMonth observed = period.last().isAfter(stop) ? stop : period.last();
            for (YearMonth month = period.first(); !month.isAfter(observed); month = month.plusMonths(1)) {
                rows.add(RowFactory.create(
                        period.code(),
                        period.isYear(),
                        month.getYear() * 12 + month.getMonthValue() - 1,
                        month.equals(observed)));
            }
        }
        spark.createDataFrame(rows, COLUMNS).createOrReplaceTempView("mois_de_periode");
    }
}
