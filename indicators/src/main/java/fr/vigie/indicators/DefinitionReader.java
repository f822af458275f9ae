package fr.vigie.indicators;

import fr.vigie.schema.FeedContract;
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
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads one definition file; every problem is added to the node's problems, and the definition is then not to be used. */
final class DefinitionReader {

    /** Disclosure writes its equations over tables of at most two dimensions. */
    private static final int MOST_DIMENSIONS = 2;

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
        } else if (!isNamedAfter(code, node)) {
            node.at("code")
                    .problem("le fichier doit s’appeler " + code + ".yaml, et celui d’une version passée " + code
                            + ".vN.yaml, N étant son numéro");
        }
        if (node.at("version").whole() < 1) {
            node.at("version").problem("les versions se numérotent à partir de 1");
        }
        oneOf(node.at("direction"), "higher", "lower", "descriptive");
        FeedNames named = FeedNames.of(node, feeds.keySet());
        Map<String, String> meanings = new TreeMap<>();
        node.at("parameters").entries().forEach((name, parameter) -> {
            parameter.onlyKeys("value", "means");
            meanings.put(name, parameter.at("means").text());
        });
        Counting counting = new Counting(node, breakdowns(node.at("breakdowns")), new TreeSet<>(), new TreeSet<>());
        List<Variant> variants = new ArrayList<>();
        variants.add(variant(counting, code, "", node.at("__none__")));
        node.at("variants").entries().forEach((name, variant) -> {
            if (!name.matches(NAME)) {
                variant.problem("nom de variante invalide « " + name + " »");
            }
            variant.onlyKeys("label", "unit", "parameters", "measure", "target");
            if (name.equals(node.at("official").textOr(""))) {
                variant.problem("« " + name + " » est déjà le nom de la lecture officielle");
            }
            variants.add(variant(counting, code, name, variant));
        });
        node.at("parameters").entries().forEach((name, parameter) -> {
            if (!counting.used.contains(name)) {
                parameter.problem("aucune mesure ne cite ce paramètre : il ne décide de rien");
            }
        });
        FeedNames needed = named.reading(counting.told);
        LocalDate since = day(node.at("since"));
        Optional<LocalDate> until =
                node.at("until").isPresent() ? Optional.of(day(node.at("until"))) : Optional.empty();
        if (until.isPresent() && until.get().isBefore(since)) {
            node.at("until").problem("une version finit au plus tôt le jour où elle commence");
        }
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
                since,
                until,
                node.at("direction").text(),
                node.at("attribution").text(),
                needed.feeds(),
                needed.riskFeeds(),
                node.at("official").optionalText(),
                counting.breakdowns,
                variants,
                meanings,
                smart);
    }

    private static boolean isNamedAfter(String code, YamlNode node) {
        return node.file().equals(code + ".yaml")
                || node.at("version").isPresent()
                        && node.file().equals(code + ".v" + node.at("version").text() + ".yaml");
    }

    /**
     * What every variant of a definition shares.
     *
     * @param used receives the names of the parameters that some measure asks for
     * @param told receives the feeds that alone tell a column that some condition reads
     */
    private record Counting(YamlNode base, List<List<Dimension>> breakdowns, Set<String> used, Set<String> told) {}

    private Variant variant(Counting counting, String code, String name, YamlNode variant) {
        YamlNode base = counting.base;
        Map<String, Long> parameters = new TreeMap<>();
        base.at("parameters")
                .entries()
                .forEach((key, value) -> parameters.put(key, value.at("value").whole()));
        variant.at("parameters").entries().forEach((key, value) -> {
            if (parameters.put(key, value.whole()) == null) {
                value.problem("paramètre inconnu « " + key + " » : la définition ne le déclare pas");
            }
        });
        MeasureReader measure =
                new MeasureReader(facts, base, variant.at("measure"), parameters, counting.used, counting.told);
        measure.fact().ifPresent(fact -> checkFact(counting, fact));
        YamlNode target = first(variant.at("target"), base.at("target"));
        return new Variant(
                code,
                name,
                first(variant.at("label"), base.at("label")).text(),
                first(variant.at("unit"), base.at("unit")).text(),
                measure.read(),
                target(target),
                parameters);
    }

    /** The fact decides where it is counted (domaine 0.6), what it can be broken down by and what it is not known without. */
    private static void checkFact(Counting counting, GoldTable fact) {
        YamlNode attribution = counting.base.at("attribution");
        if (!attribution.text().equals(fact.attribution().name())) {
            attribution.problem("le fait « " + fact.name() + " » se compte par " + fact.attribution());
        }
        FeedNames.checkMake(fact, counting.base.at("feeds"));
        for (List<Dimension> breakdown : counting.breakdowns) {
            for (Dimension dimension : breakdown) {
                if (fact.column(dimension.column()).isEmpty()) {
                    counting.base
                            .at("breakdowns")
                            .problem("le fait « " + fact.name() + " » ne se ventile pas par « " + dimension.code()
                                    + " »");
                }
            }
        }
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

    private static List<List<Dimension>> breakdowns(YamlNode node) {
        List<List<Dimension>> breakdowns = new ArrayList<>();
        Set<Set<Dimension>> known = new HashSet<>();
        for (YamlNode one : node.list()) {
            List<Dimension> dimensions = new ArrayList<>();
            for (String code : one.text().split(",")) {
                Optional<Dimension> dimension = Dimension.named(code.trim());
                if (dimension.isEmpty()) {
                    one.problem("dimension inconnue « " + code.trim() + " »");
                }
                dimension.ifPresent(dimensions::add);
            }
            if (dimensions.size() > MOST_DIMENSIONS || Set.copyOf(dimensions).size() < dimensions.size()) {
                one.problem("une ventilation est d’une dimension, ou de deux différentes");
            } else if (!known.add(Set.copyOf(dimensions))) {
                one.problem("cette ventilation est déjà demandée");
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
