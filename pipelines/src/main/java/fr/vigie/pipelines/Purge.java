package fr.vigie.pipelines;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;

/**
 * Takes the lines of what no longer counts out of the lake's files, for good: Delta keeps what it replaces for its older versions, which nothing
 * reads here. Bronze says what is left to do, so it goes last: a purge killed anywhere is done again by the next run.
 */
final class Purge {

    private final Lake lake;
    private final Map<String, FeedContract> contracts;
    private final Progress progress;

    Purge(Lake lake, Map<String, FeedContract> contracts, Progress progress) {
        this.lake = lake;
        this.contracts = contracts;
        this.progress = progress;
    }

    /** The feeds that are not known to hold these deliveries and nothing else: a step for each. */
    List<String> toLookInto(List<Delivery> held) {
        Map<String, Set<String>> byFeed = idsByFeed(held);
        return contracts.keySet().stream()
                .filter(feed -> lake.holds(Bronze.LAYER, feed)
                        && !Bronze.isBroughtTo(lake, feed, byFeed.getOrDefault(feed, Set.of())))
                .toList();
    }

    private static Map<String, Set<String>> idsByFeed(List<Delivery> deliveries) {
        return deliveries.stream()
                .collect(Collectors.groupingBy(Delivery::feed, Collectors.mapping(Delivery::id, Collectors.toSet())));
    }

    /** Once silver is made from these deliveries, nothing else stays. */
    void allBut(List<Delivery> counting) {
        Map<String, Set<String>> byFeed = idsByFeed(counting);
        for (String feed : toLookInto(counting)) {
            progress.step("lignes qui ne comptent plus : " + feed);
            Set<String> ids = byFeed.getOrDefault(feed, Set.of());
            List<String> held = lake.read(Bronze.LAYER, feed)
                    .select(Bronze.DELIVERY)
                    .distinct()
                    .as(Encoders.STRING())
                    .collectAsList();
            List<String> gone = held.stream().filter(id -> !ids.contains(id)).toList();
            if (!gone.isEmpty()) {
                // A file all of whose lines are deleted by a condition is written again without a line.
                boolean isAll = gone.size() == held.size();
                lake.delete(
                        Bronze.LAYER,
                        feed,
                        isAll ? lit(true) : col(Bronze.DELIVERY).isin(gone.toArray()));
            }
            // Of a run that was killed, too.
            lake.sweep(Bronze.LAYER, feed);
            Bronze.broughtTo(lake, feed, ids);
        }
    }
}
