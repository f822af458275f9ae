package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.schema.WorkerRequest;
import fr.vigie.schema.WorkerResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** The worker without a process of its own: many runs in one session. */
public final class WorkerInProcess implements AutoCloseable {

    private final SparkSession spark = LocalSession.start();

    public void run(WorkerRequest request) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        new WorkerSteps(spark, request, Progress.to(said)).execute();
        List<String> steps = said.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("\\t[^\\t]*$", ""))
                .toList();
        assertEquals(
                IntStream.range(0, steps.size())
                        .mapToObj(step -> WorkerResult.PROGRESS + "\t" + step + "\t" + steps.size())
                        .toList(),
                steps,
                "each step says its place among all of them, from the first one");
    }

    @Override
    public void close() {
        spark.stop();
    }
}
