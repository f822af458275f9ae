package fr.vigie.indicators;

import fr.vigie.indicators.Measure.Clock;
import fr.vigie.indicators.Measure.Exclusion;
import fr.vigie.indicators.Measure.Fate;
import fr.vigie.indicators.Measure.Keep;
import fr.vigie.indicators.Measure.Maturity;
import fr.vigie.indicators.Measure.Selection;
import fr.vigie.indicators.PredicateParser.ParseException;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldTable;
import fr.vigie.schema.YamlNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one definition file; every problem is added to the node's problems, and the definition is then not to be used. */
final class DefinitionReader {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9-]*";

    private final Map<String, GoldTable> facts;
    private final Map<String, FeedContract> feeds;

    DefinitionReader(Map<String, GoldTable> facts, Map<String, FeedContract> feeds) {
        this.facts = facts;
        this.feeds = feeds;
    }

    Definition read(YamlNode node) {
        node.onlyKeys(
                "code",
                "version",
                "label",
                "question",
                "source",
                "since",
                "until",
                "direction",
                "unit",
                "attribution",
                "feeds",
                "risk_feeds",
                "official",
                "parameters",
                "measure",
                "target",
                "breakdowns",
                "variants",
                "smart",
                "examples");
        String code = node.at("code").text();
        if (!code.matches(NAME)) {
            node.at("code").problem("un code s’écrit en lettres, chiffres et tirets, par exemple LOC-01");
        } else if (!(code + ".yaml").equals(node.file())) {
            node.at("code").problem("le fichier doit s’appeler " + code + ".yaml");
        }
        oneOf(node.at("direction"), "higher", "lower", "descriptive");
        oneOf(node.at("attribution"), "RESIDENCE", "LIEU", "DISPOSITIF");
        FeedNames named = FeedNames.of(node, feeds.keySet());
        Map<String, String> meanings = new TreeMap<>();
        node.at("parameters").entries().forEach((name, parameter) -> {
            parameter.onlyKeys("value", "means");
            meanings.put(name, parameter.at("means").text());
        });
        List<Variant> variants = new ArrayList<>();
        variants.add(variant(node, code, "", node.at("__none__")));
        node.at("variants").entries().forEach((name, variant) -> {
            if (!name.matches(NAME)) {
                variant.problem("nom de variante invalide « " + name + " »");
            }
            variant.onlyKeys("label", "unit", "parameters", "measure", "target");
            variants.add(variant(node, code, name, variant));
        });
        Map<String, String> smart = new LinkedHashMap<>();
        node.at("smart")
                .onlyKeys("specific", "measurable", "achievable", "relevant", "time_bound")
                .entries()
                .forEach((key, text) -> smart.put(key, text.text()));
        return new Definition(
                code,
                (int) node.at("version").whole(),
                node.at("label").text(),
                node.at("question").text(),
                node.at("source").text(),
                day(node.at("since")),
                node.at("until").isPresent() ? Optional.of(day(node.at("until"))) : Optional.empty(),
                node.at("direction").text(),
                node.at("attribution").text(),
                named.feeds(),
                named.riskFeeds(),
                node.at("official").optionalText(),
                breakdowns(node.at("breakdowns")),
                variants,
                meanings,
                smart);
    }

    private Variant variant(YamlNode base, String code, String name, YamlNode variant) {
        Map<String, Long> parameters = new TreeMap<>();
        base.at("parameters")
                .entries()
                .forEach((key, value) -> parameters.put(key, value.at("value").whole()));
        variant.at("parameters").entries().forEach((key, value) -> {
            if (parameters.put(key, value.whole()) == null) {
                value.problem("paramètre inconnu « " + key + " » : la définition ne le déclare pas");
            }
        });
        YamlNode target = first(variant.at("target"), base.at("target"));
        return new Variant(
                code,
                name,
                first(variant.at("label"), base.at("label")).text(),
                first(variant.at("unit"), base.at("unit")).text(),
                measure(base.at("measure"), variant.at("measure"), parameters, base.at("direction")),
                target(target),
                parameters);
    }

    private static Optional<Target> target(YamlNode target) {
        if (!target.isMap()) {
            if (target.isPresent() && !target.text().equals("none")) {
                target.problem("« none » ou un bloc operator, value est attendu");
            }
            return Optional.empty();
        }
        target.onlyKeys("operator", "value");
        String symbol = target.at("operator").text();
        Optional<Target.Operator> operator = Stream.of(Target.Operator.values())
                .filter(one -> one.symbol().equals(symbol))
                .findFirst();
        if (operator.isEmpty()) {
            target.at("operator").problem("opérateur inconnu « " + symbol + " » (connus : >, >=, <, <=)");
        }
        return operator.map(one -> new Target(one, target.at("value").number()));
    }

    private Measure measure(YamlNode base, YamlNode variant, Map<String, Long> parameters, YamlNode direction) {
        for (YamlNode node : List.of(base, variant)) {
            node.onlyKeys(
                    "kind",
                    "fact",
                    "population",
                    "mature_after",
                    "exclusions",
                    "failures",
                    "numerator",
                    "denominator",
                    "ended_after",
                    "censored_after",
                    "clock",
                    "unit");
        }
        java.util.function.Function<String, YamlNode> at = key -> first(variant.at(key), base.at(key));
        String factName = at.apply("fact").text();
        GoldTable fact = facts.get(factName);
        if (fact == null) {
            at.apply("fact")
                    .problem("fait inconnu « " + factName + " » (connus : " + String.join(", ", facts.keySet()) + ")");
            fact = new GoldTable(factName, "", List.of());
            return new Measure.Count(new Selection(factName, List.of(), Optional.empty(), List.of()));
        }
        List<Keep> population = new ArrayList<>();
        for (YamlNode rule : at.apply("population").list()) {
            rule.onlyKeys("reason", "keep");
            Predicate keep = predicate(rule.at("keep"), fact, parameters);
            if (keep != null) {
                population.add(new Keep(reason(rule), keep));
            }
        }
        YamlNode kind = at.apply("kind");
        Set<String> failures = new HashSet<>(at.apply("failures").texts());
        if (!failures.isEmpty() && !kind.text().equals("proportion")) {
            at.apply("failures").problem("seule une proportion a des échecs");
        } else if (!failures.isEmpty() && direction.text().equals("descriptive")) {
            at.apply("failures").problem("un échec demande un sens : direction higher ou lower");
        }
        Fate failure = direction.text().equals("lower") ? Fate.NUMERATOR : Fate.DENOMINATOR;
        List<Exclusion> exclusions = new ArrayList<>();
        for (YamlNode rule : at.apply("exclusions").list()) {
            rule.onlyKeys("reason", "when");
            Predicate when = predicate(rule.at("when"), fact, parameters);
            String reason = reason(rule);
            Fate fate = failures.remove(reason) ? failure : Fate.SET_ASIDE;
            if (when != null) {
                exclusions.add(new Exclusion(reason, when, fate));
            }
        }
        for (String unknown : failures) {
            at.apply("failures").problem("« " + unknown + " » n’est le motif d’aucune exclusion");
        }
        Selection selection =
                new Selection(factName, population, maturity(at.apply("mature_after"), parameters), exclusions);
        switch (kind.text()) {
            case "count":
                return new Measure.Count(selection);
            case "delay":
                return delay(selection, fact, at);
            case "proportion", "ratio", "state", "persons":
                Predicate numerator = predicate(at.apply("numerator"), fact, parameters);
                if (numerator == null) {
                    return new Measure.Count(selection);
                }
                switch (kind.text()) {
                    case "proportion":
                        return new Measure.Proportion(selection, numerator);
                    case "state":
                        return new Measure.State(selection, numerator);
                    case "persons":
                        return new Measure.Persons(selection, numerator);
                    default:
                        Predicate denominator = predicate(at.apply("denominator"), fact, parameters);
                        return denominator == null
                                ? new Measure.Count(selection)
                                : new Measure.Ratio(selection, numerator, denominator);
                }
            default:
                kind.problem("genre de mesure inconnu « " + kind.text()
                        + " » (connus : proportion, ratio, count, delay, state, persons)");
                return new Measure.Count(selection);
        }
    }

    private Measure delay(Selection selection, GoldTable fact, java.util.function.Function<String, YamlNode> at) {
        oneOf(at.apply("clock"), "seconds", "days");
        oneOf(at.apply("unit"), "heures", "jours");
        GoldColumn ended = duration(at.apply("ended_after"), fact);
        List<GoldColumn> censors = at.apply("censored_after").list().stream()
                .map(node -> duration(node, fact))
                .filter(column -> column != null)
                .toList();
        return ended == null
                ? new Measure.Count(selection)
                : new Measure.Delay(
                        selection,
                        ended,
                        censors,
                        at.apply("clock").text().equals("days") ? Clock.DAYS : Clock.SECONDS,
                        at.apply("unit").text());
    }

    private static @Nullable GoldColumn duration(YamlNode node, GoldTable fact) {
        Optional<GoldColumn> column = fact.column(node.text());
        if (column.isEmpty()
                || (column.get().type() != GoldColumn.Type.INTEGER
                        && column.get().type() != GoldColumn.Type.UNCERTAIN)) {
            node.problem("« " + node.text() + " » n’est pas une durée du fait « " + fact.name() + " »");
            return null;
        }
        return column.get();
    }

    private static Optional<Maturity> maturity(YamlNode node, Map<String, Long> parameters) {
        if (!node.isMap()) {
            if (node.isPresent() && !node.text().equals("none")) {
                node.problem("« none » ou un bloc seconds ou days est attendu");
            }
            return Optional.empty();
        }
        node.onlyKeys("seconds", "days");
        boolean days = node.at("days").isPresent();
        YamlNode length = days ? node.at("days") : node.at("seconds");
        Long parameter = parameters.get(length.text());
        return Optional.of(
                new Maturity(days ? Clock.DAYS : Clock.SECONDS, parameter == null ? length.whole() : parameter));
    }

    private static @Nullable Predicate predicate(YamlNode node, GoldTable fact, Map<String, Long> parameters) {
        try {
            return PredicateParser.parse(node.text(), fact, parameters);
        } catch (ParseException problem) {
            node.problem(String.valueOf(problem.getMessage()));
            return null;
        }
    }

    private static String reason(YamlNode rule) {
        String reason = rule.at("reason").text();
        if (!reason.matches("[A-Z0-9_]+")) {
            rule.at("reason").problem("un motif s’écrit en capitales, sans accent ni espace");
        }
        return reason;
    }

    private static List<List<Dimension>> breakdowns(YamlNode node) {
        List<List<Dimension>> breakdowns = new ArrayList<>();
        for (YamlNode one : node.list()) {
            List<Dimension> dimensions = new ArrayList<>();
            for (String code : one.text().split(",")) {
                Optional<Dimension> dimension = Dimension.named(code.trim());
                if (dimension.isEmpty()) {
                    one.problem("dimension inconnue « " + code.trim() + " »");
                }
                dimension.ifPresent(dimensions::add);
            }
            breakdowns.add(dimensions);
        }
        return breakdowns;
    }

    private static LocalDate day(YamlNode node) {
        try {
            return LocalDate.parse(node.text());
        } catch (DateTimeParseException problem) {
            node.problem("une date AAAA-MM-JJ est attendue");
            return LocalDate.EPOCH;
        }
    }

    private static void oneOf(YamlNode node, String... known) {
        if (!List.of(known).contains(node.text())) {
            node.problem("« " + node.text() + " » est inconnu (connus : " + String.join(", ", known) + ")");
        }
    }

    private static YamlNode first(YamlNode wanted, YamlNode other) {
        return wanted.isPresent() ? wanted : other;
    }
}
