package fr.vigie.pipelines;

import static org.apache.spark.sql.functions.col;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes the lines of what no longer counts out of the lake's files, for good: Delta keeps what it deletes for its older versions, which nothing
 * reads here. Bronze says what is left to do, so it goes last: a purge killed anywhere is done again by the next run.
 */
final class Purge {

    /** Stands beside gold while its older versions hold facts of purged lines. */
    private static final String FACTS = "anciens";

    private final Lake lake;
    private final Map<String, FeedContract> contracts;
    private final Progress progress;

    Purge(Lake lake, Map<String, FeedContract> contracts, Progress progress) {
        this.lake = lake;
        this.contracts = contracts;
        this.progress = progress;
    }

    /** Once silver is made from these deliveries, nothing else stays. */
    void allBut(Collection<Delivery> counting) {
        Set<String> ids = counting.stream().map(Delivery::id).collect(Collectors.toSet());
        for (String feed : contracts.keySet()) {
            List<String> gone = lake.partitions(Bronze.LAYER, feed, Bronze.DELIVERY).stream()
                    .filter(id -> !ids.contains(id))
                    .toList();
            if (!gone.isEmpty()) {
                lake.mark(Gold.LAYER, FACTS, "à purger");
                progress.expect(1);
                progress.step("purge : " + feed);
                if (lake.holds(Silver.LAYER, feed)) {
                    lake.vacuum(Silver.LAYER, feed);
                }
                lake.delete(Bronze.LAYER, feed, col(Bronze.DELIVERY).isin(gone.toArray()));
                lake.vacuum(Bronze.LAYER, feed);
            }
        }
    }

    /** Once facts and cells are made again, those that came from purged lines go too. */
    void ofFacts() {
        if (lake.mark(Gold.LAYER, FACTS).isEmpty()) {
            return;
        }
        progress.expect(1);
        progress.step("purge : faits et cellules");
        for (String layer : List.of(Gold.LAYER, Cells.LAYER)) {
            lake.tables(layer).forEach(table -> lake.vacuum(layer, table));
        }
        lake.unmark(Gold.LAYER, FACTS);
    }
}
