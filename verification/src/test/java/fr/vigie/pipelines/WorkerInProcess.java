package fr.vigie.pipelines;

import fr.vigie.schema.WorkerRequest;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** The worker without a process of its own: many runs in one session. */
public final class WorkerInProcess implements AutoCloseable {

    private final SparkSession spark = LocalSession.start();

    public void run(WorkerRequest request) throws IOException {
        new WorkerSteps(spark, request, Progress.silent()).execute();
    }

    @Override
    public void close() {
        spark.stop();
    }
}
