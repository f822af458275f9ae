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
        Set<String> ended = ended(counting, closings, LocalDate.ofInstant(asOf, PARIS), warnings);
        Map<String, Map<String, LocalDate>> complete = new TreeMap<>();
        Set<String> loaded = new TreeSet<>();
        for (Entry entry : counting) {
            loaded.add(entry.feed());
            entry.completeUntil()
                    .filter(day -> !ended.contains(entry.source()))
                    .ifPresent(day -> complete.computeIfAbsent(entry.feed(), none -> new TreeMap<>())
                            .merge(entry.source(), day, (one, other) -> one.isAfter(other) ? one : other));
        }
        Map<String, Instant> limits = new TreeMap<>();
        Map<String, Computability> computability = new TreeMap<>();
        Map<Held, Set<String>> held = new java.util.LinkedHashMap<>();
        for (Definition definition : catalogue.definitions()) {
            Computability here = catalogue.computability(definition, loaded);
            computability.put(definition.code(), here);
            if (!here.isComputable()) {
                continue;
            }
            Instant limit = asOf.plusSeconds(60);
            Optional<Held> holder = here.read().stream()
                    .sorted()
                    .flatMap(feed -> complete.getOrDefault(feed, Map.of()).entrySet().stream()
                            .map(one -> new Held(feed, one.getKey(), one.getValue())))
                    .min(java.util.Comparator.comparing(Held::day));
            if (holder.isPresent()) {
                Instant end = holder.get().day().plusDays(1).atStartOfDay(PARIS).toInstant();
                if (end.isBefore(limit)) {
                    limit = end;
                    held.computeIfAbsent(holder.get(), none -> new TreeSet<>()).add(definition.code());
                }
            }
            limits.put(definition.code(), limit);
        }
        held.forEach((holder, codes) -> warnings.add("Date d’arrêt ramenée au " + french(holder.day()) + " pour "
                + String.join(", ", codes) + "\u202f: le flux «\u00a0" + holder.feed() + "\u00a0»"
                + (holder.source().isEmpty() ? " (source non nommée)" : " de la source " + holder.source())
                + " n’est complet que jusqu’à ce jour."));
        return new StopDates(limits, computability, warnings);
    }

    /** The sources that ended before the date d'arrêt, but for those that have sent something since. */
    private static Set<String> ended(
            List<Entry> counting, List<Closing> closings, LocalDate stop, List<String> warnings) {
        Set<String> ended = new TreeSet<>();
        for (Closing closing : closings) {
            Optional<Entry> since = closing.reopening(counting);
            if (since.isPresent()) {
                warnings.add(
                        "La source " + closing.source() + ", close au " + french(closing.on())
                                + ", a envoyé depuis «\u00a0" + since.get().file()
                                + "\u00a0»\u202f: elle compte de nouveau comme ouverte. Si elle a bien cessé, fermez-la encore.");
            } else if (closing.on().isBefore(stop)) {
                ended.add(closing.source());
            }
        }
        return ended;
    }

    public static String french(LocalDate day) {
        return String.format("%02d/%02d/%d", day.getDayOfMonth(), day.getMonthValue(), day.getYear());
    }
}
