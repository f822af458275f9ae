package fr.vigie.batch.publication;

import fr.vigie.batch.registre.Closing;
import fr.vigie.batch.registre.Entry;
import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Computability;
import fr.vigie.indicators.Definition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The date d'arrêt of each indicator: the one asked for, or the earliest completeness date of a feed that it needs (domaine 0.5, contrat.md 4).
 *
 * @param limits exclusive end per computable indicator
 * @param computability what each indicator is here: the feeds that it lacks, the risks that nobody observes
 * @param warnings which source holds which indicators back
 */
public record StopDates(Map<String, Instant> limits, Map<String, Computability> computability, List<String> warnings) {

    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** Feeds that were never received and without which the indicator is not computable. */
    public Set<String> missing(String code) {
        return here(code).map(Computability::missing).orElse(Set.of());
    }

    /** Feeds of its risks that were never received, of an indicator that is computed. */
    public Set<String> unobservedRisks(String code) {
        return here(code)
                .filter(Computability::isComputable)
                .map(Computability::unobservedRisks)
                .orElse(Set.of());
    }

    /** Rules of rupture that are not counted, of an indicator that is computed. */
    public Set<String> leftOut(String code) {
        return here(code)
                .filter(Computability::isComputable)
                .map(Computability::leftOut)
                .orElse(Set.of());
    }

    private Optional<Computability> here(String code) {
        return Optional.ofNullable(computability.get(code));
    }

    private record Held(String feed, String source, LocalDate day) {}

    /** @param asOf start of the minute of the date d'arrêt asked for */
    public static StopDates of(Catalogue catalogue, List<Entry> counting, List<Closing> closings, Instant asOf) {
        List<String> warnings = new ArrayList<>();
        LocalDate stop = LocalDate.ofInstant(asOf, PARIS);
        Map<String, LocalDate> closed = closed(counting, closings, warnings);
        Map<String, Map<String, LocalDate>> complete = Entry.completeness(counting);
        Set<String> loaded = counting.stream().map(Entry::feed).collect(Collectors.toCollection(TreeSet::new));
        Map<String, Instant> limits = new TreeMap<>();
        Map<String, Computability> computability = new TreeMap<>();
        Map<Held, Set<String>> held = new java.util.LinkedHashMap<>();
        for (Definition definition : catalogue.definitions()) {
            Computability here = catalogue.computability(definition, loaded);
            computability.put(definition.code(), here);
            if (!here.isComputable()) {
                continue;
            }
            List<Held> holders = here.read().stream()
                    .sorted()
                    .flatMap(feed -> complete.getOrDefault(feed, Map.of()).entrySet().stream()
                            .map(one -> new Held(feed, one.getKey(), one.getValue())))
                    .toList();
            Optional<Held> holder = holder(holders, closed, stop);
            holder.ifPresent(
                    one -> held.computeIfAbsent(one, none -> new TreeSet<>()).add(definition.code()));
            Instant limit = holder.map(
                            one -> one.day().plusDays(1).atStartOfDay(PARIS).toInstant())
                    .orElse(asOf.plusSeconds(60));
            limits.put(definition.code(), limit);
        }
        held.forEach((holder, codes) -> warnings.add("Date d’arrêt ramenée au " + french(holder.day()) + " pour "
                + String.join(", ", codes) + "\u202f: le flux «\u00a0" + holder.feed() + "\u00a0»"
                + (holder.source().isEmpty() ? " (source non nommée)" : " de la source " + holder.source())
                + " n’est complet que jusqu’à ce jour."));
        return new StopDates(limits, computability, warnings);
    }

    /** The one that holds an indicator back: a source holds a date d'arrêt later than its completeness, unless it ended before that date. */
    private static Optional<Held> holder(List<Held> holders, Map<String, LocalDate> closed, LocalDate asked) {
        Optional<Held> earliest = holders.stream()
                .filter(one -> one.day().isBefore(asked))
                .filter(one -> !closed.getOrDefault(one.source(), LocalDate.MAX).isBefore(asked))
                .min(java.util.Comparator.comparing(Held::day));
        // The earlier the date, the more sources were alive: one that ended since may hold back further.
        return earliest.flatMap(one -> holder(holders, closed, one.day()).or(() -> earliest));
    }

    /** The last day of the sources that ended, but for those that have sent something since. */
    private static Map<String, LocalDate> closed(List<Entry> counting, List<Closing> closings, List<String> warnings) {
        Map<String, LocalDate> closed = new TreeMap<>();
        for (Closing closing : closings) {
            Optional<Entry> since = closing.reopening(counting);
            if (since.isPresent()) {
                warnings.add(
                        "La source " + closing.source() + ", close au " + french(closing.on())
                                + ", a envoyé depuis «\u00a0" + since.get().file()
                                + "\u00a0»\u202f: elle compte de nouveau comme ouverte. Si elle a bien cessé, fermez-la encore.");
            } else {
                closed.put(closing.source(), closing.on());
            }
        }
        return closed;
    }

    public static String french(LocalDate day) {
        return String.format("%02d/%02d/%d", day.getDayOfMonth(), day.getMonthValue(), day.getYear());
    }
}
