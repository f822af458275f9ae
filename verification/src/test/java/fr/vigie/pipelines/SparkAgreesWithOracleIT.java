package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Variant;
import fr.vigie.schema.Resources;
import fr.vigie.schema.RunRequest;
import fr.vigie.schema.RunResult;
import fr.vigie.verification.oracle.Oracle;
import fr.vigie.verification.oracle.RandomHistories;
import fr.vigie.verification.oracle.Result;
import fr.vigie.verification.oracle.Silver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worlds of random histories, each in communes and CPTS of its own, loaded together: the engine and the oracle, which share no code, must give
 * the same facts, and the same integers and medians for every definition, variant, territory, period and breakdown. {@code -Dvigie.worlds=N} and
 * {@code -Dvigie.seed=S} choose how many and which.
 */
class SparkAgreesWithOracleIT {

    private static final int WORLDS = Integer.getInteger("vigie.worlds", 100);
    private static final long SEED = Long.getLong("vigie.seed", 20261031L);
    /** A hundred worlds with every breakdown are five million values: fewer worlds then. */
    private static final boolean ALL_BREAKDOWNS = Boolean.getBoolean("vigie.breakdowns");

    private static final int SHOWN = 40;

    @TempDir
    static Path folder;

    private static SparkSession spark;
    private static Oracle oracle;
    private static Catalogue catalogue;
    private static Path exchange;

    @BeforeAll
    static void runOnAllWorlds() throws IOException {
        List<Silver> worlds = new ArrayList<>();
        for (int index = 0; index < WORLDS; index++) {
            worlds.add(RandomHistories.world(SEED + index, "w" + index));
        }
        Silver all = RandomHistories.union(worlds);
        oracle = new Oracle(all, RandomHistories.LIMIT);
        Optional<Path> definitions = ALL_BREAKDOWNS ? Optional.empty() : Optional.of(withOneBreakdown());
        catalogue = Catalogue.read(definitions);
        spark = Session.lean(Session.configured(
                        SparkSession.builder().master("local[2]").appName("vigie-test")))
                .getOrCreate();
        exchange = Files.createDirectories(folder.resolve("echange"));
        Map<String, Instant> limits = new TreeMap<>();
        catalogue.definitions().forEach(definition -> limits.put(definition.code(), RandomHistories.LIMIT));
        RunRequest request = new RunRequest(
                folder.resolve("lake").toString(),
                exchange.toString(),
                StagedWorld.write(all, folder.resolve("depot")),
                Optional.of(new RunRequest.Refresh(
                        RandomHistories.LIMIT, 5 * 12, false, false, definitions.map(Path::toString), limits)));
        new Run(spark, request, Progress.silent()).execute();
    }

    private static Path withOneBreakdown() throws IOException {
        Path definitions = Files.createDirectories(folder.resolve("definitions"));
        for (Map.Entry<String, String> one :
                Resources.texts("definitions", ".yaml").entrySet()) {
            Files.writeString(
                    definitions.resolve(one.getKey()),
                    one.getValue()
                            .replaceAll("(?m)^breakdowns: \\[regle,.*$", "breakdowns: [regle]")
                            .replaceAll("(?m)^breakdowns: \\[(?!regle).*$", "breakdowns: [age]"));
        }
        return definitions;
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void everyFactHasTheSameColumns() {
        Lake lake = new Lake(spark, folder.resolve("lake").toString());
        assertTrue(oracle.facts("sortie").size() > WORLDS, "the oracle must have something to say");
        assertTrue(oracle.facts("rupture").size() > WORLDS, "the oracle must find ruptures");
        assertEquals(List.of(), FactDifferences.between(oracle, lake), "seed " + SEED + ", " + WORLDS + " worlds");
    }

    @Test
    void everyDefinitionAndVariantGivesTheSameIntegersAndMedians() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (Definition definition : catalogue.definitions()) {
            oracle.evaluate(definition).forEach(result -> describe(definition, result, expected));
        }
        Map<String, String> actual = published(exchange, catalogue);
        List<String> differences = new ArrayList<>();
        expected.forEach((key, value) -> {
            if (!value.equals(actual.get(key))) {
                differences.add(key + " : oracle " + value + ", Spark " + actual.get(key));
            }
        });
        actual.forEach((key, value) -> {
            if (!expected.containsKey(key)) {
                differences.add(key + " : oracle null, Spark " + value);
            }
        });
        assertTrue(expected.size() > WORLDS, "the oracle must have something to say");
        assertEquals(
                List.of(),
                differences.stream().limit(SHOWN).toList(),
                differences.size() + " differences out of " + expected.size() + ", " + byReading(differences)
                        + " ; seed " + SEED + ", " + WORLDS + " worlds");
    }

