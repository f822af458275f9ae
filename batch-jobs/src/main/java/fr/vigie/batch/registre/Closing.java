package fr.vigie.batch.registre;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A source that has ended, as somebody said it.
 *
 * @param on the last day that it tells of
 * @param rank of the last load when it was closed
 */
public record Closing(String source, LocalDate on, long rank) {

    /** Those of sources that have sent nothing since, by source: the last day that each tells of. */
    public static Map<String, LocalDate> inForce(List<Closing> closings, List<Entry> counting) {
        return closings.stream()
                .filter(closing -> closing.reopening(counting).isEmpty())
                .collect(Collectors.toMap(Closing::source, Closing::on));
    }

    /** The delivery that opens the source again: loaded after the closing, it tells of later days. */
    public Optional<Entry> reopening(List<Entry> counting) {
        return counting.stream()
                .filter(entry -> entry.source().equals(source) && entry.rank() > rank)
                .filter(entry -> entry.completeUntil().filter(on::isBefore).isPresent())
                .findFirst();
    }
}
