package fr.vigie.verification.oracle;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Dimension;
import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Period;
import fr.vigie.indicators.RuptureRule;
import fr.vigie.indicators.Variant;
import fr.vigie.verification.oracle.KaplanMeier.Spell;
import fr.vigie.verification.oracle.Territories.Territory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates definitions on one silver world at one date d'arrêt.
 *
 * <p>A result exists for every territory, period and ventilation in which at least one fact falls, even one out of the population.
 */
public final class Oracle {

    private static final BigDecimal SECONDS_OF_AN_HOUR = BigDecimal.valueOf(3600);

    private record Group(Territory territory, String ventilation) {}

    private final Function<String, List<Fact>> facts;
    private final YearMonth lastMonth;
    private final Territories territories;
    private final Instant limit;

    /** @param limit the end of the date d'arrêt's minute: what is dated at or after it is not read */
    public Oracle(CurrentRows silver, Instant limit) {
        this(silver, limit, Catalogue.read(Optional.empty()).ruptures());
    }

    /** With rules of rupture other than the product's own. */
    public Oracle(CurrentRows silver, Instant limit, List<RuptureRule> rules) {
        this(silver, new Facts(silver, limit, rules)::of, limit);
    }

    /** With facts that another engine made; of the silver world, only the territories are read. */
    public Oracle(CurrentRows silver, Function<String, List<Fact>> facts, Instant limit) {
        this.limit = limit;
        this.facts = facts;
        this.lastMonth = YearMonth.from(ParisTime.dayOf(ParisTime.dateArret(limit)));
        this.territories = new Territories(silver);
    }

    /** Every reading of an indicator, totals and the breakdowns of its definition. */
    public static List<Result> evaluate(CurrentRows silver, Definition definition, Instant limit) {
        return new Oracle(silver, limit).evaluate(definition);
    }

    /** The facts of a gold table from the first month that periods tell about, in no promised order. */
    public List<Fact> facts(String table) {
        return facts.apply(table);
    }

    /** Every reading of an indicator, totals and the breakdowns of its definition. */
    public List<Result> evaluate(Definition definition) {
        List<Result> results = new ArrayList<>();
        for (Variant variant : definition.variants()) {
            results.addAll(evaluate(variant, List.of()));
            for (List<Dimension> breakdown : definition.breakdowns()) {
                results.addAll(evaluate(variant, breakdown));
            }
        }
        return results.stream()
                .filter(result -> holds(definition, result.period()))
                .toList();
    }

    /** A version of an indicator tells only of the periods that lie in its days. */
    private static boolean holds(Definition version, String code) {
        Period period = Period.parse(code).orElseThrow();
        return !period.start().isBefore(version.since())
                && version.until()
                        .map(last -> last.plusDays(1))
                        .filter(end -> end.isBefore(period.end()))
                        .isEmpty();
    }

    /** One reading, broken down by some dimensions; by none for the totals. */
    public List<Result> evaluate(Variant variant, List<Dimension> breakdown) {
        Measure measure = variant.measure();
        Map<Group, Map<YearMonth, List<Judged>>> groups = new LinkedHashMap<>();
        for (Judged judged : Judged.all(facts.apply(measure.selection().fact()), measure, limit)) {
            Fact fact = judged.fact();
            for (Territory territory : territories.of(fact.text("commune"), fact.jour())) {
                for (String ventilation : ventilations(fact, breakdown)) {
                    groups.computeIfAbsent(new Group(territory, ventilation), key -> new TreeMap<>())
                            .computeIfAbsent(YearMonth.from(fact.jour()), key -> new ArrayList<>())
                            .add(judged);
                }
            }
        }
        List<Result> results = new ArrayList<>();
        groups.forEach((group, byMonth) -> {
            for (CivilPeriod period : periods(byMonth.keySet())) {
                if (!group.territory.type().equals("COMMUNE") || period.isYear()) {
                    List<Judged> inPeriod = inPeriod(measure, period, byMonth);
                    if (!inPeriod.isEmpty()) {
                        results.add(result(variant, group, period, inPeriod));
                    }
                }
            }
        });
        return results;
    }

    private Set<CivilPeriod> periods(Set<YearMonth> months) {
        Set<CivilPeriod> periods = new LinkedHashSet<>();
        months.forEach(month -> periods.addAll(CivilPeriod.of(month, lastMonth)));
        return periods;
    }

