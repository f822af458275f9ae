package fr.vigie.pipelines;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.WorkerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** One run, in the order in which rows flow: staged files → bronze → silver, then, if asked, gold → cells → values. */
final class WorkerSteps {

    private final SparkSession spark;
    private final WorkerRequest request;
    private final Progress progress;

    WorkerSteps(SparkSession spark, WorkerRequest request, Progress progress) {
        this.spark = spark;
        this.request = request;
        this.progress = progress;
    }

    void execute() throws IOException {
        Map<String, FeedContract> contracts = FeedContract.all();
        List<Delivery> deliveries = request.deliveries();
        Lake lake = new Lake(spark, request.lake());
        Session.saysNotFromWhere(spark);
        Session.tellTasks(spark);
        Sql.declareFunctions(spark);
        FormerBronze formerBronze = new FormerBronze(lake, progress);
        Bronze bronze = new Bronze(spark, lake, contracts, progress);
        Silver silver = new Silver(spark, lake, contracts, progress);
        Purge purge = new Purge(lake, contracts, progress);
        Set<String> received = deliveries.stream().map(Delivery::feed).collect(Collectors.toSet());
        Optional<Refresh> refresh =
                request.refresh().map(asked -> new Refresh(spark, lake, contracts, progress, asked, received));

        List<String> former = formerBronze.among(contracts.keySet());
        boolean isFull = request.refresh().map(WorkerRequest.Refresh::isFull).orElse(false);
        List<String> stale = silver.stale(deliveries, isFull);
        List<Delivery> known = deliveries.stream()
                .filter(delivery -> delivery.staged().isEmpty())
                .toList();
        progress.plan(former.size()
                + Bronze.arriving(deliveries).size()
                + stale.size()
                + 1
                + purge.toLookInto(known).size()
                + refresh.map(Refresh::steps).orElse(0));

        formerBronze.bringUp(former);
        bronze.append(deliveries);
        boolean refuses = silver.rebuild(stale, deliveries, request.exchange());
        purge.allBut(deliveries);
        boolean stops = refuses
                && request.refresh().map(WorkerRequest.Refresh::isStrict).orElse(false);
        if (refresh.isPresent() && !stops) {
            refresh.get().compute(request.exchange());
        }
    }
}
