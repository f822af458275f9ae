package fr.vigie.pipelines;

import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Period;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The published periods of a pass and their observed months, counted year × 12 + month − 1. */
final class Periods {

    private static final StructType COLUMNS = new StructType()
            .add("periode", DataTypes.StringType, false)
            .add("numero", DataTypes.IntegerType, false)
            .add("est_annee", DataTypes.BooleanType, false)
            .add("mois", DataTypes.IntegerType, false)
            .add("est_dernier", DataTypes.BooleanType, false);

    private final Horizon horizon;
    private final Dictionary codes;
    private final YearMonth stop;

    Periods(Horizon horizon, Dictionary codes) {
        this.horizon = horizon;
        this.codes = codes;
        stop = YearMonth.from(horizon.stopDay());
    }

    /** As a view: {@code mois_de_periode(periode, numero, est_annee, mois, est_dernier)}; the last one is that whose state is the period's. */
    void view(SparkSession spark) {
        List<Row> rows = new ArrayList<>();
        for (Period period : horizon.periods()) {
            for (int month = number(period.first()); month <= lastObserved(period); month++) {
                rows.add(RowFactory.create(
                        period.code(),
                        codes.code(period.code()),
                        period.isYear(),
                        month,
                        month == lastObserved(period)));
            }
        }
        spark.createDataFrame(rows, COLUMNS).createOrReplaceTempView("mois_de_periode");
    }

    /** Of the earliest published period. */
    int firstMonth() {
        return horizon.periods().stream()
                .mapToInt(period -> number(period.first()))
                .min()
                .orElse(number(stop));
    }

    int months() {
        return number(stop) - firstMonth() + 1;
    }

    List<PeriodSums.Span> spans() {
        return horizon.periods().stream()
                .map(period -> new PeriodSums.Span(
                        codes.code(period.code()),
                        number(period.first()) - firstMonth(),
                        lastObserved(period) - firstMonth(),
                        period.isYear(),
                        horizon.isUnfinished(period)))
                .toList();
    }

    /** The numbers of those that a version of an indicator publishes. */
    Set<Integer> of(Definition version) {
        return horizon.periods().stream()
                .filter(period -> version.holds(period.start(), period.end()))
                .map(period -> codes.code(period.code()))
                .collect(Collectors.toSet());
    }

    private int lastObserved(Period period) {
        return number(period.last().isAfter(stop) ? stop : period.last());
    }

    private static int number(YearMonth month) {
        return month.getYear() * 12 + month.getMonthValue() - 1;
    }
}
