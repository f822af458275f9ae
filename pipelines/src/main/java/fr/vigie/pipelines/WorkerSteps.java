package fr.vigie.pipelines;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.WorkerRequest;
import java.io.IOException;
import java.util.Map;
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
        Lake lake = new Lake(spark, request.lake());
        Sql.declareFunctions(spark);
        new FormerBronze(lake, progress).bringUp(contracts.keySet());
        new Bronze(spark, lake, contracts, progress).append(request.deliveries());
        boolean isFull = request.refresh().map(WorkerRequest.Refresh::isFull).orElse(false);
        boolean refuses =
                new Silver(spark, lake, contracts, progress).rebuild(request.deliveries(), request.exchange(), isFull);
        Purge purge = new Purge(lake, contracts, progress);
        purge.allBut(request.deliveries());
        boolean stops = refuses
                && request.refresh().map(WorkerRequest.Refresh::isStrict).orElse(false);
        if (request.refresh().isPresent() && !stops) {
            Set<String> received =
                    request.deliveries().stream().map(Delivery::feed).collect(Collectors.toSet());
            new Refresh(spark, lake, contracts, progress, request.refresh().get(), received)
                    .compute(request.exchange());
        }
    }
}
