package fr.vigie.batch.publication;

import fr.vigie.batch.registre.Entry;
import fr.vigie.indicators.Catalogue;
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
 * The date d'arrêt of each indicator: the one asked for, or the earliest completeness date of a feed that it needs (domaine.md 0.5, contract.md 4).
 *
 * @param limits exclusive end per computable indicator
 * @param missing feeds that were never loaded, per indicator that is not computable
 * @param warnings which source holds which indicators back
 */
public record StopDates(Map<String, Instant> limits, Map<String, Set<String>> missing, List<String> warnings) {

    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private record Held(String feed, String source, LocalDate day) {}

    /** @param asOf start of the minute of the date d'arrêt asked for */
    public static StopDates of(Catalogue catalogue, List<Entry> counting, Instant asOf) {
        Map<String, Map<String, LocalDate>> complete = new TreeMap<>();
        Set<String> loaded = new TreeSet<>();
        for (Entry entry : counting) {
            loaded.add(entry.feed());
            entry.completeUntil()
                    .ifPresent(day -> complete.computeIfAbsent(entry.feed(), none -> new TreeMap<>())
                            .merge(entry.source(), day, (one, other) -> one.isAfter(other) ? one : other));
        }
        Map<String, Instant> limits = new TreeMap<>();
        Map<String, Set<String>> missing = new TreeMap<>();
        Map<Held, Set<String>> held = new java.util.LinkedHashMap<>();
        for (Definition definition : catalogue.definitions()) {
            Set<String> absent = new TreeSet<>(definition.feeds());
            absent.removeAll(loaded);
            if (!absent.isEmpty()) {
                missing.put(definition.code(), absent);
                continue;
            }
            Instant limit = asOf.plusSeconds(60);
            Optional<Held> holder = definition.feeds().stream()
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
        List<String> warnings = new ArrayList<>();
        held.forEach((holder, codes) -> warnings.add("Date d’arrêt ramenée au " + french(holder.day()) + " pour "
                + String.join(", ", codes) + "\u202f: le flux «\u00a0" + holder.feed() + "\u00a0»"
                + (holder.source().isEmpty() ? " (source non nommée)" : " de la source " + holder.source())
                + " n’est complet que jusqu’à ce jour."));
        return new StopDates(limits, missing, warnings);
    }

    private static String french(LocalDate day) {
        return String.format("%02d/%02d/%d", day.getDayOfMonth(), day.getMonthValue(), day.getYear());
    }
}
