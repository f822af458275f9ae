package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Variant;
import fr.vigie.schema.FeedContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The random worlds are what they promise, and the oracle keeps on them the laws that every right answer keeps. */
class RandomHistoriesTest {

    private static final int WORLDS = 60;

    private static final List<CurrentRows> ALL = worlds();

    private static final CurrentRows TOGETHER = RandomHistories.union(ALL);

    private static final Oracle ORACLE = new Oracle(TOGETHER, RandomHistories.LIMIT);

    private static List<CurrentRows> worlds() {
        List<CurrentRows> worlds = new ArrayList<>();
        for (int number = 0; number < WORLDS; number++) {
            worlds.add(RandomHistories.world(1000 + number, "w" + number));
        }
        return List.copyOf(worlds);
    }

    @Test
    void theSameSeedAndPrefixGiveTheSameWorldAndAnotherSeedAnotherOne() {
        assertEquals(RandomHistories.world(7, "w3"), RandomHistories.world(7, "w3"));
        assertNotEquals(RandomHistories.world(7, "w3"), RandomHistories.world(8, "w3"));
    }

    @Test
    void aPrefixWithoutNumberIsRefused() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> RandomHistories.world(7, "w"));
        assertEquals("the prefix of a world must hold its number, from 0 to 498", refusal.getMessage());
    }

    @Test
    void worldsShareNoNaturalKey() {
        FeedContract.all().forEach((feed, contract) -> {
            Set<List<String>> keys = new HashSet<>();
            for (SilverRow row : TOGETHER.rows(feed)) {
                List<String> key = new ArrayList<>();
                contract.key()
                        .forEach(column -> key.add(String.valueOf(
                                column.equals("medecin")
                                        ? row.text("rpps") + row.text("finess")
                                        : row.values().get(column))));
                assertTrue(keys.add(key), feed + " has two rows of one key");
            }
        });
    }

    @Test
    void everyStoredColumnIsOneOfTheFeedContract() {
        FeedContract.all().forEach((feed, contract) -> {
            Set<String> known = new HashSet<>(Set.of("source", "version"));
            contract.columns().forEach(column -> known.addAll(column.storedNames()));
            TOGETHER.rows(feed)
                    .forEach(row -> assertTrue(
                            known.containsAll(row.values().keySet()),
                            feed + " has a column that its contract does not"));
        });
    }

    @Test
    void theWorldsHoldStaysToldTwiceAndStaysTypedTheWrongWayRound() {
        List<SilverRow> sorties = TOGETHER.rows("evenements").stream()
                .filter(row -> row.isOneOf("type", "HOSPI_SORTIE"))
                .toList();
        Map<String, SilverRow> admissions = new HashMap<>();
        TOGETHER.rows("evenements").stream()
                .filter(row -> row.isOneOf("type", "HOSPI_ADMISSION"))
                .forEach(row -> admissions.put(row.text("source") + row.text("evenement_id"), row));
        long reversed = sorties.stream()
                .map(row -> {
                    SilverRow named = admissions.get(row.text("source") + row.text("lien_evenement_id"));
                    return named != null
                            && named.requiredInstant("date_heure").isAfter(row.requiredLatest("date_heure"));
                })
                .filter(Boolean::booleanValue)
                .count();
        Set<String> known = new HashSet<>(ORACLE.facts("sortie").stream()
                .map(fact -> String.valueOf(fact.text("patient_id")))
                .toList());
        long told = sorties.stream()
                .filter(row -> known.contains(row.text("patient_id")))
                .count();
        long repeated = told - ORACLE.facts("sortie").size();

        assertTrue(reversed > WORLDS / 2, reversed + " stays typed the wrong way round");
        assertTrue(repeated > WORLDS, repeated + " lines that tell a stay again");
    }

    @Test
    void theWorldsHoldTheEdgeCasesThatTheyPromise() {
        Oracle oracle = ORACLE;
        Map<String, Long> seen = new TreeMap<>();
        count(seen, oracle, "sortie", "index", fact -> fact.value("est_sortie_index") == Boolean.TRUE);
        count(seen, oracle, "sortie", "not index", fact -> fact.value("est_sortie_index") == Boolean.FALSE);
        count(seen, oracle, "sortie", "no night", fact -> Objects.equals(fact.number("nuits"), 0L));
        count(seen, oracle, "sortie", "unknown admission", fact -> fact.number("nuits") == null);
        count(seen, oracle, "sortie", "hour unknown", fact -> !fact.instant().equals(fact.instantMax()));
        count(seen, oracle, "sortie", "transfer", fact -> fact.value("est_entree_par_transfert") == Boolean.TRUE);
        count(seen, oracle, "sortie", "séance", fact -> fact.value("est_seance_ou_naissance") == Boolean.TRUE);
        count(seen, oracle, "sortie", "death", fact -> fact.number("deces_jours") != null);
        count(seen, oracle, "sortie", "départ", fact -> fact.number("depart_secondes") != null);
        count(seen, oracle, "sortie", "readmission 30", fact -> Objects.equals(fact.number("readmission_jours"), 30L));
        count(seen, oracle, "sortie", "readmission 31", fact -> Objects.equals(fact.number("readmission_jours"), 31L));
        count(seen, oracle, "sortie", "at 48 h", fact -> delay(fact) == 172_800);
        count(seen, oracle, "sortie", "at 48 h 01", fact -> delay(fact) == 172_860);
        count(seen, oracle, "sortie", "at once", fact -> delay(fact) == 0);
        count(seen, oracle, "sortie", "unknown residence", fact -> fact.text("commune") == null);
        count(
                seen,
                oracle,
                "sortie",
                "unsure age",
                fact -> !Objects.equals(fact.value("age_min"), fact.value("age_max")));
        count(
                seen,
                oracle,
                "rendez_vous_de_sortie",
                "unsure delay",
                fact -> !Objects.equals(fact.value("delai_secondes_min"), fact.value("delai_secondes_max")));
        count(
                seen,
                oracle,
                "passage",
                "third in 30 days",
                fact -> Objects.equals(fact.number("jours_depuis_2_passages"), 30L));
        count(seen, oracle, "passage", "out of the field", fact -> fact.value("est_dans_le_champ") == Boolean.FALSE);
        count(seen, oracle, "orientation", "negative delay", fact -> number(fact, "reponse_jours") < 0);
        count(seen, oracle, "orientation", "withdrawn", fact -> fact.number("retrait_jours") != null);
        count(seen, oracle, "chaine", "withdrawn", fact -> fact.number("retrait_jours") != null);
        count(seen, oracle, "chaine", "realised", fact -> fact.value("est_realisee") == Boolean.TRUE);
        for (String column : List.of(
                "est_realisee_sans_date",
                "est_repondue_sans_date",
                "est_conforme_sans_date",
                "est_besoin_leve",
                "est_en_hospitalisation_non_programmee")) {
            count(seen, oracle, "chaine", column, fact -> fact.value(column) == Boolean.TRUE);
        }
        count(seen, oracle, "chaine", "as asked", fact -> fact.number("conforme_jours") != null);
        count(seen, oracle, "chaine", "MT at 180 days", fact -> number(fact, "medecin_traitant_jours") == 180);
        count(seen, oracle, "chaine", "MT at 181 days", fact -> number(fact, "medecin_traitant_jours") == 181);
        count(seen, oracle, "chaine", "refused twice", fact -> Objects.equals(fact.number("refus"), 2L));
        count(seen, oracle, "orientation", "CPTS to DAC", fact -> "CPTS>DAC".equals(fact.text("sens")));
        count(seen, oracle, "orientation", "DAC to CPTS", fact -> "DAC>CPTS".equals(fact.text("sens")));
        count(seen, oracle, "creneau", "hour unknown", fact -> !fact.instant().equals(fact.instantMax()));
        count(seen, oracle, "creneau", "taken", fact -> fact.value("est_occupe") == Boolean.TRUE);
        count(seen, oracle, "creneau", "free", fact -> fact.value("est_occupe") == Boolean.FALSE);
        count(seen, oracle, "creneau", "unknown place", fact -> fact.text("commune") == null);
        count(seen, oracle, "personne_mois", "ALD", fact -> fact.value("est_en_ald") == Boolean.TRUE);
        count(seen, oracle, "personne_mois", "dead", fact -> fact.value("est_decede") == Boolean.TRUE);
        count(seen, oracle, "personne_mois", "MT", fact -> fact.value("a_medecin_traitant") == Boolean.TRUE);
        for (int number = 1; number <= 7; number++) {
            String rule = "RUP-0" + number;
            count(seen, oracle, "rupture", rule, fact -> rule.equals(fact.text("regle")));
            if (number < 7) {
                count(
                        seen,
                        oracle,
                        "rupture",
                        rule + " closed",
                        fact -> rule.equals(fact.text("regle")) && fact.value("close_le") != null);
            }
        }
        count(seen, oracle, "rupture", "RUP-01 absorbed", fact -> "RUP-07".equals(fact.text("absorbee_par")));
        count(seen, oracle, "rupture", "RUP-03 absorbed", fact -> "RUP-04".equals(fact.text("absorbee_par")));
        count(seen, oracle, "rupture", "more severe", fact -> Objects.equals(fact.number("severite"), 4L));
        seen.put("rupture of which the deadline has not passed", stillToCome());
        assertEquals(
                List.of(),
                seen.entrySet().stream()
                        .filter(entry -> entry.getValue() == 0)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /**
     * Every reason and every stage that a definition names is met by some fact: a rule that none meets would be compared with nothing. The readings of
     * {@code rendez_vous_de_sortie} repeat the rules of {@code sortie}, some of which none of its facts can meet.
     */
    @Test
    void theWorldsMeetEveryRuleOfEveryDefinition() {
        List<String> unmet = new ArrayList<>();
        for (Definition definition : Catalogue.read(Optional.empty()).definitions()) {
            for (Variant variant : definition.variants()) {
                Measure measure = variant.measure();
                if (measure.selection().fact().equals("rendez_vous_de_sortie")) {
                    continue;
                }
                Set<String> met = new HashSet<>();
                for (Result result : ORACLE.evaluate(variant, List.of())) {
                    if (result.territoryType().equals("ENSEMBLE")) {
                        met.addAll(result.outOfPopulation().keySet());
                        met.addAll(result.excluded().keySet());
                        add(met, "a numerator", result.numerator() > 0);
                        add(met, "more in the denominator", result.denominator() > result.numerator());
                        add(met, "immature", result.immature() > 0);
                    }
                }
                Set<String> named = new HashSet<>(Set.of("a numerator"));
                measure.selection().population().forEach(rule -> named.add(rule.reason()));
                measure.selection().exclusions().stream()
                        .filter(rule -> rule.fate() == Measure.Fate.SET_ASIDE)
                        .forEach(rule -> named.add(rule.reason()));
                add(named, "more in the denominator", !(measure instanceof Measure.Count));
                add(named, "immature", measure.selection().maturity().isPresent());
                named.removeAll(met);
                named.forEach(one -> unmet.add(variant.key() + " " + one));
            }
        }
        assertEquals(List.of(), unmet);
    }

    private static void add(Set<String> met, String what, boolean isMet) {
        if (isMet) {
            met.add(what);
        }
    }

    /** Ruptures that a month more of waiting shows, on facts that were all there before. */
    private static long stillToCome() {
        Oracle later = new Oracle(TOGETHER, RandomHistories.LIMIT.plusSeconds(30 * 86_400));
        return later.facts("rupture").stream()
                .filter(fact -> !fact.instant().isBefore(RandomHistories.LIMIT))
                .count();
    }

    @Test
    void worldsTogetherGiveTheSumOfTheWorldsApart() {
        List<Oracle> oracles = ALL.stream()
                .map(world -> new Oracle(world, RandomHistories.LIMIT))
                .toList();
        for (Definition definition : Catalogue.read(Optional.empty()).definitions()) {
            for (Variant variant : definition.variants()) {
                Map<String, List<Long>> apart = new TreeMap<>();
                oracles.forEach(one -> sum(apart, one.evaluate(variant, List.of())));
                Map<String, List<Long>> together = new TreeMap<>();
                sum(together, ORACLE.evaluate(variant, List.of()));
                assertEquals(apart, together, variant.key());
            }
        }
    }

    @Test
    void communesAndTheUnknownAddUpToEverybodyWhenFactsAreCounted() {
        Oracle oracle = ORACLE;
        for (Definition definition : Catalogue.read(Optional.empty()).definitions()) {
            for (Variant variant : definition.variants()) {
                if (!(variant.measure() instanceof Measure.Persons)) {
                    Map<String, List<Long>> byLevel = new TreeMap<>();
                    for (Result result : oracle.evaluate(variant, List.of())) {
                        if (result.period().equals("2026")) {
                            String level = result.territoryType();
                            add(byLevel, level.equals("INCONNU") ? "COMMUNE" : level, result);
                            if (level.equals("INCONNU")) {
                                add(byLevel, "DEPARTEMENT", result);
                            }
                        }
                    }
                    assertEquals(byLevel.get("ENSEMBLE"), byLevel.get("COMMUNE"), variant.key());
                    assertEquals(byLevel.get("ENSEMBLE"), byLevel.get("DEPARTEMENT"), variant.key());
                }
            }
        }
    }

    /** Of everybody in the periods of 2026: earlier ones start with the first fact, which differs from world to world. */
    private static void sum(Map<String, List<Long>> sums, List<Result> results) {
        for (Result result : results) {
            if (result.territoryType().equals("ENSEMBLE") && result.period().startsWith("2026")) {
                add(sums, result.period(), result);
            }
        }
    }

    private static void add(Map<String, List<Long>> sums, String key, Result result) {
        List<Long> values = List.of(
                result.numerator(),
                result.denominator(),
                result.undetermined(),
                result.immature(),
                result.outOfPopulation().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                result.excluded().values().stream().mapToLong(Long::longValue).sum());
        sums.merge(key, values, RandomHistoriesTest::plus);
    }

    private static List<Long> plus(List<Long> one, List<Long> other) {
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            sum.add(one.get(i) + other.get(i));
        }
        return List.copyOf(sum);
    }

    private static void count(Map<String, Long> seen, Oracle oracle, String table, String what, Predicate<Fact> fits) {
        seen.put(table + " " + what, oracle.facts(table).stream().filter(fits).count());
    }

    private static long delay(Fact fact) {
        return number(fact, "delai_rdv_honore_secondes_max");
    }

    private static long number(Fact fact, String column) {
        Long value = fact.number(column);
        return value == null ? Long.MAX_VALUE : value;
    }
}
