package fr.vigie.verification.definitions;

import fr.vigie.indicators.Dimension;
import fr.vigie.schema.GoldTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * One indicator that nobody asked for, in the closed grammar of definitions: of each kind in turn, with whatever options it may have. Same seed,
 * same indicator.
 */
public final class RandomDefinition {

    private static final List<String> KINDS = List.of("proportion", "ratio", "count", "delay", "persons", "state");
    private static final List<String> REASONS = List.of("UN", "DEUX", "TROIS");

    private final Random random;
    private final String code;
    private final GoldTable fact;
    private final String kind;
    private final RandomPredicates predicates;
    private final String direction;

    private RandomDefinition(long seed, int number) {
        random = new Random(seed * 31 + number);
        code = "T-" + number;
        kind = KINDS.get(number % KINDS.size());
        List<GoldTable> facts = GoldTable.all().values().stream()
                .filter(table -> mayCount(kind, table))
                .toList();
        fact = facts.get(random.nextInt(facts.size()));
        predicates = new RandomPredicates(random, fact);
        direction = predicates.oneOf(List.of("higher", "lower", "descriptive"));
    }

    private static boolean mayCount(String kind, GoldTable table) {
        return switch (kind) {
            case "state" -> table.isState();
            case "persons" -> table.attribution() == GoldTable.Attribution.RESIDENCE;
            case "delay" -> !durations(table).isEmpty() && !table.isState();
            default -> !table.isState();
        };
    }

    private static List<String> durations(GoldTable table) {
        return table.columns().stream()
                .map(RandomPredicates::unit)
                .filter(unit -> !unit.isEmpty())
                .toList();
    }

    /** The files of one indicator by name: of one version, or of two that follow each other. */
    public static Map<String, String> files(long seed, int number) {
        Map<String, String> files = new TreeMap<>();
        blocks(seed, number).forEach((name, block) -> files.put(name, yaml(block)));
        return files;
    }

