package fr.vigie.schema;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;

/**
 * What one file brought to one feed, as the worker must know it: the ledger's row without the file's name.
 *
 * @param id 32 hexadecimal digits: the key of the delivery (content, feed, mapping); a column of bronze
 * @param feed the feed
 * @param source the source named by the manifest, the option or the file's name; empty when none was
 * @param rank the number of the load command that brought it: between equal versions the higher wins; two files of one command share it
 * @param completeUntil whole day up to which the source is complete, Paris; absent for reference feeds
 * @param replaced for a complete (not a delta) delivery: the days of facts that it replaces wholly
 * @param staged the checked, pseudonymised file to append to bronze, named after the id; absent when bronze already holds the delivery
 * @param linesRead data lines of the file, for the threshold of refusal
 * @param linesRejected lines already rejected at the door
 */
public record Delivery(
        String id,
        String feed,
        String source,
        long rank,
        Optional<LocalDate> completeUntil,
        Optional<Replacement> replaced,
        Optional<String> staged,
        long linesRead,
        long linesRejected) {

    /** The days of facts, both included, that a complete delivery replaces; the whole feed of the source when a bound is absent. */
    public record Replacement(Optional<LocalDate> from, Optional<LocalDate> until) {}

    private static final long FEW_LINES = 60_000;

    /** Whether planning and compiling what reads all these lines takes longer than reading them. */
    public static boolean haveFewLines(Collection<Delivery> deliveries) {
        return deliveries.stream().mapToLong(Delivery::linesRead).sum() < FEW_LINES;
    }
}
