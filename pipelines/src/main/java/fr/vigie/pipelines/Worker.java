package fr.vigie.pipelines;

import fr.vigie.schema.WorkerRequest;
import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark application: one per run, started through Spark's submit entry point with the path of one {@link WorkerRequest}.
 *
 * <p>It can be killed at any moment: every step writes whole tables or whole partitions, and {@link WorkerResult#DONE} is written last.
 */
public final class Worker {

    private Worker() {}

    public static void main(String[] arguments) throws IOException {
        // Delta writes the names of its files in the digits of the machine's language, and only finds the Latin ones
        // again.
        Locale.setDefault(Locale.ENGLISH);
        WorkerRequest request = WorkerRequest.read(Path.of(arguments[0]));
        ControlPipe.endWhenItCloses();
        try (LakeLock lock = LakeLock.take(request.lake());
                SparkSession spark = Session.start(request.hasFewLines())) {
            new WorkerSteps(spark, request, Progress.toStandardOutput()).execute();
            Files.createFile(Path.of(request.exchange(), WorkerResult.DONE));
        } catch (Unreadable problem) {
            Files.writeString(Path.of(request.exchange(), WorkerResult.UNREADABLE), problem.getMessage());
            throw problem;
        }
    }
}
