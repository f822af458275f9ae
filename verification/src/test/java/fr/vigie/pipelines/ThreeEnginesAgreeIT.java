package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Dimension;
import fr.vigie.verification.oracle.CurrentRows;
import fr.vigie.verification.oracle.Oracle;
import fr.vigie.verification.oracle.RandomHistories;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The same worlds as {@link SparkAgreesWithOracleIT}, answered by DuckDB in plain SQL written from docs/domaine, against the oracle: so three engines
 * agree. {@code -Dvigie.worlds=N} and {@code -Dvigie.seed=S} choose how many and which; they run by batches of a hundred.
 */
class ThreeEnginesAgreeIT {

    private static final int WORLDS = Integer.getInteger("vigie.worlds", 40);
    private static final int BATCH = Integer.getInteger("vigie.batch", 100);
    private static final long SEED = Long.getLong("vigie.seed", 20261031L);
    private static final int SHOWN = 40;

    @Test
    void everyDefinitionAndVariantGivesTheSameIntegersAndMedians() throws SQLException {
        Catalogue catalogue = Catalogue.read(Optional.empty());
        List<String> differences = new ArrayList<>();
        long compared = 0;
        for (int first = 0; first < WORLDS; first += BATCH) {
            CurrentRows all = worlds(SEED + first, Math.min(BATCH, WORLDS - first));
            Oracle oracle = new Oracle(all, RandomHistories.LIMIT);
            try (PlainSqlEngine engine = new PlainSqlEngine(all, RandomHistories.LIMIT)) {
                for (String code : PlainSqlEngine.codes()) {
                    Map<String, String> expected =
                            expected(oracle, catalogue.definition(code).orElseThrow());
                    assertTrue(
                            expected.size() > Math.min(BATCH, WORLDS - first), "the oracle must have something to say");
                    compared += expected.size();
                    for (String line : differences(expected, engine.answers(code))) {
                        differences.add("seed " + (SEED + first) + " " + line);
                    }
                }
            }
            System.out.println(Math.min(WORLDS, first + BATCH) + " histories from seed " + SEED + ": " + compared
                    + " answers compared, " + differences.size() + " differ");
        }
        assertEquals(
                List.of(),
                differences.stream().limit(SHOWN).toList(),
                differences.size() + " differences out of " + compared + ", " + byReading(differences));
    }

    /** Totals, by age, and by sens or rule what has one. */
    static Map<String, String> expected(Oracle oracle, Definition definition) {
        List<List<Dimension>> breakdowns = new ArrayList<>();
        breakdowns.add(List.of(Dimension.AGE));
        Stream.of(Dimension.SENS, Dimension.REGLE)
                .map(List::of)
                .filter(definition.breakdowns()::contains)
                .forEach(breakdowns::add);
        return OracleAnswers.of(oracle, definition, breakdowns);
    }

    /** Worlds of communes of their own, loaded together. */
    static CurrentRows worlds(long seed, int count) {
        List<CurrentRows> worlds = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            worlds.add(RandomHistories.world(seed + index, "w" + index));
        }
        return RandomHistories.union(worlds);
    }

    static List<String> differences(Map<String, String> oracle, Map<String, String> plainSql) {
        Map<String, String> both = new TreeMap<>(oracle);
        both.putAll(plainSql);
        return both.keySet().stream()
                .filter(key -> !String.valueOf(oracle.get(key)).equals(String.valueOf(plainSql.get(key))))
                .map(key -> key + " : oracle " + oracle.get(key) + ", DuckDB " + plainSql.get(key))
                .toList();
    }

    private static Map<String, Long> byReading(List<String> differences) {
        return differences.stream()
                .collect(Collectors.groupingBy(line -> line.split(" ")[2], TreeMap::new, Collectors.counting()));
    }
}
