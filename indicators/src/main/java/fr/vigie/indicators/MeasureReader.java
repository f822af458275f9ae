package fr.vigie.indicators;

import fr.vigie.indicators.Measure.Clock;
import fr.vigie.indicators.Measure.Exclusion;
import fr.vigie.indicators.Measure.Fate;
import fr.vigie.indicators.Measure.Keep;
import fr.vigie.indicators.Measure.Maturity;
import fr.vigie.indicators.Measure.Selection;
import fr.vigie.indicators.PredicateParser.ParseException;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldTable;
import fr.vigie.schema.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads how a variant counts: the block {@code measure} of the definition, of which the variant's own replaces some keys. */
final class MeasureReader {

    private static final List<String> OF_EVERY_KIND =
            List.of("kind", "fact", "population", "mature_after", "exclusions");

    /** The keys of its own that each kind reads. */
    private static final Map<String, List<String>> OF_KIND = new TreeMap<>(Map.of(
            "proportion", List.of("numerator", "failures"),
            "ratio", List.of("numerator", "denominator"),
            "count", List.of(),
            "delay", List.of("ended_after", "censored_after", "clock", "unit"),
            "state", List.of("numerator"),
            "persons", List.of("numerator")));

    private final Map<String, GoldTable> facts;
    private final YamlNode base;
    private final YamlNode variant;
    private final YamlNode direction;
    private final Map<String, Long> parameters;
    private final Set<String> used;
    private final Set<String> told;

    /**
     * @param definition the whole file
     * @param variant the variant's block; absent for the official reading
     * @param parameters those in force
     * @param used receives the names of the parameters that the measure asks for
     * @param told receives the feeds that alone tell a column that a condition reads
     */
    MeasureReader(
            Map<String, GoldTable> facts,
            YamlNode definition,
            YamlNode variant,
            Map<String, Long> parameters,
            Set<String> used,
            Set<String> told) {
        this.facts = facts;
        this.base = definition.at("measure");
        this.direction = definition.at("direction");
        this.variant = variant;
        this.parameters = parameters;
        this.used = used;
        this.told = told;
    }

    private YamlNode at(String key) {
        return variant.at(key).isPresent() ? variant.at(key) : base.at(key);
    }

    /** The fact that the measure counts, when it is known. */
    Optional<GoldTable> fact() {
        return Optional.ofNullable(facts.get(at("fact").textOr("")));
    }

