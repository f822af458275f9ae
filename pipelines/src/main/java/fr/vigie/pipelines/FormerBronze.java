package fr.vigie.pipelines;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Bronze as the first version of Vigie left it, one partition per delivery, put together as it is now (docs/decisions/0030). One commit replaces
 * the table by its own rows; the files of before go once every delivery has been counted on both sides. A mark with the last version of before
 * stands beside the table meanwhile: whatever kills it, the next run goes on from there.
 */
final class FormerBronze {

    private static final String MOVING = ".mise-a-niveau";

    /** Name of the mark that says in which form all of bronze is: looking into each table would cost every run some seconds. */
    private static final String FORM = "_forme";

    private static final String ONE_TABLE = "2";

    private final Lake lake;
    private final Progress progress;

    FormerBronze(Lake lake, Progress progress) {
        this.lake = lake;
        this.progress = progress;
    }

    /** Those of the feeds that are not yet, or not surely, as they are now: a step for each. */
    List<String> among(Collection<String> feeds) {
        if (lake.mark(Bronze.LAYER, FORM).equals(ONE_TABLE)) {
            return List.of();
        }
        return feeds.stream()
                .filter(feed -> isMoving(feed) || lake.hasPartitions(Bronze.LAYER, feed))
                .toList();
    }

    private boolean isMoving(String feed) {
        return !lake.mark(Bronze.LAYER, feed + MOVING).isEmpty();
    }

    /** @param former all of them, as {@link #among} finds them */
    void bringUp(List<String> former) {
        for (String feed : former) {
            progress.step("mise à niveau : " + feed);
            if (lake.hasPartitions(Bronze.LAYER, feed)) {
                long partitioned = lake.version(Bronze.LAYER, feed);
                lake.mark(Bronze.LAYER, feed + MOVING, String.valueOf(partitioned));
                lake.overwrite(
                        Bronze.LAYER,
                        feed,
                        lake.read(Bronze.LAYER, feed, partitioned).coalesce(files(feed)));
            }
            long before = Long.parseLong(lake.mark(Bronze.LAYER, feed + MOVING));
            checkNothingIsLost(feed, before);
            lake.sweep(Bronze.LAYER, feed);
            lake.unmark(Bronze.LAYER, feed + MOVING);
        }
        lake.mark(Bronze.LAYER, FORM, ONE_TABLE);
    }

    /** As large as what many lines make, and never one file per delivery. */
    private int files(String feed) {
        return (int) (1 + lake.bytes(Bronze.LAYER, feed) / Lake.FULL_FILE);
    }

    private void checkNothingIsLost(String feed, long before) {
        Set<Row> former = perDelivery(lake.read(Bronze.LAYER, feed, before));
        Set<Row> now = perDelivery(lake.read(Bronze.LAYER, feed));
        if (!former.equals(now)) {
            lake.restore(Bronze.LAYER, feed, before);
            lake.unmark(Bronze.LAYER, feed + MOVING);
            throw new Unreadable(
                    "Les lignes déjà reçues du flux «\u00a0" + feed
                            + "\u00a0» n’ont pas pu être reprises sous leur nouvelle forme\u202f: elles restent comme elles étaient. Vérifiez le disque"
                            + " et relancez la même commande\u202f; si cela se répète, revenez à la version précédente et signalez-le.");
        }
    }

    /** How many lines each delivery has, and the sum of their numbers: a row for each. */
    private static Set<Row> perDelivery(Dataset<Row> lines) {
        return Set.copyOf(lines.groupBy(col(Bronze.DELIVERY))
                .agg(count(lit(1)), org.apache.spark.sql.functions.sum(Bronze.LINE))
                .collectAsList());
    }
}
