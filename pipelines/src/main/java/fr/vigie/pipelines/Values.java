package fr.vigie.pipelines;

import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Stages what the control publishes, pass after pass: coded rows of values and of funnels, and at the end what the codes stand for. */
final class Values {

    private final SparkSession spark;
    private final Path exchange;
    private final Dictionary lines = new Dictionary(4);
    private final Dictionary territories = new Dictionary(2);
    private final Dictionary periods = new Dictionary(1);
    private final Dictionary steps = new Dictionary(3);
    private final Dictionary scopes = new Dictionary(2);

    Values(SparkSession spark, String exchange) {
        this.spark = spark;
        this.exchange = Path.of(exchange);
    }

    /** The codes of the periods, the same in every pass. */
    Dictionary periods() {
        return periods;
    }

    void stage(List<VersionedVariant> variants, Periods published) {
        RollUp rollUp = new RollUp(spark, variants, published);
        rollUp.prepare(lines, territories, steps);
        addScopes();
        rollUp.values()
                .write()
                .mode("append")
                .text(exchange.resolve(WorkerResult.MEASURES).toString());
        rollUp.funnel()
                .write()
                .mode("append")
                .option("sep", ";")
                .csv(exchange.resolve(WorkerResult.STEP_COUNTS).toString());
        spark.catalog().clearCache();
    }

    private void addScopes() {
        for (Row row : Sql.select(spark, "ressort", Map.of()).collectAsList()) {
            scopes.code(
                    String.valueOf(territories.code(row.getString(0), row.getString(1))),
                    String.valueOf(territories.code(row.getString(2), row.getString(3))));
        }
    }

    /** After the last pass: what the codes stand for. The folders are there even when nothing was computable. */
    void nameCodes() {
        try {
            Files.createDirectories(exchange.resolve(WorkerResult.MEASURES));
            Files.createDirectories(exchange.resolve(WorkerResult.STEP_COUNTS));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        lines.write(exchange.resolve(WorkerResult.LINES));
        territories.write(exchange.resolve(WorkerResult.TERRITORIES));
        periods.write(exchange.resolve(WorkerResult.PERIODS));
        steps.write(exchange.resolve(WorkerResult.STEPS));
        scopes.writeKeys(exchange.resolve(WorkerResult.SCOPES));
    }
}
