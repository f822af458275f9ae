package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Measure;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.verification.oracle.CurrentRows;
import fr.vigie.verification.oracle.RandomHistories;
import fr.vigie.verification.oracle.SilverRow;
import fr.vigie.verification.oracle.WorkedExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every worked example through the engine, as {@code WorkedExamplesTest} runs them through the oracle. They are loaded together, each with persons,
 * communes and territoires of its own; each indicator is computed at the date d'arrêt of its examples.
 */
class WorkedExamplesIT {

    @Test
    void everyReadingOfEveryExampleGivesWhatItsFileSays(@TempDir Path folder) throws IOException {
        Path definitions = Files.createDirectories(folder.resolve("definitions"));
        Catalogue catalogue = WorkedExample.catalogue(definitions);
        List<WorkedExample> examples = new ArrayList<>();
        List<CurrentRows> worlds = new ArrayList<>();
        Map<String, Instant> limits = new TreeMap<>();
        for (Definition definition : catalogue.definitions().stream()
                .flatMap(last -> catalogue.versions(last.code()).stream())
                .toList()) {
            for (WorkedExample example : WorkedExample.of(definition)) {
                examples.add(example);
                worlds.add(apart(example.silver(), examples.size()));
                Instant other = limits.put(definition.code(), example.limit());
                assertEquals(example.limit(), other == null ? example.limit() : other, "one date d'arrêt by file");
            }
        }
        assertFalse(examples.isEmpty(), "no worked example was found");
        Path exchange = Files.createDirectories(folder.resolve("echange"));
        try (SparkSession spark = LocalSession.start()) {
            WorkerRequest request = new WorkerRequest(
                    folder.resolve("lake").toString(),
                    exchange.toString(),
                    StagedWorld.write(RandomHistories.union(worlds), folder.resolve("depot")),
                    Optional.of(new WorkerRequest.Refresh(
                            limits.values().stream().max(Instant::compareTo).orElseThrow(),
                            5 * 12,
                            false,
                            false,
                            Optional.of(definitions.toString()),
                            limits)));
            new WorkerSteps(spark, request, Progress.silent()).execute();
        }
        Map<String, String> published = SparkAgreesWithOracleIT.published(exchange, catalogue);
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (int number = 1; number <= examples.size(); number++) {
            WorkedExample example = examples.get(number - 1);
            Definition definition = catalogue.definition(example.code()).orElseThrow();
            for (WorkedExample.Given given : example.gives()) {
                String reading = given.variant().isEmpty() ? example.code() : example.code() + "/" + given.variant();
                String place = reading + " " + example.territory() + "-X" + number + " " + example.period() + " ";
                Measure measure =
                        definition.variant(given.variant()).orElseThrow().measure();
                expect(expected, place, given, measure);
                published.forEach((key, value) -> {
                    if (key.startsWith(place) && (key.endsWith(" []") || !key.contains("["))) {
                        actual.put(key, value);
                    }
                });
            }
        }
        assertEquals(expected, actual);
    }

    private static void expect(Map<String, String> expected, String place, WorkedExample.Given given, Measure measure) {
        String median = given.median() == null ? "" : given.median().toPlainString();
        expected.put(
                place + "[]",
                given.numerator() + "/" + (measure instanceof Measure.Count ? "" : given.denominator())
                        + (measure instanceof Measure.Delay ? " " + median : ""));
        Map<String, Long> steps = new HashMap<>();
        steps.put("EN_COURS:", given.immature());
        steps.put("INDETERMINE:", given.undetermined());
        given.excluded().forEach((reason, count) -> steps.put("EXCLU:" + reason, count));
        given.outOfPopulation().forEach((reason, count) -> steps.put("HORS_POPULATION:" + reason, count));
        steps.forEach((step, count) -> {
            if (count > 0) {
                expected.put(place + step, String.valueOf(count));
            }
        });
    }

    /** The same world, with persons, identifiers, communes and territoires that no other example has. */
    private static CurrentRows apart(CurrentRows world, int number) {
        Map<String, List<SilverRow>> feeds = new HashMap<>();
        world.feeds().forEach((feed, rows) -> {
            List<SilverRow> renamed = new ArrayList<>();
            for (SilverRow row : rows) {
                Map<String, Object> values = new HashMap<>(row.values());
                values.replaceAll((column, value) -> {
                    if ((column.startsWith("commune_") && value instanceof String)
                            || List.of("code_insee", "com_av", "com_ap").contains(column)) {
                        return commune(value.toString(), number);
                    }
                    return column.endsWith("_id") || column.equals("epci") ? value + "-X" + number : value;
                });
                renamed.add(SilverRow.of(values));
            }
            feeds.put(feed, renamed);
        });
        return new CurrentRows(feeds);
    }

    /** Another commune of the same département: its two digits, the number of the example, the last one. */
    private static String commune(String code, int number) {
        return code.substring(0, 2) + "%02d".formatted(number) + code.substring(4);
    }
}
