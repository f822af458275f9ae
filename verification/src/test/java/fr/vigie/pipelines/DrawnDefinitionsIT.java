package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Variant;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.verification.definitions.RandomDefinition;
import fr.vigie.verification.oracle.CurrentRows;
import fr.vigie.verification.oracle.Fact;
import fr.vigie.verification.oracle.Oracle;
import fr.vigie.verification.oracle.PlainValue;
import fr.vigie.verification.oracle.RandomHistories;
import fr.vigie.verification.oracle.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Definitions that nobody wrote over worlds that nobody lived in: the grammar is closed, so whatever it allows must be counted alike by the engine and
 * by the plain evaluator, which both read the facts of gold. Compared are numerator, denominator, value, verdict, status and every step of the funnel, of
 * every variant, territory, period and breakdown. {@code -Dvigie.definitions=N}, {@code -Dvigie.worlds=N} and {@code -Dvigie.seed=S} choose how many
 * and which.
 */
class DrawnDefinitionsIT {

    private static final int DEFINITIONS = Integer.getInteger("vigie.definitions", 10);
    private static final int WORLDS = Integer.getInteger("vigie.worlds", 4);
    private static final long SEED = Long.getLong("vigie.seed", 20261128L);

    /** Counted in one pass: more would make expressions that no compiler takes. */
    private static final int AT_ONCE = 36;

    private static final int SHOWN = 5;

    @Test
    void whateverTheGrammarAllowsIsCountedAlike(@TempDir Path folder) throws IOException {
        List<CurrentRows> worlds = new ArrayList<>();
        for (int index = 0; index < WORLDS; index++) {
            worlds.add(RandomHistories.world(SEED + index, "w" + index));
        }
        CurrentRows all = RandomHistories.union(worlds);
        long answers = 0;
        try (SparkSession spark = LocalSession.start()) {
            String lakeRoot = folder.resolve("lake").toString();
            new WorkerSteps(
                            spark,
                            new WorkerRequest(
                                    lakeRoot,
                                    Files.createDirectories(folder.resolve("echange"))
                                            .toString(),
                                    StagedWorld.write(all, folder.resolve("depot")),
                                    Optional.empty()),
                            Progress.silent())
                    .execute();
            Lake lake = new Lake(spark, lakeRoot);
            Gold gold = new Gold(
                    spark,
                    lake,
                    FeedContract.all(),
                    Progress.silent(),
                    RandomHistories.LIMIT,
                    Catalogue.read(Optional.empty()).ruptures());
            gold.build(5 * 12, Set.copyOf(Gold.FACTS));
            Map<String, List<Fact>> facts = GoldFacts.read(spark);
            Oracle oracle = new Oracle(all, table -> facts.getOrDefault(table, List.of()), RandomHistories.LIMIT);
            for (int first = 0; first < DEFINITIONS; first += AT_ONCE) {
                Path batch = folder.resolve("tirage-" + first);
                Catalogue catalogue = draw(batch.resolve("definitions"), first);
                Map<String, String> actual = counted(spark, gold, catalogue, batch.resolve("echange"));
                answers += compare(expected(oracle, catalogue), actual);
            }
        }
        System.out.println(
                DEFINITIONS + " definitions over " + WORLDS + " worlds: " + answers + " answers, seed " + SEED);
        assertTrue(answers > 100L * DEFINITIONS, "drawn definitions must have something to say");
    }

    /** One batch, beside the product's own. */
    private static Catalogue draw(Path definitions, int first) throws IOException {
        Files.createDirectories(definitions);
        for (int number = first; number < Math.min(DEFINITIONS, first + AT_ONCE); number++) {
            for (Map.Entry<String, String> file :
                    RandomDefinition.files(SEED, number).entrySet()) {
                Files.writeString(definitions.resolve(file.getKey()), file.getValue());
            }
        }
        return Catalogue.read(Optional.of(definitions));
    }

    private static List<Definition> drawn(Catalogue catalogue) {
        return catalogue.definitions().stream()
                .filter(definition -> definition.code().startsWith("T-"))
                .flatMap(definition -> catalogue.versions(definition.code()).stream())
                .toList();
    }

    private static Map<String, String> counted(SparkSession spark, Gold gold, Catalogue catalogue, Path exchange)
            throws IOException {
        Files.createDirectories(exchange);
        List<VersionedVariant> variants = drawn(catalogue).stream()
                .flatMap(version -> version.variants().stream().map(variant -> new VersionedVariant(version, variant)))
                .toList();
        Values values = new Values(spark, exchange.toString());
        Periods periods = new Periods(gold.horizon(), values.periods());
        periods.view(spark);
        new Cells(spark, variants, gold.horizon()).build();
        values.stage(variants, periods);
        values.nameCodes();
        return StagedAnswers.read(
                exchange, (line, row) -> line[2] + " " + String.join(";", row[3], row[4], row[5], row[8], row[9]));
    }

    private static Map<String, String> expected(Oracle oracle, Catalogue catalogue) {
        Map<String, String> expected = new TreeMap<>();
        for (Definition version : drawn(catalogue)) {
            for (Result result : oracle.evaluate(version)) {
                Variant variant = version.variant(result.variant()
                                .substring(version.code().length())
                                .replace("/", ""))
                        .orElseThrow();
                OracleAnswers.add(
                        result,
                        version.version() + " " + PlainValue.of(result, variant, RandomHistories.LIMIT),
                        expected);
            }
        }
        return expected;
    }

    private static int compare(Map<String, String> expected, Map<String, String> actual) {
        Map<String, List<String>> differences = new TreeMap<>();
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(actual.keySet());
        for (String key : keys) {
            String one = String.valueOf(expected.get(key));
            String other = String.valueOf(actual.get(key));
            if (!one.equals(other)) {
                differences
                        .computeIfAbsent(key.split("[ /]")[0], none -> new ArrayList<>())
                        .add(key + " : plain " + one + ", Spark " + other);
            }
        }
        StringBuilder report = new StringBuilder();
        differences.forEach((code, lines) -> report.append(code)
                .append(" ×")
                .append(lines.size())
                .append("\n")
                .append(String.join("\n", lines.subList(0, Math.min(SHOWN, lines.size()))))
                .append("\n"));
        differences.keySet().stream()
                .limit(SHOWN)
                .forEach(code -> RandomDefinition.files(SEED, Integer.parseInt(code.substring(2)))
                        .forEach((file, text) ->
                                report.append("--- ").append(file).append("\n").append(text)));
        assertEquals("", report.toString(), "seed " + SEED + ", " + WORLDS + " worlds");
        return keys.size();
    }
}
