package fr.vigie.pipelines;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Period;
import fr.vigie.indicators.Variant;
import fr.vigie.schema.RunResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Stages what the control publishes: one line per value and per row of funnel, percentages and medians born last. */
final class Values {

    private final SparkSession spark;
    private final Catalogue catalogue;
    private final String exchange;

    Values(SparkSession spark, Catalogue catalogue, String exchange) {
        this.spark = spark;
        this.catalogue = catalogue;
        this.exchange = exchange;
    }

    void stage(RollUp rollUp) {
        Dataset<Row> components = rollUp.components().persist();
        components.createOrReplaceTempView("composante");
        // Written at each pass: the last one holds, and all hold the same.
        spark.sql("SELECT type, code, libelle FROM territoire")
                .write()
                .mode("overwrite")
                .option("sep", ";")
                .csv(exchange + "/" + RunResult.TERRITORIES);
        Set<String> unfinished = new HashSet<>();
        rollUp.horizon().periods().stream()
                .filter(rollUp.horizon()::isUnfinished)
                .map(Period::code)
                .forEach(unfinished::add);
        List<Variant> variants = rollUp.variants();
        Map<Integer, ValueLine.Reading> readings = new HashMap<>();
        for (int index = 0; index < variants.size(); index++) {
            Variant variant = variants.get(index);
            readings.put(
                    index,
                    ValueLine.Reading.of(
                            variant,
                            catalogue.definition(variant.code()).orElseThrow().version()));
        }
        ValueLine line = new ValueLine(readings, unfinished);
        StructType textColumns = new StructType();
        for (String column : RunResult.VALUE_COLUMNS) {
            textColumns = textColumns.add(column, DataTypes.StringType);
        }
        Sql.select(spark, "valeur", Map.of())
                .map((MapFunction<Row, Row>) line::of, Encoders.row(textColumns))
                .write()
                .mode("append")
                .option("sep", ";")
                .csv(exchange + "/" + RunResult.VALUES);
        Map<Integer, String> keys = new HashMap<>();
        readings.forEach((index, reading) -> keys.put(index, reading.key()));
        FunnelLine funnel = new FunnelLine(keys);
        StructType funnelColumns = new StructType();
        for (String column : RunResult.FUNNEL_COLUMNS) {
            funnelColumns =
                    funnelColumns.add(column, column.equals("effectif") ? DataTypes.LongType : DataTypes.StringType);
        }
        Sql.select(spark, "entonnoir", Map.of())
                .flatMap(funnel, Encoders.row(funnelColumns))
                .groupBy("indicateur", "territoire_type", "territoire_code", "periode", "etape", "motif")
                .sum("effectif")
                .write()
                .mode("append")
                .option("sep", ";")
                .csv(exchange + "/" + RunResult.FUNNEL);
        components.unpersist();
    }

    /** Nothing is computable: the folders are there, empty. */
    void stageNothing() {
        new java.io.File(exchange, RunResult.VALUES).mkdirs();
        new java.io.File(exchange, RunResult.FUNNEL).mkdirs();
        new java.io.File(exchange, RunResult.TERRITORIES).mkdirs();
    }
}
