package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.verification.oracle.RandomHistories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken back leaves the tables, and their files. */
class PurgeIT {

    @TempDir
    static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = LocalSession.configured()
                // Every file of a folder is read, whatever Delta's log says of it.
                .config("spark.databricks.delta.formatCheck.enabled", "false")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void theLinesOfAWithdrawnDeliveryAreInNoTableAndNoFile() throws IOException {
        List<Delivery> deliveries =
                StagedWorld.write(RandomHistories.world(20261031L, "w0"), folder.resolve("depot")).stream()
                        .filter(delivery -> Set.of("rendez_vous", "evenements").contains(delivery.feed()))
                        .toList();
        Delivery withdrawn = delivery(deliveries, "rendez_vous");
        Delivery kept = delivery(deliveries, "evenements");
        run(deliveries);
        assertEquals(withdrawn.linesRead(), live("bronze", "rendez_vous"));
        assertTrue(live("silver", "rendez_vous") > 0);
        long files = inFiles("bronze", "evenements");

        run(deliveries.stream()
                .filter(delivery -> delivery != withdrawn)
                .map(PurgeIT::known)
                .toList());

        assertEquals(0, live("bronze", "rendez_vous"));
        assertEquals(0, inFiles("bronze", "rendez_vous"));
        assertEquals(0, live("silver", "rendez_vous"));
        assertEquals(0, inFiles("silver", "rendez_vous"));
        assertEquals(kept.linesRead(), live("bronze", "evenements"));
        assertEquals(files, inFiles("bronze", "evenements"));

        // And it can come back.
        run(deliveries.stream()
                .map(delivery -> delivery == withdrawn ? delivery : known(delivery))
                .toList());
        assertEquals(withdrawn.linesRead(), live("bronze", "rendez_vous"));
        assertEquals(withdrawn.linesRead(), inFiles("bronze", "rendez_vous"));
    }

    @Test
    void ofATableThatIsMadeAgainNothingStays() throws IOException {
        List<Delivery> deliveries =
                StagedWorld.write(RandomHistories.world(20261031L, "w0"), folder.resolve("depot-2")).stream()
                        .filter(delivery -> delivery.feed().equals("rendez_vous"))
                        .toList();
        Lake lake = new Lake(spark, folder.resolve("lake").toString());
        run(deliveries);
        lake.replace("gold", "rendez_vous", lake.read("silver", "rendez_vous"));
        assertTrue(inFiles("gold", "rendez_vous") > 0);

        lake.replace(
                "gold",
                "rendez_vous",
                lake.read("silver", "rendez_vous").limit(1).select("rdv_id"));
        assertEquals(1, live("gold", "rendez_vous"));
        assertEquals(1, inFiles("gold", "rendez_vous"));
        assertEquals(List.of("rdv_id"), List.of(lake.read("gold", "rendez_vous").columns()));
    }

    private static void run(List<Delivery> deliveries) throws IOException {
        Path exchange = Files.createTempDirectory(folder, "echange");
        new WorkerSteps(
                        spark,
                        new WorkerRequest(
                                folder.resolve("lake").toString(), exchange.toString(), deliveries, Optional.empty()),
                        Progress.silent())
                .execute();
    }

    private static Delivery delivery(List<Delivery> deliveries, String feed) {
        List<Delivery> found = deliveries.stream()
                .filter(delivery -> delivery.feed().equals(feed))
                .toList();
        assertEquals(1, found.size(), "one delivery of " + feed + " was expected");
        assertTrue(found.get(0).linesRead() > 0, feed + " holds nothing");
        return found.get(0);
    }

    /** The same once bronze holds it. */
    private static Delivery known(Delivery delivery) {
        return new Delivery(
                delivery.id(),
                delivery.feed(),
                delivery.source(),
                delivery.rank(),
                delivery.completeUntil(),
                delivery.replaced(),
                Optional.empty(),
                delivery.linesRead(),
                delivery.linesRejected());
    }

    private static long live(String layer, String table) {
        return new Lake(spark, folder.resolve("lake").toString())
                .read(layer, table)
                .count();
    }

    /** Lines of every data file that lies in the folder of the table. */
    private static long inFiles(String layer, String table) throws IOException {
        Path root = folder.resolve("lake").resolve(layer).resolve(table);
        List<String> files;
        try (var paths = Files.walk(root)) {
            files = paths.map(Path::toString)
                    .filter(path -> path.endsWith(".parquet") && !path.contains("_delta_log"))
                    .toList();
        }
        return files.isEmpty()
                ? 0
                : spark.read().parquet(files.toArray(String[]::new)).count();
    }
}
