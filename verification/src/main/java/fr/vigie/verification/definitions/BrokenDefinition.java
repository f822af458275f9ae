package fr.vigie.verification.definitions;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A drawn definition in which one thing is wrong.
 *
 * @param what the mistake
 * @param file the name of the file
 * @param path where in it the problem lies
 * @param yaml its text
 */
public record BrokenDefinition(String what, String file, String path, String yaml) {

    /** Makes its mistake in a right definition, and says where; empty when it cannot be made there. */
    private record Mistake(String what, Function<Map<String, Object>, Optional<String>> make) {}

    private static final List<Mistake> MISTAKES = List.of(
            put("a key that nobody reads", "", "colour", "red", ""),
            put("a code that is not that of the file", "", "code", "T-autre", "code"),
            put("a number before the first", "", "version", 0, "version"),
            put("no label", "", "label", null, "label"),
            put("a day that cannot be read", "", "since", "01/02/2026", "since"),
            put("an end before the beginning", "", "until", "1999-12-31", "until"),
            put("an unknown direction", "", "direction", "up", "direction"),
            put("an attribution that no fact has", "", "attribution", "DISPOSITIF", "attribution"),
            put("an unknown feed", "", "feeds", List.of("factures"), "feeds[0]"),
            put("an unknown dimension", "", "breakdowns", List.of("taille"), "breakdowns[0]"),
            put("a breakdown asked for twice", "", "breakdowns", List.of("age", "age"), "breakdowns[1]"),
            put("a breakdown by one dimension twice", "", "breakdowns", List.of("age,age"), "breakdowns[0]"),
            put("three dimensions", "", "breakdowns", List.of("age,sexe,mode"), "breakdowns[0]"),
            put(
                    "a target that compares by nothing",
                    "",
                    "target",
                    Map.of("operator", "~", "value", 3),
                    "target.operator"),
            put("a target in words", "", "target", Map.of("operator", ">", "value", "trois"), "target.value"),
            put("a target that is no block", "", "target", "60", "target"),
            put("an unknown word of SMART", "", "smart", Map.of("smarter", "non"), "smart"),
            put(
                    "a parameter that decides nothing",
                    "",
                    "parameters",
                    Map.of("inutile", Map.of("value", 3, "means", "rien")),
                    "parameters.inutile"),
            put("a variant with a space", "", "variants", Map.of("a b", Map.of("label", "x")), "variants.a b"),
            put("a variant of something else", "", "variants", Map.of("v", Map.of("since", "x")), "variants.v"),
            put(
                    "a parameter that only a variant knows",
                    "",
                    "variants",
                    Map.of("v", Map.of("parameters", Map.of("inconnu", 3))),
                    "variants.v.parameters.inconnu"),
            put("no measure", "", "measure", null, "measure.kind"),
            put("an unknown kind", "measure", "kind", "moyenne", "measure.kind"),
            put("an unknown fact", "measure", "fact", "facture", "measure.fact"),
            put("a key of the measure that nobody reads", "measure", "colour", "red", "measure"),
            put("a key of another kind", "measure", "denominateur", "age > 3", "measure"),
            put(
                    "a maturity before the fact",
                    "measure",
                    "mature_after",
                    Map.of("days", -1),
                    "measure.mature_after.days"),
            put("two maturities", "measure", "mature_after", Map.of("days", 1, "seconds", 1), "measure.mature_after"),
            put("a maturity in words", "measure", "mature_after", "bientôt", "measure.mature_after"),
            keep("an unknown column", "taille > 3"),
            keep("an unknown code", "sexe = H"),
            keep("a text that is measured", "sexe < M"),
            keep("a number that is a word", "age > vieux"),
            keep("a sentence that stops", "age >="),
            keep("a sentence that goes on", "age >= 3 3"),
            keep("a parenthesis left open", "(age >= 3"),
            keep("a sign of another language", "age >= 3 && age < 9"),
            keep("a date against a number", "jour > 3"),
            keep("a flag that is no flag", "age"),
            keep("no condition", ""),
            put(
                    "a reason in small letters",
                    "measure",
                    "population",
                    List.of(Map.of("reason", "trop jeune", "keep", "age > 3")),
                    "measure.population[0].reason"),
            put(
                    "an exclusion that keeps",
                    "measure",
                    "exclusions",
                    List.of(Map.of("reason", "A", "keep", "age > 3")),
                    "measure.exclusions[0]"),
            of("a numerator that is missing", block -> removed(block, "numerator")),
            of("a denominator that is missing", block -> removed(block, "denominator")),
            of("an end that is missing", block -> removed(block, "ended_after")),
            of("an end that is no delay", block -> replaced(block, "ended_after", "age")),
            of("an end that is no column", block -> replaced(block, "ended_after", "un_jour")),
            of("a clock that does not go", block -> replaced(block, "clock", "minutes")),
            of(
                    "a unit that is not that of the clock",
                    block ->
                            replaced(block, "unit", "days".equals(measure(block).get("clock")) ? "heures" : "jours")),
            of("a breakdown that the fact has no column for", block -> {
                boolean isOrientation = "orientation".equals(measure(block).get("fact"));
                block.put("breakdowns", List.of(isOrientation ? "regle" : "sens"));
                return Optional.of("breakdowns");
            }),
            of("a state that is no state", block -> {
                boolean isState = "personne_mois".equals(measure(block).get("fact"));
                measure(block).put("kind", isState ? "count" : "state");
                return Optional.of("measure.kind");
            }));

    public static int mistakes() {
        return MISTAKES.size();
    }

    /** Of one drawn indicator, every mistake that can be made in it. */
    public static List<BrokenDefinition> of(long seed, int number) {
        return IntStream.range(0, MISTAKES.size())
                .mapToObj(index -> broken(seed, number, MISTAKES.get(index)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<BrokenDefinition> broken(long seed, int number, Mistake mistake) {
        Map<String, Map<String, Object>> blocks = RandomDefinition.blocks(seed, number);
        String file = "T-" + number + ".yaml";
        Map<String, Object> block = new LinkedHashMap<>(blocks.getOrDefault(file, Map.of()));
        return mistake.make
                .apply(block)
                .map(path -> new BrokenDefinition(mistake.what, file, path, RandomDefinition.yaml(block)));
    }

    private static Mistake of(String what, Function<Map<String, Object>, Optional<String>> make) {
        return new Mistake(what, make);
    }

    /** @param value null takes the key away */
    private static Mistake put(String what, String under, String key, @Nullable Object value, String path) {
        return of(what, block -> {
            Map<String, Object> place = under.isEmpty() ? block : measure(block);
            if (value == null) {
                place.remove(key);
            } else {
                place.put(key, value);
            }
            return Optional.of(path);
        });
    }

    private static Mistake keep(String what, String condition) {
        return put(
                what,
                "measure",
                "population",
                List.of(Map.of("reason", "A", "keep", condition)),
                "measure.population[0].keep");
    }

    private static Optional<String> removed(Map<String, Object> block, String key) {
        return measure(block).remove(key) == null ? Optional.empty() : Optional.of("measure." + key);
    }

    private static Optional<String> replaced(Map<String, Object> block, String key, String value) {
        return measure(block).replace(key, value) == null ? Optional.empty() : Optional.of("measure." + key);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> measure(Map<String, Object> block) {
        return (Map<String, Object>) requireNonNull(block.get("measure"));
    }
}