    /** A measure that is wrong is a count of everything: its problems say that it is not to be used. */
    Measure read() {
        onlyItsKeys(base, base.at("kind"));
        onlyItsKeys(variant, at("kind"));
        String factName = at("fact").text();
        GoldTable fact = facts.get(factName);
        if (fact == null) {
            at("fact")
                    .problem("fait inconnu « " + factName + " » (connus : " + String.join(", ", facts.keySet()) + ")");
            return new Measure.Count(new Selection(factName, List.of(), Optional.empty(), List.of()));
        }
        Selection selection = new Selection(factName, population(fact), maturity(at("mature_after")), exclusions(fact));
        YamlNode kind = at("kind");
        checkKindOf(fact, kind);
        switch (kind.text()) {
            case "delay":
                return delay(selection, fact);
            case "proportion", "ratio", "state", "persons":
                Predicate numerator = predicate(at("numerator"), fact);
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
                        Predicate denominator = predicate(at("denominator"), fact);
                        return denominator == null
                                ? new Measure.Count(selection)
                                : new Measure.Ratio(selection, numerator, denominator);
                }
            default:
                return new Measure.Count(selection);
        }
    }

    /** A key that the kind does not read decides nothing: nobody may believe that it does. */
    private static void onlyItsKeys(YamlNode block, YamlNode kind) {
        List<String> own = OF_KIND.get(kind.textOr(""));
        if (own == null) {
            kind.problem("genre de mesure inconnu « " + kind.textOr("") + " » (connus : "
                    + String.join(", ", OF_KIND.keySet()) + ")");
            return;
        }
        block.onlyKeys(Stream.concat(OF_EVERY_KIND.stream(), own.stream()).toArray(String[]::new));
    }

    /** States are not added up over months (domaine 0.3), and what is nobody's has no persons to count. */
    private static void checkKindOf(GoldTable fact, YamlNode kind) {
        boolean isState = kind.text().equals("state");
        if (isState && !fact.isState()) {
            kind.problem("« state » lit l’état des personnes à une date, et le fait « " + fact.name()
                    + " » n’en est pas un");
        } else if (fact.isState() && !isState && !kind.text().equals("persons")) {
            kind.problem("le fait « " + fact.name()
                    + " » est un état de fin de mois, qui ne s’additionne pas : prenez « state » ou « persons »");
        } else if (kind.text().equals("persons") && fact.attribution() == GoldTable.Attribution.LIEU) {
            kind.problem(
                    "le fait « " + fact.name() + " » n’est celui de personne : il ne peut pas compter de personnes");
        }
    }

    private List<Keep> population(GoldTable fact) {
        List<Keep> population = new ArrayList<>();
        for (YamlNode rule : at("population").list()) {
            rule.onlyKeys("reason", "keep");
            Predicate keep = predicate(rule.at("keep"), fact);
            String reason = reason(rule);
            if (keep != null) {
                population.add(new Keep(reason, keep));
            }
        }
        return population;
    }

    /** A variant of another kind has no use for the failures of the definition. */
    private YamlNode failures() {
        return OF_KIND.getOrDefault(at("kind").textOr(""), List.of()).contains("failures")
                ? at("failures")
                : direction.at("failures");
    }

    private List<Exclusion> exclusions(GoldTable fact) {
        Set<String> failures = new TreeSet<>(failures().texts());
        if (!failures.isEmpty() && direction.text().equals("descriptive")) {
            failures().problem("un échec demande un sens : direction higher ou lower");
        }
        Fate failure = direction.text().equals("lower") ? Fate.NUMERATOR : Fate.DENOMINATOR;
        Set<String> unknown = new TreeSet<>(failures);
        List<Exclusion> exclusions = new ArrayList<>();
        for (YamlNode rule : at("exclusions").list()) {
            rule.onlyKeys("reason", "when");
            Predicate when = predicate(rule.at("when"), fact);
            String reason = reason(rule);
            unknown.remove(reason);
            if (when != null) {
                exclusions.add(new Exclusion(reason, when, failures.contains(reason) ? failure : Fate.SET_ASIDE));
            }
        }
        unknown.forEach(one -> failures().problem("« " + one + " » n’est le motif d’aucune exclusion"));
        return exclusions;
    }

    private static String reason(YamlNode rule) {
        String reason = rule.at("reason").text();
        if (!reason.matches("[A-Z0-9_]+")) {
            rule.at("reason").problem("un motif s’écrit en capitales, sans accent ni espace");
        }
        return reason;
    }

    private Optional<Maturity> maturity(YamlNode node) {
        if (!node.isMap()) {
            if (node.isPresent() && !node.text().equals("none")) {
                node.problem("« none » ou un bloc seconds ou days est attendu");
            }
            return Optional.empty();
        }
        node.onlyKeys("seconds", "days");
        boolean isInDays = node.at("days").isPresent();
        if (isInDays && node.at("seconds").isPresent()) {
            node.problem("« seconds » ou « days » est attendu, et un seul des deux");
        }
        YamlNode length = isInDays ? node.at("days") : node.at("seconds");
        Long parameter = parameters.get(length.text());
        if (parameter != null) {
            used.add(length.text());
        }
        long value = parameter == null ? length.whole() : parameter;
        if (value < 0) {
            length.problem("un délai de maturité ne peut pas être négatif");
        }
        return Optional.of(new Maturity(isInDays ? Clock.DAYS : Clock.SECONDS, value));
    }

    private Measure delay(Selection selection, GoldTable fact) {
        Clock clock = clock();
        GoldColumn ended = duration(at("ended_after"), fact, clock);
        List<GoldColumn> censors = new ArrayList<>();
        for (YamlNode node : at("censored_after").list()) {
            GoldColumn column = duration(node, fact, clock);
            if (column != null) {
                censors.add(column);
            }
        }
        return ended == null || clock == null
                ? new Measure.Count(selection)
                : new Measure.Delay(selection, ended, censors, clock);
    }

    /** A delay in days is a difference of civil days, never hours divided by 24 (domaine 0.1). */
    private @Nullable Clock clock() {
        Clock clock = null;
        for (Clock one : Clock.values()) {
            clock = at("clock").textOr("").equals(one.word()) ? one : clock;
        }
        if (clock == null) {
            at("clock").problem("« seconds » ou « days » est attendu");
        } else if (!at("unit").text().equals(clock.unit())) {
            at("unit").problem("un délai compté en « " + clock.word() + " » se lit en « " + clock.unit() + " »");
        }
        return clock;
    }

    private static @Nullable GoldColumn duration(YamlNode node, GoldTable fact, @Nullable Clock clock) {
        GoldColumn column = fact.column(node.text()).orElse(null);
        Clock own = column == null ? null : Clock.of(column).orElse(null);
        if (own == null) {
            node.problem("« " + node.text() + " » n’est pas une durée du fait « " + fact.name() + " »");
            return null;
        }
        if (clock != null && own != clock) {
            node.problem("« " + node.text() + " » est en « " + own.word() + " », et le délai se compte en « "
                    + clock.word() + " »");
        }
        return column;
    }

    private @Nullable Predicate predicate(YamlNode node, GoldTable fact) {
        String text = node.text();
        Stream.of(text.split("[^\\p{L}\\p{N}_+-]+"))
                .filter(parameters::containsKey)
                .forEach(used::add);
        try {
            Predicate read = PredicateParser.parse(text, fact, parameters);
            read.columns().forEach(column -> column.feed().ifPresent(told::add));
            return read;
        } catch (ParseException problem) {
            node.problem(String.valueOf(problem.getMessage()));
            return null;
        }
    }
}
