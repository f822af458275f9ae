package fr.vigie.pipelines;

import static org.apache.spark.sql.functions.udf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionIT {

    @Test
    void whatItWritesIsClosedToTheOtherAccountsOfTheMachine(@TempDir Path lake) throws IOException {
        try (SparkSession spark = Session.lean(Session.configured(
                        SparkSession.builder().master("local[1]").appName("vigie-test")))
                .getOrCreate()) {
            new Lake(spark, lake.toString())
                    .overwrite("gold", "rendez_vous", spark.range(3).toDF("n"));
        }

        try (Stream<Path> paths = Files.walk(lake.resolve("gold"))) {
            List<Path> all = paths.toList();
            assertTrue(all.size() > 4, all.toString());
            for (Path path : all) {
                assertEquals(
                        Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                        path.toString());
            }
        }
    }

    @Test
    void aStepOfFewLinesExchangesNothingAndItsTasksKnowItsSettings(@TempDir Path lake) throws IOException {
        try (SparkSession spark = Session.configured(
                        SparkSession.builder().master("local[2]").appName("vigie-test"))
                .getOrCreate()) {
            Session.tellTasks(spark);
            UserDefinedFunction told = udf(
                            (UDF0<String>) () -> SQLConf.get().getConfString("spark.sql.codegen.factoryMode", "")
                                    + SQLConf.get().getConfString("spark.sql.icu.caseMappings.enabled", ""),
                            DataTypes.StringType)
                    .asNondeterministic();
            Dataset<Row> rows = spark.range(1).select(told.apply());
            Lake files = new Lake(spark, lake.toString());
            files.overwrite("gold", "rendez_vous", spark.range(3).toDF("n"));

            assertEquals("FALLBACKfalse", rows.toLocalIterator().next().getString(0));
            assertTrue(exchanges(files));
            Session.step(spark, true, () -> {
                assertEquals("NO_CODEGENfalse", rows.toLocalIterator().next().getString(0));
                assertFalse(exchanges(files));
            });
            assertEquals("FALLBACKfalse", rows.toLocalIterator().next().getString(0));
        }
    }

    private static boolean exchanges(Lake files) {
        return files.read("gold", "rendez_vous")
                .groupBy("n")
                .count()
                .queryExecution()
                .executedPlan()
                .toString()
                .contains("Exchange");
    }
}
