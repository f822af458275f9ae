package fr.vigie.batch.registre;

import fr.vigie.schema.Delivery;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One row of the ledger: one file for one feed.
 *
 * @param rejected lines refused in all; {@code kept()} is the rest
 * @param status {@code CHARGE}, {@code REFUSE} or {@code RETIRE}
 */
public record Entry(
        String id,
        String file,
        String feed,
        String source,
        String sha256,
        long rank,
        Optional<LocalDate> completeUntil,
        Optional<Delivery.Replacement> replaced,
        long read,
        long rejectedAtTheDoor,
        long rejected,
        long warningsAtTheDoor,
        long warnings,
        String status,
        Optional<String> reason) {

    public long kept() {
        return read - rejected;
    }

    /** The last day to which each source is complete, by feed; without the feeds that have no such day. */
    public static Map<String, Map<String, LocalDate>> completeness(List<Entry> counting) {
        Map<String, Map<String, LocalDate>> complete = new TreeMap<>();
        for (Entry entry : counting) {
            entry.completeUntil()
                    .ifPresent(day -> complete.computeIfAbsent(entry.feed(), none -> new TreeMap<>())
                            .merge(entry.source(), day, (one, other) -> one.isAfter(other) ? one : other));
        }
        return complete;
    }

    /** What the worker must know of it, with the staged file when it has just arrived. */
    public Delivery delivery(Optional<String> staged) {
        return new Delivery(id, feed, source, rank, completeUntil, replaced, staged, read, rejectedAtTheDoor);
    }
}
