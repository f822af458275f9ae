package fr.vigie.indicators;

import fr.vigie.schema.GoldColumn;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of rupture de parcours, as its file says (domaine 2): a gold fact that is watched, and when it becomes a rupture.
 *
 * @param feeds the feeds without which it is not looked for
 * @param riskFeeds the feeds that it reads only to know who is alive
 * @param fact the gold fact that is watched; its column {@code ancre} names the rupture
 * @param oncePer column of the fact: of the ruptures of one person with one value of it, only the first holds
 * @param severity from 1 to 4, before what the person adds to it
 * @param alert who is told
 * @param preventedBy instant of the fact: when it comes before the occurrence, there is no rupture
 * @param closedBy instants of the fact that close the rupture; the first one does
 * @param isClosedByDeath a death closes it too
 * @param absorbedBy the rule whose rupture takes this one in
 * @param versions oldest first: each holds for the facts of its days, so that changing a parameter never rewrites what an older one found
 */
public record RuptureRule(
        String code,
        String label,
        String source,
        Set<String> feeds,
        Set<String> riskFeeds,
        String fact,
        GoldColumn oncePer,
        int severity,
        String alert,
        Optional<GoldColumn> preventedBy,
        List<GoldColumn> closedBy,
        boolean isClosedByDeath,
        Optional<Absorption> absorbedBy,
        List<Version> versions) {

    /** Added to the severity of a person of 75 or more, with two vulnerabilities or with an ALD, up to {@link #MOST_SEVERE}. */
    public static final int FRAGILITY = 1;

    public static final int MOST_SEVERE = 4;
    public static final int FRAGILE_AGE = 75;
    public static final int FRAGILE_VULNERABILITIES = 2;

    public RuptureRule {
        feeds = Set.copyOf(feeds);
        riskFeeds = Set.copyOf(riskFeeds);
        closedBy = List.copyOf(closedBy);
        versions = List.copyOf(versions);
    }

    /** A rupture is absorbed when {@code rule} has one of the same person whose anchor is the value of {@code through}. */
    public record Absorption(String rule, GoldColumn through) {}

    /**
     * The rule between two days of the watched facts, both included.
     *
     * @param until absent while it holds
     */
    public record Version(
            int number,
            LocalDate since,
            Optional<LocalDate> until,
            Map<String, Long> parameters,
            List<Measure.Keep> population,
            List<Occurrence> occurrences) {
        public Version {
            parameters = Map.copyOf(parameters);
            population = List.copyOf(population);
            occurrences = List.copyOf(occurrences);
        }
    }

    /** When a watched fact becomes a rupture: the earliest of those whose condition surely holds. */
    public sealed interface Occurrence {
        Optional<Predicate> when();
    }

    /** At the passing of a deadline: 00:00 in Paris of the day after {@code days} whole civil days. */
    public record AfterDays(Optional<Predicate> when, long days) implements Occurrence {}

    /** At the instant of an accomplished fact. */
    public record At(Optional<Predicate> when, GoldColumn instant) implements Occurrence {}
}
