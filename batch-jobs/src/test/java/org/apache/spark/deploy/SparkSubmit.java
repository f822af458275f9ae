package org.apache.spark.deploy;

import fr.vigie.batch.Staging;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Stands in for Spark's entry point: a worker without Spark, which the tests of the control launch as the real one is launched. What it finds
 * and how it ends is written beforehand in the lake ({@code fr.vigie.batch.FakeWorker}).
 */
public final class SparkSubmit {

    private SparkSubmit() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[arguments.length - 1]);
        WorkerRequest request = WorkerRequest.read(file);
        Path script = Path.of(request.lake(), "_faux");
        Files.createDirectories(script);
        int number = 1;
        while (Files.exists(script.resolve("demande-" + number))) {
            number++;
        }
        request.write(Files.createDirectory(script.resolve("demande-" + number)).resolve("request.yaml"));
        System.out.println("une ligne qui n’est pas une étape");
        System.out.println(WorkerResult.PROGRESS + "\t0\t2\tbronze");
        System.out.println(WorkerResult.PROGRESS + "\t1\t2\tvaleurs");
        System.out.flush();
        System.err.println("détail pour le journal");
        if (Files.exists(script.resolve("attente"))) {
            Files.writeString(
                    script.resolve("en-cours"),
                    String.valueOf(ProcessHandle.current().pid()));
            endWhenThePipeCloses();
            while (Files.exists(script.resolve("attente"))) {
                Thread.sleep(50);
            }
        }
        if (Files.exists(script.resolve("echec"))) {
            System.err.println(Files.readString(script.resolve("echec")));
            System.exit(1);
        }
        Path exchange = Path.of(request.exchange());
        copy(script, "rejets.csv", exchange.resolve(WorkerResult.REJECTS));
        copy(script, "refusees.txt", exchange.resolve(WorkerResult.REFUSED));
        if (request.refresh().isPresent()) {
            Staging.write(
                    exchange,
                    List.of(rows(script, "valeurs.csv")),
                    rows(script, "entonnoirs.csv"),
                    rows(script, "territoires.csv"));
        }
        Files.createFile(exchange.resolve(WorkerResult.DONE));
    }

    private static void endWhenThePipeCloses() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Only the end of the pipe matters.
                }
            } catch (IOException closed) {
                // Says the same as its end.
            }
            Runtime.getRuntime().halt(70);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private static List<String> rows(Path script, String name) throws IOException {
        return Files.exists(script.resolve(name)) ? Files.readAllLines(script.resolve(name)) : List.of();
    }

    private static void copy(Path script, String name, Path target) throws IOException {
        if (Files.exists(script.resolve(name))) {
            Files.copy(script.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
