package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Computability;
import fr.vigie.indicators.Definition;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.verification.oracle.CurrentRows;
import fr.vigie.verification.oracle.Oracle;
import fr.vigie.verification.oracle.RandomHistories;
import fr.vigie.verification.oracle.SilverRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Feeds that were never received: an instance refreshes all the same, and its facts are those that the oracle makes of what there is.
 * {@code -Dvigie.feeds.whole=true} tries no feed, each alone, each pair and all but each, and compares the values of what is computable too.
 */
class MissingFeedsIT {

    /** The facts that lines of a feed make by themselves. */
    private static final Map<String, String> OWN_FACT = Map.of(
            "rendez_vous", "rendez_vous",
            "evenements", "passage",
            "orientations", "orientation",
            "creneaux", "creneau");

    private static final Catalogue CATALOGUE = Catalogue.read(Optional.empty());
    private static final boolean IS_WHOLE = Boolean.getBoolean("vigie.feeds.whole");
    private static final int DEPTH = 60;

    @TempDir
    static Path folder;

    private static SparkSession spark;
    private static CurrentRows world;

    @BeforeAll
    static void stage() throws IOException {
        spark = LocalSession.start();
        world = RandomHistories.world(20261031L, "w0");
        new WorkerSteps(
                        spark,
                        new WorkerRequest(
                                folder.resolve("tout").toString(),
                                Files.createDirectories(folder.resolve("echange"))
                                        .toString(),
                                StagedWorld.write(world, folder.resolve("depot")),
                                Optional.empty()),
                        Progress.silent())
                .execute();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @TestFactory
    Stream<DynamicTest> whateverWasNeverReceivedFactsAreMadeOfTheRest() {
        Set<String> all = FeedContract.all().keySet();
        Set<Set<String>> subsets = new LinkedHashSet<>();
        subsets.add(Set.of("evenements"));
        subsets.add(Set.of("orientations"));
        subsets.add(without(all, "patients"));
        if (IS_WHOLE) {
            subsets.add(Set.of());
            for (String one : all) {
                all.forEach(other -> subsets.add(new TreeSet<>(List.of(one, other))));
                subsets.add(without(all, one));
            }
        }
        return subsets.stream()
                .map(feeds -> DynamicTest.dynamicTest(String.join(" ", new TreeSet<>(feeds)), () -> refresh(feeds)));
    }

    private static Set<String> without(Set<String> all, String one) {
        Set<String> others = new TreeSet<>(all);
        others.remove(one);
        return others;
    }

    private void refresh(Set<String> feeds) throws IOException {
        Path lake = Files.createTempDirectory(folder, "lac");
        // What silver holds does not depend on the other feeds: it is made once.
        for (String feed : feeds) {
            copy(
                    folder.resolve("tout/silver").resolve(feed),
                    lake.resolve("silver").resolve(feed));
        }
        Lake own = new Lake(spark, lake.toString());
        new Gold(spark, own, FeedContract.all(), Progress.silent(), RandomHistories.LIMIT, CATALOGUE.ruptures())
                .build(DEPTH, Set.copyOf(Gold.FACTS));
        OWN_FACT.forEach((feed, fact) -> {
            long rows = spark.table("fait_" + fact).count();
            assertEquals(feeds.contains(feed), rows > 0, feed + " gives " + rows + " rows of " + fact);
        });
        CurrentRows received = only(feeds);
        assertEquals(
                List.of(), FactDifferences.between(new Oracle(received, RandomHistories.LIMIT), spark), "of facts");
        if (IS_WHOLE) {
            assertEquals(expected(received), published(own, received.feeds().keySet()), "of values");
        }
    }

    private static CurrentRows only(Set<String> feeds) {
        Map<String, List<SilverRow>> kept = new TreeMap<>(world.feeds());
        kept.keySet().retainAll(feeds);
        return new CurrentRows(kept);
    }

    private static List<Definition> computable(Set<String> received) {
        return CATALOGUE.definitions().stream()
                .filter(definition ->
                        CATALOGUE.computability(definition, received).isComputable())
                .toList();
    }

    private static Map<String, String> expected(CurrentRows received) {
        Set<String> feeds = received.feeds().keySet();
        Oracle oracle =
                new Oracle(received, RandomHistories.LIMIT, Computability.computable(CATALOGUE.ruptures(), feeds));
        Map<String, String> values = new TreeMap<>();
        computable(feeds)
                .forEach(definition -> oracle.evaluate(definition)
                        .forEach(result -> SparkAgreesWithOracleIT.describe(definition, result, values)));
        return values;
    }

    private static Map<String, String> published(Lake lake, Set<String> feeds) throws IOException {
        Map<String, Instant> limits = new TreeMap<>();
        computable(feeds).forEach(definition -> limits.put(definition.code(), RandomHistories.LIMIT));
        Path exchange = Files.createTempDirectory(folder, "echange");
        new Refresh(
                        spark,
                        lake,
                        FeedContract.all(),
                        Progress.silent(),
                        new WorkerRequest.Refresh(RandomHistories.LIMIT, DEPTH, false, false, Optional.empty(), limits),
                        feeds)
                .compute(exchange.toString());
        return limits.isEmpty() ? Map.of() : SparkAgreesWithOracleIT.published(exchange, CATALOGUE);
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
