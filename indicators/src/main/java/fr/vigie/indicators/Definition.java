package fr.vigie.indicators;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One version of an indicator, as its file says.
 *
 * @param since first day on which this meaning holds
 * @param until last day on which it holds; absent while it holds
 * @param direction {@code higher}, {@code lower} or {@code descriptive}: what is better
 * @param attribution {@code RESIDENCE} or {@code LIEU}, that of its facts
 * @param feeds the feeds without which it is {@code ND}, in any of its versions; those of its rules for an indicator of ruptures, each of which
 *     has its own
 * @param riskFeeds the feeds that it reads only for what may befall before the outcome (deaths, departures): they hold back its date d'arrêt when they
 *     were received, and it is published without them, saying so
 * @param officialAlias another name of the official reading, such as {@code reponse} for ORI-03
 * @param breakdowns sets of one or two dimensions
 * @param variants the official reading first
 * @param parameterMeanings what each parameter is, in French
 */
public record Definition(
        String code,
        int version,
        String label,
        String question,
        String source,
        LocalDate since,
        Optional<LocalDate> until,
        String direction,
        String attribution,
        Set<String> feeds,
        Set<String> riskFeeds,
        Optional<String> officialAlias,
        List<List<Dimension>> breakdowns,
        List<Variant> variants,
        Map<String, String> parameterMeanings,
        Map<String, String> smart) {

    public Definition {
        feeds = Set.copyOf(feeds);
        riskFeeds = Set.copyOf(riskFeeds);
        breakdowns = breakdowns.stream().map(List::copyOf).toList();
        variants = List.copyOf(variants);
        parameterMeanings = Map.copyOf(parameterMeanings);
        smart = Map.copyOf(smart);
    }

    /** Whether the whole period lies in the days of this version: no figure has two meanings, nor one that does not hold. */
    public boolean holds(LocalDate start, LocalDate end) {
        return !start.isBefore(since)
                && until.map(last -> !end.isAfter(last.plusDays(1))).orElse(true);
    }

    /** The same, with the feeds that all its versions need or read for their risks. */
    Definition reading(Set<String> all, Set<String> allOfRisks) {
        return new Definition(
                code,
                version,
                label,
                question,
                source,
                since,
                until,
                direction,
                attribution,
                all,
                allOfRisks,
                officialAlias,
                breakdowns,
                variants,
                parameterMeanings,
                smart);
    }

    public Variant official() {
        return variants.get(0);
    }

    /** A variant by name; the empty name and the official alias give the official reading. */
    public Optional<Variant> variant(String name) {
        if (officialAlias.isPresent() && officialAlias.get().equals(name)) {
            return Optional.of(official());
        }
        return variants.stream().filter(variant -> variant.name().equals(name)).findFirst();
    }
}