    static String yaml(Map<String, Object> block) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(200);
        return new Yaml(options).dump(block);
    }

    static Map<String, Map<String, Object>> blocks(long seed, int number) {
        RandomDefinition last = new RandomDefinition(seed, number);
        Map<String, Map<String, Object>> blocks = new TreeMap<>();
        Map<String, Object> block = last.block();
        blocks.put(last.code + ".yaml", block);
        if (last.random.nextInt(3) == 0) {
            // The meaning of a code may change but for its unit: another fact, another population.
            LocalDate change = last.day();
            int other = number;
            Map<String, Object> before;
            do {
                other += KINDS.size() * 10_000;
                before = new RandomDefinition(seed, other).block();
            } while (!unit(before).equals(unit(block)));
            before.put("code", last.code);
            before.put("until", change.minusDays(1).toString());
            before.put("since", "2015-01-01");
            block.put("version", 2);
            block.put("since", change.toString());
            blocks.put(last.code + ".v1.yaml", before);
        } else if (last.random.nextInt(4) == 0) {
            block.put("since", last.day().toString());
        } else if (last.random.nextInt(5) == 0) {
            block.put("until", last.day().minusDays(1).toString());
        }
        return blocks;
    }

    private static String unit(Map<String, Object> block) {
        return block.get("measure") instanceof Map<?, ?> measure ? String.valueOf(measure.get("unit")) : "";
    }

    /** Most often the first day of a period. */
    private LocalDate day() {
        LocalDate first = LocalDate.of(2024 + random.nextInt(3), 1 + random.nextInt(12), 1);
        return random.nextInt(4) == 0 ? first.plusDays(random.nextInt(28)) : first;
    }

    private Map<String, Object> block() {
        Map<String, Object> measure = measure(kind);
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("code", code);
        block.put("version", 1);
        block.put("label", "indicateur tiré au sort");
        block.put("question", "que donne-t-il ?");
        block.put("source", "tirage");
        block.put("since", "2015-01-01");
        block.put("direction", direction);
        block.put("unit", "fait");
        block.put("attribution", fact.attribution().name());
        block.put("feeds", fact.feeds());
        block.put("measure", measure);
        block.put("breakdowns", breakdowns());
        if (random.nextBoolean()) {
            block.put("target", target());
        }
        Map<String, Object> variants = new LinkedHashMap<>();
        for (int index = random.nextInt(3); index > 0; index--) {
            variants.put("v" + index, variant(measure));
        }
        if (!variants.isEmpty()) {
            block.put("variants", variants);
        }
        if (!predicates.parameters().isEmpty()) {
            Map<String, Object> parameters = new LinkedHashMap<>();
            predicates
                    .parameters()
                    .forEach((name, value) ->
                            parameters.put(name, new LinkedHashMap<>(Map.of("value", value, "means", "un seuil"))));
            block.put("parameters", parameters);
        }
        block.put("smart", new LinkedHashMap<>(Map.of("specific", "rien")));
        return block;
    }

    private Map<String, Object> measure(String wanted) {
        Map<String, Object> measure = new LinkedHashMap<>();
        measure.put("kind", wanted);
        measure.put("fact", fact.name());
        measure.put("population", rules("keep", random.nextInt(3)));
        if (random.nextBoolean()) {
            measure.put("mature_after", maturity());
        }
        measure.put("exclusions", rules("when", random.nextInt(3)));
        if (wanted.equals("proportion") && !direction.equals("descriptive")) {
            failures(measure);
        }
        switch (wanted) {
            case "proportion", "persons", "state" -> measure.put("numerator", predicates.predicate(2));
            case "ratio" -> {
                measure.put("numerator", predicates.predicate(2));
                measure.put("denominator", predicates.predicate(2));
            }
            case "delay" -> delay(measure);
            default -> {}
        }
        return measure;
    }

    /** Some of the reasons of its own exclusions. */
    private void failures(Map<String, Object> measure) {
        List<String> reasons = new ArrayList<>();
        if (measure.get("exclusions") instanceof List<?> rules) {
            for (Object rule : rules) {
                if (rule instanceof Map<?, ?> known && random.nextBoolean()) {
                    reasons.add(String.valueOf(known.get("reason")));
                }
            }
        }
        if (!reasons.isEmpty()) {
            measure.put("failures", reasons);
        }
    }

    private void delay(Map<String, Object> measure) {
        boolean isInDays = predicates.durations("secondes").isEmpty()
                || !predicates.durations("jours").isEmpty() && random.nextBoolean();
        List<String> durations = predicates.durations(isInDays ? "jours" : "secondes");
        measure.put("ended_after", predicates.oneOf(durations));
        measure.put(
                "censored_after",
                durations.stream().filter(one -> random.nextInt(3) == 0).toList());
        measure.put("clock", isInDays ? "days" : "seconds");
        measure.put("unit", isInDays ? "jours" : "heures");
    }

    private List<Object> rules(String condition, int number) {
        List<Object> rules = new ArrayList<>();
        for (int index = 0; index < number; index++) {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("reason", predicates.oneOf(REASONS));
            // A condition that nearly nothing meets would leave nothing to count.
            String drawn = predicates.predicate(1);
            rule.put(condition, condition.equals("keep") && random.nextBoolean() ? drawn + " or sexe = F" : drawn);
            rules.add(rule);
        }
        return rules;
    }

    private Map<String, Object> maturity() {
        return new LinkedHashMap<>(
                random.nextBoolean()
                        ? Map.of("seconds", predicates.oneOf(List.of(0, 172_800, 2_592_000)))
                        : Map.of("days", predicates.oneOf(List.of(0, 7, 30, 90, 365))));
    }

    private Map<String, Object> target() {
        return new LinkedHashMap<>(Map.of(
                "operator", predicates.oneOf(List.of("<", "<=", ">=", ">")),
                "value", predicates.oneOf(List.of(0, 2, 7, 25, 48, 50, 60, 100))));
    }

    private Map<String, Object> variant(Map<String, Object> base) {
        Map<String, Object> variant = new LinkedHashMap<>();
        variant.put("label", "autre lecture");
        if (random.nextBoolean()) {
            variant.put("target", random.nextBoolean() ? "none" : target());
        }
        if (!predicates.parameters().isEmpty() && random.nextBoolean()) {
            String name = predicates.oneOf(List.copyOf(predicates.parameters().keySet()));
            variant.put(
                    "parameters", new LinkedHashMap<>(Map.of(name, predicates.oneOf(List.of(0, 2, 30, 65, 86_400)))));
        }
        Map<String, Object> own = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            own.put("exclusions", rules("when", random.nextInt(2)));
            if (base.containsKey("failures")) {
                own.put("failures", List.of());
                failures(own);
            }
        }
        if (random.nextInt(3) == 0) {
            own.put("mature_after", random.nextBoolean() ? "none" : maturity());
        }
        if (random.nextInt(3) == 0) {
            own.put("population", rules("keep", random.nextInt(2)));
        }
        if (base.containsKey("numerator") && random.nextBoolean()) {
            own.put("numerator", predicates.predicate(2));
        }
        if (kind.equals("persons") && !fact.isState() && random.nextInt(3) == 0) {
            own.put("kind", "proportion");
        }
        if (!own.isEmpty()) {
            variant.put("measure", own);
        }
        return variant;
    }

    private List<String> breakdowns() {
        List<String> possible = Stream.of(Dimension.values())
                .filter(dimension -> fact.column(dimension.column()).isPresent())
                .map(Dimension::code)
                .toList();
        Set<Set<String>> known = new LinkedHashSet<>();
        List<String> breakdowns = new ArrayList<>();
        for (int index = random.nextInt(3); index > 0; index--) {
            Set<String> dimensions = new LinkedHashSet<>();
            for (int more = 1 + random.nextInt(2); more > 0; more--) {
                dimensions.add(predicates.oneOf(possible));
            }
            if (known.add(dimensions)) {
                breakdowns.add(String.join(",", dimensions));
            }
        }
        return breakdowns;
    }
}
