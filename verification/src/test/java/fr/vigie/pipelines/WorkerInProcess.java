package fr.vigie.pipelines;

import fr.vigie.schema.RunRequest;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** The worker without a process of its own: many runs in one session. */
public final class WorkerInProcess implements AutoCloseable {

    private final SparkSession spark = LocalSession.start();

    public void run(RunRequest request) throws IOException {
        new Run(spark, request, Progress.silent()).execute();
    }

    @Override
    public void close() {
        spark.stop();
    }
}
