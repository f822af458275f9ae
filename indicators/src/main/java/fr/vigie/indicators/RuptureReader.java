package fr.vigie.indicators;

import fr.vigie.indicators.PredicateParser.ParseException;
import fr.vigie.indicators.RuptureRule.Absorption;
import fr.vigie.indicators.RuptureRule.Occurrence;
import fr.vigie.indicators.RuptureRule.Version;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import fr.vigie.schema.GoldTable;
import fr.vigie.schema.YamlNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one file of a rule of rupture; every problem is added to the node's problems, and the rule is then not to be used. */
final class RuptureReader {

    private static final String DEATH = "deces";
    private static final String ANCHOR = "ancre";

    private final Map<String, GoldTable> facts;
    private final Map<String, FeedContract> feeds;

    RuptureReader(Map<String, GoldTable> facts, Map<String, FeedContract> feeds) {
        this.facts = facts;
        this.feeds = feeds;
    }

    /** Empty when the file cannot make a rule. */
    Optional<RuptureRule> read(YamlNode node) {
        node.onlyKeys(
                "code",
                "version",
                "label",
                "source",
                "since",
                "feeds",
                "risk_feeds",
                "parameters",
                "fact",
                "population",
                "occurs",
                "once_per",
                "prevented_by",
                "closed_by",
                "absorbed_by",
                "severity",
                "alert",
                "earlier");
        String code = node.at("code").text();
        if (!(code + ".yaml").equals(node.file())) {
            node.at("code").problem("le fichier doit s’appeler " + code + ".yaml");
        }
        FeedNames named = FeedNames.of(node, feeds.keySet());
        long severity = node.at("severity").whole();
        if (severity < 1 || severity > RuptureRule.MOST_SEVERE) {
            node.at("severity").problem("une sévérité va de 1 à " + RuptureRule.MOST_SEVERE);
        }
        String label = node.at("label").text();
        String source = node.at("source").text();
        String alert = node.at("alert").text();
        GoldTable fact = facts.get(node.at("fact").text());
        if (fact == null) {
            node.at("fact").problem("fait inconnu (connus : " + String.join(", ", facts.keySet()) + ")");
            return Optional.empty();
        }
        if (fact.column(ANCHOR).isEmpty()) {
            node.at("fact").problem("le fait « " + fact.name() + " » n’a pas de colonne « " + ANCHOR + " »");
            return Optional.empty();
        }
        FeedNames.checkMake(fact, node.at("feeds"));
        GoldColumn anchor = fact.column(ANCHOR).orElseThrow();
        GoldColumn oncePer =
                node.at("once_per").isPresent() ? column(node.at("once_per"), fact, Type.TEXT, Type.INTEGER) : anchor;
        GoldColumn preventedBy =
                node.at("prevented_by").isPresent() ? column(node.at("prevented_by"), fact, Type.INSTANT) : null;
        List<GoldColumn> closedBy = new ArrayList<>();
        boolean isClosedByDeath = false;
        for (YamlNode closing : node.at("closed_by").list()) {
            if (closing.text().equals(DEATH)) {
                isClosedByDeath = true;
            } else {
                GoldColumn column = column(closing, fact, Type.INSTANT);
                if (column != null) {
                    closedBy.add(column);
                }
            }
        }
        Optional<Absorption> absorption = absorption(node.at("absorbed_by"), fact);
        return Optional.of(new RuptureRule(
                code,
                label,
                source,
                named.feeds(),
                named.riskFeeds(),
                fact.name(),
                oncePer == null ? anchor : oncePer,
                (int) severity,
                alert,
                Optional.ofNullable(preventedBy),
                closedBy,
                isClosedByDeath,
                absorption,
                versions(node, fact)));
    }

    /** Says of every rule that absorbs another that it exists, and that it is not absorbed in its turn. */
    static void checkAbsorptions(Map<String, RuptureRule> rules, Map<String, YamlNode> nodes) {
        rules.values()
                .forEach(rule -> rule.absorbedBy().ifPresent(absorption -> {
                    YamlNode node = nodes.get(rule.code());
                    RuptureRule absorbing = rules.get(absorption.rule());
                    if (node != null && absorbing == null) {
                        node.at("absorbed_by").at("rule").problem("règle inconnue « " + absorption.rule() + " »");
                    } else if (node != null
                            && absorbing != null
                            && absorbing.absorbedBy().isPresent()) {
                        node.at("absorbed_by")
                                .at("rule")
                                .problem("« " + absorption.rule() + " » est elle-même absorbée par une autre règle");
                    }
                }));
    }