    private static Map<String, Long> byReading(List<String> differences) {
        return differences.stream()
                .collect(Collectors.groupingBy(
                        line -> line.split(" ")[0] + " " + line.split(" ")[3].split("[:=]")[0],
                        TreeMap::new,
                        Collectors.counting()));
    }

    private static void describe(Definition definition, Result result, Map<String, String> values) {
        Measure measure = definition
                .variant(result.variant().contains("/") ? result.variant().split("/")[1] : "")
                .orElseThrow()
                .measure();
        boolean isDelay = measure instanceof Measure.Delay;
        String place =
                result.variant() + " " + result.territoryType() + ":" + result.territoryCode() + " " + result.period();
        boolean counts = result.denominator() > 0
                || result.numerator() > 0
                || result.immature() > 0
                || result.excluded().values().stream().anyMatch(count -> count > 0);
        if (counts) {
            values.put(
                    place + " [" + result.ventilation() + "]",
                    result.numerator() + "/" + (measure instanceof Measure.Count ? "" : result.denominator())
                            + (isDelay
                                    ? " "
                                            + (result.median() == null
                                                    ? ""
                                                    : result.median()
                                                            .stripTrailingZeros()
                                                            .toPlainString())
                                    : ""));
        }
        if (result.ventilation().isEmpty()) {
            put(values, place, "EN_COURS:", result.immature());
            put(values, place, "INDETERMINE:", result.undetermined());
            result.outOfPopulation().forEach((reason, count) -> put(values, place, "HORS_POPULATION:" + reason, count));
            result.excluded().forEach((reason, count) -> put(values, place, "EXCLU:" + reason, count));
        }
    }

    private static void put(Map<String, String> values, String place, String step, long count) {
        if (count > 0) {
            values.put(place + " " + step, String.valueOf(count));
        }
    }

    /** Every published value and step of the funnel, by reading, territory, period and breakdown or step. */
    static Map<String, String> published(Path exchange, Catalogue catalogue) throws IOException {
        Map<String, String> values = new TreeMap<>();
        Set<String> delays = catalogue.definitions().stream()
                .flatMap(definition -> definition.variants().stream())
                .filter(variant -> variant.measure() instanceof Measure.Delay)
                .map(Variant::key)
                .collect(Collectors.toSet());
        Map<String, String[]> lines = named(exchange, RunResult.LINES);
        Map<String, String[]> territories = named(exchange, RunResult.TERRITORIES);
        Map<String, String[]> periods = named(exchange, RunResult.PERIODS);
        Map<String, String[]> steps = named(exchange, RunResult.STEPS);
        for (String[] row : rows(exchange.resolve(RunResult.MEASURES))) {
            String[] line = requireNonNull(lines.get(row[0]));
            String[] territory = requireNonNull(territories.get(row[1]));
            boolean isDelay = delays.contains(line[1]);
            values.put(
                    line[1] + " " + territory[1] + ":" + territory[2] + " " + requireNonNull(periods.get(row[2]))[1]
                            + " [" + line[4] + "]",
                    row[3] + "/" + row[4] + (isDelay ? " " + row[5] : ""));
        }
        for (String[] row : rows(exchange.resolve(RunResult.STEP_COUNTS))) {
            String[] step = requireNonNull(steps.get(row[0]));
            String[] territory = requireNonNull(territories.get(row[1]));
            if (List.of("EN_COURS", "INDETERMINE", "HORS_POPULATION", "EXCLU").contains(step[2])) {
                values.put(
                        step[1] + " " + territory[1] + ":" + territory[2] + " " + requireNonNull(periods.get(row[2]))[1]
                                + " " + step[2] + ":" + step[3],
                        row[3]);
            }
        }
        return values;
    }

    /** What codes stand for, the code first. */
    private static Map<String, String[]> named(Path exchange, String file) throws IOException {
        Map<String, String[]> named = new TreeMap<>();
        for (String line : Files.readAllLines(exchange.resolve(file))) {
            String[] cells = line.replace("\"", "").split(";", -1);
            named.put(cells[0], cells);
        }
        return named;
    }

    private static List<String[]> rows(Path parts) throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(parts)) {
            for (Path file : (Iterable<Path>)
                    files.filter(one -> one.getFileName().toString().startsWith("part-"))::iterator) {
                for (String line : Files.readAllLines(file)) {
                    rows.add(line.split(";", -1));
                }
            }
        }
        return rows;
    }
}
