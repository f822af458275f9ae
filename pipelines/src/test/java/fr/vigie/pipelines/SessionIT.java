package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
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
}
