package fr.vigie.batch.registre;

import fr.vigie.schema.Delivery;
import java.time.LocalDate;
import java.util.Optional;

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

    /** What the worker must know of it, with the staged file when it has just arrived. */
    public Delivery delivery(Optional<String> staged) {
        return new Delivery(id, feed, source, rank, completeUntil, replaced, staged, read, rejectedAtTheDoor);
    }
}