    private List<Version> versions(YamlNode node, GoldTable fact) {
        Map<String, Long> current = new TreeMap<>();
        node.at("parameters").entries().forEach((name, parameter) -> {
            parameter.onlyKeys("value", "means");
            parameter.at("means").text();
            current.put(name, parameter.at("value").whole());
        });
        List<Version> versions = new ArrayList<>();
        int number = 0;
        LocalDate next = null;
        for (YamlNode earlier : node.at("earlier").list()) {
            earlier.onlyKeys("version", "since", "until", "parameters");
            Map<String, Long> parameters = new TreeMap<>(current);
            earlier.at("parameters").entries().forEach((name, value) -> {
                if (parameters.put(name, value.whole()) == null) {
                    value.problem("paramètre inconnu « " + name + " » : la règle ne le déclare pas");
                }
            });
            LocalDate since = day(earlier.at("since"));
            LocalDate until = day(earlier.at("until"));
            number = follows(earlier, number, since, next);
            if (until.isBefore(since)) {
                earlier.at("until").problem("une version finit au plus tôt le jour où elle commence");
            }
            next = until.plusDays(1);
            versions.add(version(node, fact, number, since, Optional.of(until), parameters));
        }
        LocalDate since = day(node.at("since"));
        number = follows(node, number, since, next);
        versions.add(version(node, fact, number, since, Optional.empty(), current));
        return versions;
    }

    /** Versions are numbered in order and leave no day without a rule. */
    private static int follows(YamlNode node, int before, LocalDate since, @Nullable LocalDate expected) {
        int number = (int) node.at("version").whole();
        if (number <= before) {
            node.at("version").problem("le numéro doit suivre celui de la version précédente (" + before + ")");
        }
        if (expected != null && !since.equals(expected)) {
            node.at("since").problem("la version précédente finit la veille du " + expected);
        }
        return number;
    }

    private static Version version(
            YamlNode node,
            GoldTable fact,
            int number,
            LocalDate since,
            Optional<LocalDate> until,
            Map<String, Long> parameters) {
        List<Measure.Keep> population = new ArrayList<>();
        for (YamlNode rule : node.at("population").list()) {
            rule.onlyKeys("reason", "keep");
            Predicate keep = predicate(rule.at("keep"), fact, parameters);
            if (keep != null) {
                population.add(new Measure.Keep(rule.at("reason").text(), keep));
            }
        }
        List<Occurrence> occurrences = new ArrayList<>();
        for (YamlNode one : node.at("occurs").list()) {
            one.onlyKeys("when", "after_days", "at");
            Predicate when = one.at("when").isPresent() ? predicate(one.at("when"), fact, parameters) : null;
            if (one.at("after_days").isPresent() == one.at("at").isPresent()) {
                one.problem("« after_days » ou « at » est attendu, et un seul des deux");
            } else if (one.at("after_days").isPresent()) {
                Long parameter = parameters.get(one.at("after_days").text());
                long days = parameter == null ? one.at("after_days").whole() : parameter;
                if (days < 0) {
                    one.at("after_days").problem("un délai ne peut pas être négatif");
                }
                occurrences.add(new RuptureRule.AfterDays(Optional.ofNullable(when), days));
            } else {
                GoldColumn instant = column(one.at("at"), fact, Type.INSTANT);
                if (instant != null) {
                    occurrences.add(new RuptureRule.At(Optional.ofNullable(when), instant));
                }
            }
        }
        if (occurrences.isEmpty()) {
            node.at("occurs").problem("une règle dit au moins une fois quand la rupture survient");
        }
        return new Version(number, since, until, parameters, population, occurrences);
    }

    private static Optional<Absorption> absorption(YamlNode node, GoldTable fact) {
        if (!node.isPresent()) {
            return Optional.empty();
        }
        node.onlyKeys("rule", "through");
        GoldColumn through = column(node.at("through"), fact, Type.TEXT);
        String rule = node.at("rule").text();
        return through == null ? Optional.empty() : Optional.of(new Absorption(rule, through));
    }

    private static @Nullable GoldColumn column(YamlNode node, GoldTable fact, Type... types) {
        Optional<GoldColumn> column = fact.column(node.text());
        if (column.isEmpty() || !List.of(types).contains(column.get().type())) {
            node.problem("« " + node.text() + " » n’est pas une colonne " + List.of(types) + " du fait « " + fact.name()
                    + " »");
            return null;
        }
        return column.get();
    }

    private static @Nullable Predicate predicate(YamlNode node, GoldTable fact, Map<String, Long> parameters) {
        try {
            return PredicateParser.parse(node.text(), fact, parameters);
        } catch (ParseException problem) {
            node.problem(String.valueOf(problem.getMessage()));
            return null;
        }
    }

    private static LocalDate day(YamlNode node) {
        try {
            return LocalDate.parse(node.text());
        } catch (DateTimeParseException problem) {
            node.problem("une date AAAA-MM-JJ est attendue");
            return LocalDate.EPOCH;
        }
    }
}
