package fr.vigie.batch.registre;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A source that leaves a feed far behind the most advanced source of that feed, and so holds back the date d'arrêt of whoever needs it
 * (docs/operations.md 7).
 *
 * @param until last day to which it is complete
 * @param ahead last day to which the most advanced source of the feed is complete
 */
public record LateSource(String feed, String source, LocalDate until, LocalDate ahead) {

    /** Who sends once a month is at most 31 days behind who sends every day; the rest is for a file that takes a few days to come. */
    public static final int DAYS = 35;

    /** The furthest behind first. A feed is compared with itself only, since each has its own rhythm; a closed source is not waited for. */
    public static List<LateSource> among(List<Entry> counting, List<Closing> closings) {
        Set<String> closed = Closing.inForce(closings, counting).keySet();
        List<LateSource> late = new ArrayList<>();
        Entry.completeness(counting).forEach((feed, bySource) -> {
            LocalDate ahead = Collections.max(bySource.values());
            bySource.forEach((source, until) -> {
                if (!closed.contains(source) && until.plusDays(DAYS).isBefore(ahead)) {
                    late.add(new LateSource(feed, source, until, ahead));
                }
            });
        });
        late.sort(Comparator.comparing(LateSource::until));
        return late;
    }
}