    /** A state is that of the period's last month, or of the last month read when the period is not over. */
    private List<Judged> inPeriod(Measure measure, CivilPeriod period, Map<YearMonth, List<Judged>> byMonth) {
        if (measure instanceof Measure.State) {
            YearMonth month = period.last().isAfter(lastMonth) ? lastMonth : period.last();
            return byMonth.getOrDefault(month, List.of());
        }
        List<Judged> judged = new ArrayList<>();
        byMonth.forEach((month, some) -> {
            if (period.contains(month)) {
                judged.addAll(some);
            }
        });
        return judged;
    }

    private Result result(Variant variant, Group group, CivilPeriod period, List<Judged> facts) {
        Measure measure = variant.measure();
        List<Judged> judged = measure instanceof Measure.Persons ? persons(facts) : facts;
        long numerator = 0;
        long denominator = 0;
        long undetermined = 0;
        long immature = 0;
        Map<String, Long> outOfPopulation = new TreeMap<>();
        Map<String, Long> excluded = new TreeMap<>();
        List<Spell> spells = new ArrayList<>();
        for (Judged one : judged) {
            switch (one.stage()) {
                case OUT_OF_POPULATION -> outOfPopulation.merge(one.reason(), 1L, Long::sum);
                case IMMATURE -> immature++;
                case EXCLUDED -> excluded.merge(one.reason(), 1L, Long::sum);
                case COUNTED -> {
                    Spell spell = one.spell();
                    if (spell != null) {
                        spells.add(spell);
                    }
                    numerator += one.numerator() == Truth.TRUE || (spell != null && spell.ended()) ? 1 : 0;
                    denominator += one.denominator() == Truth.TRUE ? 1 : 0;
                    undetermined += one.numerator() == Truth.UNDECIDED ? 1 : 0;
                }
            }
        }
        return new Result(
                variant.key(),
                group.territory.type(),
                group.territory.code(),
                period.code(),
                group.ventilation,
                numerator,
                denominator,
                undetermined,
                immature,
                outOfPopulation,
                excluded,
                measure instanceof Measure.Delay delay ? median(delay, spells) : null);
    }

    private static @Nullable BigDecimal median(Measure.Delay delay, List<Spell> spells) {
        BigDecimal median = KaplanMeier.median(spells);
        return median == null || delay.clock() == Measure.Clock.DAYS
                ? median
                : median.divide(SECONDS_OF_AN_HOUR, 4, RoundingMode.HALF_UP);
    }

    /**
     * One judgement per person: of their facts, the one that went furthest; among those, one in the numerator, else one undecided. A person who is
     * set aside is so for the first reason that fits one of these facts.
     */
    private static List<Judged> persons(List<Judged> facts) {
        Comparator<Judged> bestFirst = Comparator.comparing(Judged::stage, Comparator.reverseOrder())
                .thenComparing(judged ->
                        List.of(Truth.TRUE, Truth.UNDECIDED, Truth.FALSE).indexOf(judged.numerator()))
                .thenComparing(Judged::rule);
        Map<String, Judged> best = new TreeMap<>();
        for (Judged judged : facts) {
            best.merge(
                    Objects.requireNonNull(judged.fact().text("patient_id")),
                    judged,
                    (one, other) -> bestFirst.compare(one, other) <= 0 ? one : other);
        }
        return List.copyOf(best.values());
    }

    /** The values under which a fact counts; several when a dimension has several. */
    private static List<String> ventilations(Fact fact, List<Dimension> breakdown) {
        List<String> ventilations = List.of("");
        for (Dimension dimension : breakdown) {
            Object value = fact.value(dimension.column());
            Collection<?> values =
                    value instanceof Collection<?> several ? several : List.of(value == null ? "inconnu" : value);
            List<String> longer = new ArrayList<>();
            for (String ventilation : ventilations) {
                for (Object one : values) {
                    longer.add((ventilation.isEmpty() ? "" : ventilation + "|") + dimension.code() + "=" + one);
                }
            }
            ventilations = longer;
        }
        return ventilations;
    }

    /** Results in a fixed order, for those who print or compare them. */
    public static Comparator<Result> order() {
        return Comparator.comparing(Result::variant)
                .thenComparing(Result::territoryType)
                .thenComparing(Result::territoryCode)
                .thenComparing(Result::period)
                .thenComparing(Result::ventilation);
    }
}
