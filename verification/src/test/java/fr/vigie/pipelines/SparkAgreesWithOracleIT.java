package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Variant;
import fr.vigie.schema.Resources;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.verification.oracle.CurrentRows;
import fr.vigie.verification.oracle.Oracle;
import fr.vigie.verification.oracle.RandomHistories;
import fr.vigie.verification.oracle.Result;
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

    private static final int WORLDS = Integer.getInteger("vigie.worlds", 10);
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
        List<CurrentRows> worlds = new ArrayList<>();
        for (int index = 0; index < WORLDS; index++) {
            worlds.add(RandomHistories.world(SEED + index, "w" + index));
        }
        CurrentRows all = RandomHistories.union(worlds);
        oracle = new Oracle(all, RandomHistories.LIMIT);
        Optional<Path> definitions = ALL_BREAKDOWNS ? Optional.empty() : Optional.of(withOneBreakdown());
        catalogue = Catalogue.read(definitions);
        spark = LocalSession.start();
        exchange = Files.createDirectories(folder.resolve("echange"));
        Map<String, Instant> limits = new TreeMap<>();
        catalogue.definitions().forEach(definition -> limits.put(definition.code(), RandomHistories.LIMIT));
        WorkerRequest request = new WorkerRequest(
                folder.resolve("lake").toString(),
                exchange.toString(),
                StagedWorld.write(all, folder.resolve("depot")),
                Optional.of(new WorkerRequest.Refresh(
                        RandomHistories.LIMIT, 5 * 12, false, false, definitions.map(Path::toString), limits)));
        new WorkerSteps(spark, request, Progress.silent()).execute();
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
        assertTrue(oracle.facts("sortie").size() > WORLDS, "the oracle must have something to say");
        assertTrue(oracle.facts("rupture").size() > WORLDS, "the oracle must find ruptures");
        assertEquals(List.of(), FactDifferences.between(oracle, spark), "seed " + SEED + ", " + WORLDS + " worlds");
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

    /** Adds one reading of the oracle, as {@link #published} says it. */
    static void describe(Definition definition, Result result, Map<String, String> values) {
        Measure measure = definition
                .variant(result.variant().contains("/") ? result.variant().split("/")[1] : "")
                .orElseThrow()
                .measure();
        String counts = result.numerator() + "/" + (measure instanceof Measure.Count ? "" : result.denominator());
        String median = result.median() == null
                ? ""
                : result.median().stripTrailingZeros().toPlainString();
        OracleAnswers.add(result, measure instanceof Measure.Delay ? counts + " " + median : counts, values);
    }

    /** Every published value and step of the funnel, by reading, territory, period and breakdown or step. */
    static Map<String, String> published(Path exchange, Catalogue catalogue) throws IOException {
        Set<String> delays = catalogue.definitions().stream()
                .flatMap(definition -> definition.variants().stream())
                .filter(variant -> variant.measure() instanceof Measure.Delay)
                .map(Variant::key)
                .collect(Collectors.toSet());
        return StagedAnswers.read(
                exchange, (line, row) -> row[3] + "/" + row[4] + (delays.contains(line[1]) ? " " + row[5] : ""));
    }
}
