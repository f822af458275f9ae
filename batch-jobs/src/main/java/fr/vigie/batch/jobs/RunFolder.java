package fr.vigie.batch.jobs;

import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.schema.RunResult;
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

    /** What has served once the run is over; it holds lines of patients or takes room. The request and the log stay. */
    private static final List<String> PASSING = List.of("staging", "spark", RunResult.MEASURES, RunResult.STEP_COUNTS);

    static RunFolder fresh(InstanceHome home) {
        Path folder = home.run(LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"))
                + "-" + UUID.randomUUID().toString().substring(0, 4));
        try {
            return new RunFolder(Files.createDirectories(folder));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Clears what killed or failed runs left; only while the run lock is held. */
    static void sweep(InstanceHome home) {
        try (Stream<Path> folders = Files.list(home.run("."))) {
            folders.filter(Files::isDirectory).forEach(folder -> new RunFolder(folder).tidy());
        } catch (IOException none) {
            // No run yet.
        }
    }

    void tidy() {
        try {
            for (String name : PASSING) {
                Path passing = path.resolve(name);
                if (Files.exists(passing)) {
                    try (Stream<Path> paths = Files.walk(passing)) {
                        for (Path one : paths.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(one);
                        }
                    }
                }
            }
        } catch (IOException problem) {
            // What could not be deleted now is tried again by the next run.
        }
    }
}
