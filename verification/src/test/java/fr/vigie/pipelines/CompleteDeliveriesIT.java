package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.WorkerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Complete deliveries of every feed, whatever its key is made of. Each has two facts, of which the one or the other lacks a part of its key. */
class CompleteDeliveriesIT {

    private static SparkSession spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        spark = LocalSession.start();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void everyFeedLosesWhatACompleteDeliveryNoLongerHoldsUntilItIsToldAgain() throws IOException {
        List<Delivery> deliveries = new ArrayList<>();
        for (FeedContract contract : FeedContract.all().values()) {
            deliveries.add(delivery(contract, 1, "2026-03-09", false, 0, 1));
            deliveries.add(delivery(contract, 2, "2026-03-08", true, 0));
        }
        assertEquals(each("1;2"), run(deliveries));

        List<Delivery> later = new ArrayList<>();
        deliveries.forEach(delivery -> later.add(known(delivery)));
        for (FeedContract contract : FeedContract.all().values()) {
            // Older than what the first delivery said of it.
            later.add(delivery(contract, 3, "2026-03-07", false, 1));
        }
        assertEquals(each("1;2 3;2"), run(later));

        later.removeIf(delivery -> delivery.rank() == 2);
        Map<String, String> back = new TreeMap<>(FeedContract.all().keySet().stream()
                .collect(java.util.stream.Collectors.toMap(feed -> feed, feed -> "")));
        // Without an update of its own, a line of a later load corrects.
        back.replaceAll((feed, lines) ->
                requireNonNull(FeedContract.all().get(feed)).column("date_maj").isPresent() ? "1;2 1;3" : "1;2 3;2");
        assertEquals(back, run(later.stream().map(CompleteDeliveriesIT::known).toList()));
    }

    /** « rank;line » of the rows of each feed. The fact told first by the first delivery stays told by it: it is the youngest. */
    private static Map<String, String> each(String lines) {
        Map<String, String> each = new TreeMap<>();
        FeedContract.all()
                .forEach((feed, contract) -> each.put(
                        feed, contract.column("date_maj").isPresent() ? lines : lines.replaceFirst("1;2", "2;2")));
        return each;
    }

    private Map<String, String> run(List<Delivery> deliveries) throws IOException {
        Path exchange = Files.createTempDirectory(folder, "echange");
        String lake = folder.resolve("lake").toString();
        new WorkerSteps(
                        spark,
                        new WorkerRequest(lake, exchange.toString(), deliveries, Optional.empty()),
                        Progress.silent())
                .execute();
        Map<String, Long> ranks = new TreeMap<>();
        deliveries.forEach(delivery -> ranks.put(delivery.id(), delivery.rank()));
        Map<String, String> found = new TreeMap<>();
        for (String feed : FeedContract.all().keySet()) {
            found.put(
                    feed,
                    String.join(
                            " ",
                            new Lake(spark, lake)
                                    .read(Silver.LAYER, feed).select("_livraison", "_ligne").collectAsList().stream()
                                            .map(row -> ranks.get(row.getString(0)) + ";" + row.getInt(1))
                                            .sorted()
                                            .toList()));
        }
        return found;
    }

    private Delivery delivery(FeedContract contract, long rank, String updated, boolean isComplete, int... facts)
            throws IOException {
        List<String> names = contract.columns().stream()
                .flatMap(column -> column.storedNames().stream())
                .toList();
        StringBuilder text = new StringBuilder("_ligne;" + String.join(";", names) + "\n");
        int line = 2;
        for (int fact : facts) {
            text.append(line++);
            for (FeedColumn column : contract.columns()) {
                text.append(';').append(cell(contract, column, fact, updated));
                if (column.storedNames().size() > 1) {
                    text.append(";minute");
                }
            }
            text.append('\n');
        }
        String id = UUID.nameUUIDFromBytes((contract.feed() + rank).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        Path file = Files.writeString(folder.resolve(id + ".csv"), text);
        return new Delivery(
                id,
                contract.feed(),
                "A",
                rank,
                contract.reference() ? Optional.empty() : Optional.of(LocalDate.of(2026, 3, 31)),
                isComplete
                        ? Optional.of(new Delivery.Replacement(Optional.empty(), Optional.empty()))
                        : Optional.empty(),
                Optional.of(file.toString()),
                facts.length,
                0);
    }

    private static String cell(FeedContract contract, FeedColumn column, int fact, String updated) {
        if (column.name().equals("date_maj")) {
            return updated + " 10:00:00";
        }
        if (column.name().equals("source")) {
            return "A";
        }
        if (contract.factDate().filter(column.name()::equals).isPresent()) {
            return column.type() == ColumnType.DATE ? "2026-02-0" + (fact + 1) : "2026-02-01 10:00:00";
        }
        boolean isKey = contract.key().contains(column.name())
                || contract.key().contains("medecin") && column.name().equals(fact == 0 ? "rpps" : "finess");
        if (!isKey || column.name().equals("commune_debut") && fact == 0) {
            return "";
        }
        return switch (column.type()) {
            case PERSON -> "0000000000000000000000000000000" + fact;
            case DATE -> "2026-01-0" + (fact + 1);
            case YEAR, INTEGER -> "202" + fact;
            default -> "K" + fact;
        };
    }

    private static Delivery known(Delivery delivery) {
        return new Delivery(
                delivery.id(),
                delivery.feed(),
                delivery.source(),
                delivery.rank(),
                delivery.completeUntil(),
                delivery.replaced(),
                Optional.empty(),
                delivery.linesRead(),
                delivery.linesRejected());
    }
}
