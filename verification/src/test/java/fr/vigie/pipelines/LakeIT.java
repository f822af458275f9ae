package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lake reads is what Delta's own reader reads, whatever was done to the table and whatever its folder is called. */
class LakeIT {

    private static final String DEFAULTS = "spark.databricks.delta.properties.defaults.";
    private static final String LAYER = "silver";
    private static final String TABLE = "rendez_vous";
    private static final String ROWS =
            "SELECT CAST(id AS INT) AS n, concat('é', id) AS texte, array(id, NULL) AS suite,"
                    + " IF(id %% 2 = 0, TIMESTAMP'2026-03-29 01:59:00', TIMESTAMP'1899-12-31 23:59:59.999999') AS heure,"
                    + " IF(id %% 3 = 0, NULL, DATE'1582-10-04') AS jour FROM range(%d, %d)";

    @TempDir
    static Path folder;

    private static SparkSession spark;

    private int tables;

    @BeforeAll
    static void start() {
        spark = LocalSession.start();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @AfterEach
    void forgetSettings() {
        spark.conf().set(DEFAULTS + "enableDeletionVectors", "false");
        spark.conf().set(DEFAULTS + "columnMapping.mode", "none");
    }

    @Test
    void everyVersionIsReadAsDeltaReadsIt() {
        Lake lake = lake("un dossier à accents, 100 % [2026] {a,b} * ? \\ #1 +");
        lake.replace(LAYER, TABLE, rows(0, 6));
        assertReadsAsDelta(lake, 6);
        append(lake, rows(6, 8));
        assertReadsAsDelta(lake, 8);
        lake.delete(LAYER, TABLE, functions.expr("n IN (1, 7)"));
        assertReadsAsDelta(lake, 6);
        append(lake, rows(8, 9).withColumn("ajout", functions.lit("x")));
        assertReadsAsDelta(lake, 7);
        assertTrue(lake.compact(LAYER, TABLE, 2), "nothing to put together");
        assertReadsAsDelta(lake, 7);
        lake.delete(LAYER, TABLE, functions.lit(true));
        assertReadsAsDelta(lake, 0);
        lake.overwrite(LAYER, TABLE, rows(2, 4).drop("suite"));
        assertReadsAsDelta(lake, 2);
        lake.restore(LAYER, TABLE, 1);
        assertReadsAsDelta(lake, 8);
        lake.sweep(LAYER, TABLE);
        assertReadsAsDelta(lake, 8);
        lake.replace(LAYER, TABLE, rows(0, 0));
        assertReadsAsDelta(lake, 0);
    }

    /** Delta writes a checkpoint after ten versions, which replaces what their entries say. */
    @Test
    void soIsOneOfManyVersions() throws IOException {
        Lake lake = lake("versions");
        for (int version = 0; version < 23; version++) {
            append(lake, rows(version, version + 1));
        }
        Path log = Path.of(lake.path(LAYER, TABLE), "_delta_log");
        assertTrue(Files.exists(log.resolve("00000000000000000020.checkpoint.parquet")), "no checkpoint");
        // What it replaces may be gone.
        for (int version = 0; version < 20; version++) {
            Files.delete(log.resolve("%020d.json".formatted(version)));
        }
        assertReadsAsDelta(lake, 23);
        lake.delete(LAYER, TABLE, functions.expr("n % 2 = 0"));
        assertReadsAsDelta(lake, 11);
    }

    @Test
    void aTableWhoseFilesAreNotItsRowsIsRefused() {
        spark.conf().set(DEFAULTS + "enableDeletionVectors", "true");
        Lake withVectors = lake("vecteurs");
        withVectors.replace(LAYER, TABLE, rows(0, 6));
        withVectors.delete(LAYER, TABLE, functions.expr("n = 1"));
        assertThrows(IllegalStateException.class, () -> withVectors.read(LAYER, TABLE));

        spark.conf().set(DEFAULTS + "enableDeletionVectors", "false");
        spark.conf().set(DEFAULTS + "columnMapping.mode", "name");
        Lake renamed = lake("colonnes");
        renamed.replace(LAYER, TABLE, rows(0, 6));
        assertThrows(IllegalStateException.class, () -> renamed.read(LAYER, TABLE));

        spark.conf().set(DEFAULTS + "columnMapping.mode", "none");
        Lake partitioned = lake("partitions");
        rows(0, 6).write().format("delta").partitionBy("n").save(partitioned.path(LAYER, TABLE));
        assertThrows(IllegalStateException.class, () -> partitioned.read(LAYER, TABLE));
    }

    /** Two readings of a table stay those of their versions, also in one plan. */
    @Test
    void aReadingIsOneVersion() {
        Lake lake = lake("deux");
        lake.replace(LAYER, TABLE, rows(0, 3));
        Dataset<Row> before = lake.read(LAYER, TABLE);
        append(lake, rows(3, 7));
        Dataset<Row> after = lake.read(LAYER, TABLE);
        assertEquals(3, before.count());
        assertEquals(7, after.count());
        assertEquals(10, before.union(after).count());
        assertEquals(
                4,
                after.join(before, after.col("n").equalTo(before.col("n")), "left_anti")
                        .count());
        assertEquals(
                9,
                before.as("a")
                        .join(before.as("b"), functions.expr("a.n >= 0 OR b.n >= 0"))
                        .count());
    }

    private Lake lake(String name) {
        tables++;
        return new Lake(spark, folder.resolve(tables + name).toString());
    }

    private static Dataset<Row> rows(int from, int to) {
        return spark.sql(ROWS.formatted(from, to)).coalesce(1);
    }

    private static void append(Lake lake, Dataset<Row> rows) {
        rows.write()
                .format("delta")
                .mode("append")
                .option("mergeSchema", "true")
                .save(lake.path(LAYER, TABLE));
    }

    private static void assertReadsAsDelta(Lake lake, int count) {
        Dataset<Row> expected = spark.read().format("delta").load(lake.path(LAYER, TABLE));
        Dataset<Row> actual = lake.read(LAYER, TABLE);
        assertEquals(List.of(expected.columns()), List.of(actual.columns()));
        assertEquals(expected.schema().json(), actual.schema().json());
        assertEquals(told(expected), told(actual));
        assertEquals(count, actual.count());
    }

    private static List<String> told(Dataset<Row> rows) {
        List<String> told = new ArrayList<>();
        rows.collectAsList().forEach(row -> told.add(row.toString()));
        told.sort(null);
        return told;
    }
}
