package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bronze over the years: killed appends, thousands of small ones, the form of the first version, contracts that change. */
class BronzeIT {

    private static final String FEED = "professionnels";

    private static SparkSession spark;

    @TempDir
    Path folder;

    private final Map<String, FeedContract> contracts = new TreeMap<>(FeedContract.all());
    private final List<Delivery> held = new ArrayList<>();
    private Lake lake;

    @BeforeAll
    static void start() {
        spark = LocalSession.configured()
                .config("spark.databricks.delta.formatCheck.enabled", "false")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void open() {
        lake = new Lake(spark, folder.resolve("lake").toString());
    }

    @Test
    void aRunKilledAfterItsAppendLeavesNoLineTwice() throws IOException {
        load(delivery(1, 3));
        // The second is appended, and the run ends before the ledger knows: the next one brings it again.
        Delivery lost = delivery(2, 5);
        bronze().append(with(lost));
        assertEquals(8, lines());
        load(lost);
        assertEquals(8, lines());
        assertEquals(Map.of(id(1), 3L, id(2), 5L), perDelivery());

        // Between the append and its mark.
        Delivery third = delivery(3, 2);
        bronze().append(with(third));
        lake.unmark(Bronze.LAYER, FEED);
        load(third);
        assertEquals(Map.of(id(1), 3L, id(2), 5L, id(3), 2L), perDelivery());
    }

    @Test
    void whatNoListNamesAnyMoreGoesWithItsFiles() throws IOException {
        load(delivery(1, 3), delivery(2, 5));
        bronze().append(with(delivery(3, 2)));
        held.removeIf(delivery -> delivery.id().equals(id(1)));
        purge();
        assertEquals(Map.of(id(2), 5L), perDelivery());
        assertEquals(5, inFiles());
    }

    @Test
    void manySmallAppendsBecomeFewFilesAndKeepTheirLines() throws IOException {
        Map<String, Long> expected = new TreeMap<>();
        int most = 0;
        for (int number = 1; number <= 34; number++) {
            load(delivery(number, number % 3 + 1));
            expected.put(id(number), number % 3 + 1L);
            most = Math.max(most, files().size());
        }
        assertEquals(expected, perDelivery());
        assertTrue(most <= 32, most + " files");
        assertEquals(lines(), inFiles(), "what was put together is swept");
    }

    @Test
    void theFormOfTheFirstVersionIsPutTogetherWithoutLosingALine() throws IOException {
        Map<String, Long> expected = formerTable(12);
        bringUp();
        assertEquals(expected, perDelivery());
        assertFalse(lake.hasPartitions(Bronze.LAYER, FEED));
        assertEquals(1, files().size());
        load(delivery(50, 4));
        expected.put(id(50), 4L);
        assertEquals(expected, perDelivery());
        assertEquals(List.of(), valuesInTheLog());
    }

    /** Killed before the new table, after it, and while the files of before go: each time the next run ends what was begun. */
    @Test
    void killedWhilePuttingTogetherItGoesOn() throws IOException {
        Map<String, Long> expected = formerTable(6);
        lake.mark(Bronze.LAYER, FEED + ".mise-a-niveau", String.valueOf(lake.version(Bronze.LAYER, FEED)));
        bringUp();
        assertEquals(expected, perDelivery());

        long before = lake.version(Bronze.LAYER, FEED);
        lake.overwrite(Bronze.LAYER, FEED, lake.read(Bronze.LAYER, FEED).coalesce(1));
        lake.mark(Bronze.LAYER, FEED + ".mise-a-niveau", String.valueOf(before));
        lake.unmark(Bronze.LAYER, "_forme");
        bringUp();
        assertEquals(expected, perDelivery());
        assertEquals(lines(), inFiles());
        assertEquals("", lake.mark(Bronze.LAYER, FEED + ".mise-a-niveau"));
    }

    @Test
    void aTableThatLostALineOnTheWayIsPutBack() throws IOException {
        Map<String, Long> expected = formerTable(3);
        long before = lake.version(Bronze.LAYER, FEED);
        lake.mark(Bronze.LAYER, FEED + ".mise-a-niveau", String.valueOf(before));
        lake.overwrite(
                Bronze.LAYER,
                FEED,
                lake.read(Bronze.LAYER, FEED, before).where("NOT (_livraison = '" + id(2) + "' AND _ligne = 2)"));
        Unreadable said = assertThrows(Unreadable.class, this::bringUp);
        assertTrue(String.valueOf(said.getMessage()).contains(FEED), String.valueOf(said.getMessage()));
        assertEquals(expected, perDelivery(lake.read(Bronze.LAYER, FEED, lake.version(Bronze.LAYER, FEED))));
        assertTrue(lake.hasPartitions(Bronze.LAYER, FEED));
    }

    @Test
    void aColumnAddedToTheContractIsEmptyInOlderLinesAndFilledInNewOnes() throws IOException {
        load(delivery(1, 2));
        become("nouvelle", ColumnType.INTEGER);
        assertEquals(
                0,
                Bronze.lines(spark, lake, contract())
                        .where("nouvelle IS NOT NULL")
                        .count());
        load(delivery(2, 3));
        assertEquals(Map.of(id(1), 2L, id(2), 3L), perDelivery());
        assertEquals(
                3, Bronze.lines(spark, lake, contract()).where("nouvelle = 7").count());
    }

    /** Refused before anything changes, and without telling a value. */
    @Test
    void aColumnThatChangesItsTypeIsRefusedWhereAValueNoLongerReads() throws IOException {
        load(delivery(1, 2));
        silver();
        String made = lake.mark(Silver.LAYER, FEED);
        become("specialite", ColumnType.INTEGER);
        Unreadable said = assertThrows(Unreadable.class, this::silver);
        assertTrue(
                String.valueOf(said.getMessage()).contains("specialite")
                        && String.valueOf(said.getMessage()).contains("2 valeurs"),
                String.valueOf(said.getMessage()));
        assertFalse(String.valueOf(said.getMessage()).contains("Cardio"), String.valueOf(said.getMessage()));
        assertEquals(made, lake.mark(Silver.LAYER, FEED));
        assertEquals(2, lake.read(Silver.LAYER, FEED).count());
    }

    @Test
    void aColumnTakenOutOfTheContractStaysInBronzeAndLeavesSilver() throws IOException {
        load(delivery(1, 2));
        silver();
        FeedContract own = contract();
        contracts.put(
                FEED,
                with(
                        own,
                        own.columns().stream()
                                .filter(column -> !column.name().equals("specialite"))
                                .toList()));
        silver();
        load(delivery(2, 3));
        assertEquals(
                2, lake.read(Bronze.LAYER, FEED).where("specialite IS NOT NULL").count());
        assertFalse(List.of(lake.read(Silver.LAYER, FEED).columns()).contains("specialite"));
    }

    @Test
    void silverIsMadeAgainByAnotherProgramAndNotByTheSame() throws IOException {
        load(delivery(1, 2));
        silver();
        List<String> files = silverFiles();
        silver();
        assertEquals(files, silverFiles());
        String mark = lake.mark(Silver.LAYER, FEED);
        lake.mark(Silver.LAYER, FEED, "0" + mark.substring(1));
        silver();
        assertNotEquals(files, silverFiles());
        assertEquals(mark, lake.mark(Silver.LAYER, FEED));
        assertEquals(2, lake.read(Silver.LAYER, FEED).count());
    }

    private List<String> silverFiles() {
        return List.of(lake.read(Silver.LAYER, FEED).inputFiles());
    }

    private void become(String name, ColumnType type) {
        FeedContract own = contract();
        List<FeedColumn> columns = new ArrayList<>(own.columns().stream()
                .filter(column -> !column.name().equals(name))
                .toList());
        columns.add(new FeedColumn(
                name,
                type,
                FeedColumn.Requirement.OPTIONAL,
                FeedColumn.Time.ANY,
                Map.of(),
                Map.of(),
                List.of(),
                false,
                false,
                false));
        contracts.put(FEED, with(own, columns));
    }

    private static FeedContract with(FeedContract own, List<FeedColumn> columns) {
        return new FeedContract(own.feed(), own.label(), own.reference(), own.key(), own.factDate(), columns);
    }

    private FeedContract contract() {
        return requireNonNull(contracts.get(FEED));
    }

    private static String id(int number) {
        return String.format("%032x", number);
    }

    /** As the door stages it: {@code lines} professionals of this delivery alone. */
    private Delivery delivery(int number, int lines) throws IOException {
        List<String> names = contract().columns().stream()
                .flatMap(column -> column.storedNames().stream())
                .toList();
        StringBuilder text = new StringBuilder("_ligne;" + String.join(";", names) + "\n");
        for (int line = 2; line < lines + 2; line++) {
            int row = line;
            text.append(line)
                    .append(';')
                    .append(names.stream()
                            .map(name -> switch (name) {
                                case "rpps" -> String.format("%06d%05d", number, row);
                                case "profession" -> "MG";
                                case "specialite" -> "Cardio";
                                case "nouvelle" -> "7";
                                default -> "";
                            })
                            .collect(Collectors.joining(";")))
                    .append('\n');
        }
        Path staged = folder.resolve(id(number) + ".csv");
        Files.writeString(staged, text);
        return new Delivery(
                id(number),
                FEED,
                "",
                number,
                Optional.empty(),
                Optional.empty(),
                Optional.of(staged.toString()),
                lines,
                0);
    }

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

    private Bronze bronze() {
        return new Bronze(spark, lake, contracts, Progress.silent());
    }

    private List<Delivery> with(Delivery... arriving) {
        List<Delivery> deliveries = new ArrayList<>(held);
        deliveries.addAll(List.of(arriving));
        return deliveries;
    }

    /** A run that came to its end, and that the ledger knows of. */
    private void load(Delivery... arriving) {
        bronze().append(with(arriving));
        for (Delivery delivery : arriving) {
            held.add(known(delivery));
        }
        purge();
    }

    private void purge() {
        new Purge(lake, contracts, Progress.silent()).allBut(held);
    }

    private void silver() throws IOException {
        Silver silver = new Silver(spark, lake, contracts, Progress.silent());
        silver.rebuild(
                silver.stale(held, false),
                held,
                Files.createTempDirectory(folder, "echange").toString());
    }

    private void bringUp() {
        FormerBronze former = new FormerBronze(lake, Progress.silent());
        former.bringUp(former.among(contracts.keySet()));
    }

    /** The table as the first version wrote it: one partition per delivery. */
    private Map<String, Long> formerTable(int deliveries) throws IOException {
        Map<String, Long> expected = new TreeMap<>();
        for (int number = 1; number <= deliveries; number++) {
            Delivery delivery = delivery(number, number);
            spark.read()
                    .option("header", "true")
                    .option("sep", ";")
                    .csv(delivery.staged().orElseThrow())
                    .selectExpr(
                            "'" + id(number) + "' AS _livraison",
                            "CAST(_ligne AS INT) AS _ligne",
                            "rpps",
                            "profession",
                            "specialite")
                    .write()
                    .format("delta")
                    .partitionBy("_livraison")
                    .mode("append")
                    .option("delta.dataSkippingStatsColumns", "_ligne")
                    .save(lake.path(Bronze.LAYER, FEED));
            held.add(known(delivery));
            expected.put(id(number), (long) number);
        }
        assertEquals(deliveries, files().size());
        return expected;
    }

    private long lines() {
        return lake.read(Bronze.LAYER, FEED).count();
    }

    private Map<String, Long> perDelivery() {
        return perDelivery(lake.read(Bronze.LAYER, FEED));
    }

    private static Map<String, Long> perDelivery(Dataset<Row> lines) {
        return new TreeMap<>(lines.groupBy("_livraison").count().collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1))));
    }

    private List<String> files() throws IOException {
        try (var paths = Files.walk(Path.of(lake.path(Bronze.LAYER, FEED)))) {
            return paths.map(Path::toString)
                    .filter(path -> path.endsWith(".parquet") && !path.contains("_delta_log"))
                    .toList();
        }
    }

    private long inFiles() throws IOException {
        return spark.read()
                .option("mergeSchema", "true")
                .parquet(files().toArray(String[]::new))
                .count();
    }

    /** Lines of the log with a minimum of a column of the file. */
    private List<String> valuesInTheLog() throws IOException {
        List<String> found = new ArrayList<>();
        try (var logs = Files.newDirectoryStream(Path.of(lake.path(Bronze.LAYER, FEED), "_delta_log"), "*.json")) {
            for (Path log : logs) {
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains("minValues") && line.contains("\\\"rpps\\\":\\\"0"))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
