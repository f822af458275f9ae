package fr.vigie.indicators;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an indicator is here, from the feeds that were received (domaine 0.9 bis « Flux nécessaires, flux lus », « RUP-00 »).
 *
 * @param missing feeds without which it is {@code ND}, and that were never received; empty when it is computable
 * @param read feeds that hold back its date d'arrêt: those that it needs, and those of its risks that were received
 * @param unobservedRisks feeds of its risks that were never received: {@code RISQUES_NON_OBSERVES}
 * @param leftOut rules of rupture that lack a feed: {@code REGLES_NON_CALCULEES}
 */
public record Computability(Set<String> missing, Set<String> read, Set<String> unobservedRisks, Set<String> leftOut) {

    public Computability {
        missing = Set.copyOf(missing);
        read = Set.copyOf(read);
        unobservedRisks = Set.copyOf(unobservedRisks);
        leftOut = Set.copyOf(leftOut);
    }

    public boolean isComputable() {
        return missing.isEmpty();
    }

    static Computability of(Definition definition, Collection<RuptureRule> rules, Set<String> received) {
        if (!isOfRuptures(definition)) {
            return of(definition.feeds(), definition.riskFeeds(), received, Set.of());
        }
        List<RuptureRule> computable = computable(rules, received);
        Set<String> leftOut = rules.stream()
                .filter(rule -> !computable.contains(rule))
                .map(RuptureRule::code)
                .collect(Collectors.toSet());
        List<RuptureRule> counted = computable.isEmpty() ? List.copyOf(rules) : computable;
        Set<String> feeds =
                counted.stream().flatMap(rule -> rule.feeds().stream()).collect(Collectors.toSet());
        Set<String> risks =
                counted.stream().flatMap(rule -> rule.riskFeeds().stream()).collect(Collectors.toSet());
        risks.removeAll(feeds);
        return of(feeds, risks, received, leftOut);
    }

    private static Computability of(Set<String> feeds, Set<String> risks, Set<String> received, Set<String> leftOut) {
        Set<String> missing = new TreeSet<>(feeds);
        missing.removeAll(received);
        Set<String> unobserved = new TreeSet<>(risks);
        unobserved.removeAll(received);
        Set<String> read = new TreeSet<>(risks);
        read.retainAll(received);
        read.addAll(feeds);
        return new Computability(missing, read, unobserved, leftOut);
    }

    /** The rules all of whose feeds were received. */
    public static List<RuptureRule> computable(Collection<RuptureRule> rules, Set<String> received) {
        return rules.stream().filter(rule -> received.containsAll(rule.feeds())).toList();
    }

    private static boolean isOfRuptures(Definition definition) {
        return definition.official().measure().selection().fact().equals("rupture");
    }
}
