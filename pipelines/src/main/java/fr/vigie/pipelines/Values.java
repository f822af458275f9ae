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
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

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
        rollUp.components().createOrReplaceTempView("composante");
        // Written at each pass: the last one holds, and all hold the same.
        spark.sql("SELECT type, code, libelle FROM territoire")
                .write()
                .mode("overwrite")
                .option("sep", ";")
                .option("escape", "\"")
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
        Sql.select(spark, "valeur", Map.of())
                .map((MapFunction<Row, String>) line::of, Encoders.STRING())
                .write()
                .mode("append")
                .text(exchange + "/" + RunResult.VALUES);
        spark.createDataFrame(FunnelStep.of(spark.table("sorte").collectAsList(), readings), FunnelStep.COLUMNS)
                .createOrReplaceTempView("etape");
        Sql.select(spark, "entonnoir", Map.of())
                .write()
                .mode("append")
                .option("sep", ";")
                .option("escape", "\"")
                .csv(exchange + "/" + RunResult.FUNNEL);
        spark.catalog().clearCache();
    }

    /** Nothing is computable: the folders are there, empty. */
    void stageNothing() {
        new java.io.File(exchange, RunResult.VALUES).mkdirs();
        new java.io.File(exchange, RunResult.FUNNEL).mkdirs();
        new java.io.File(exchange, RunResult.TERRITORIES).mkdirs();
    }
}
