package fr.vigie.batch.jobs;

import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The folder of one run: what the control and the worker hand to each other, and the worker's log. */
record RunFolder(Path path) {

    /** What has served once the run is over; it holds lines of patients or takes room. The rest of the request and the log stay. */
    private static final List<String> PASSING =
            List.of("staging", "spark", WorkerRequest.DELIVERIES, WorkerResult.MEASURES, WorkerResult.STEP_COUNTS);

    /** Requests and logs of that many ended runs stay, to look into what happened. */
    private static final int KEPT = 10;

    static RunFolder fresh(InstanceHome home) {
        Path folder = home.run(LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"))
                + "-" + UUID.randomUUID().toString().substring(0, 4));
        try {
            return new RunFolder(Files.createDirectories(folder));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Clears what killed or failed runs left, and all of the old ones; only while the run lock is held, before this run has its folder. */
    static void sweep(InstanceHome home) {
        try (Stream<Path> folders = Files.list(home.run("."))) {
            List<RunFolder> ended = folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(folder -> folder.getFileName().toString()))
                    .map(RunFolder::new)
                    .toList();
            int old = Math.max(0, ended.size() - KEPT);
            ended.subList(0, old).forEach(run -> delete(run.path));
            ended.subList(old, ended.size()).forEach(RunFolder::tidy);
        } catch (IOException none) {
            // No run yet.
        }
    }

    void tidy() {
        PASSING.forEach(name -> delete(path.resolve(name)));
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path one : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException problem) {
            // What could not be deleted now is tried again by the next run.
        }
    }
}
