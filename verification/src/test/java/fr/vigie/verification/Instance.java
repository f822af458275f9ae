package fr.vigie.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An instance of its own, driven by the built command: control, worker and PostgreSQL are the processes that a user has. */
public final class Instance implements AutoCloseable {

    /** How a command ended. */
    public record Ended(int code, List<String> out, String err) {}

    private static final Pattern STEP = Pattern.compile("(?m)^étape (\\d+)/(\\d+)\u00a0: ");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path home;
    private final Path program;

    public Instance(Path home) {
        this(home, ROOT);
    }

    /** @param program folder of a built project, of which the worker is taken; the control is that of this build */
    public Instance(Path home, Path program) {
        this.home = home;
        this.program = program;
    }

    public Path lake() {
        return home.resolve("lake");
    }

    /** The lines that the command prints, in CSV; it must end with this code. */
    public List<String> call(int code, String... arguments) throws IOException, InterruptedException {
        Ended ended = call(arguments);
        assertEquals(code, ended.code(), () -> String.join(" ", arguments) + "\n" + ended.err());
        return ended.out();
    }

    public Ended call(String... arguments) throws IOException, InterruptedException {
        Path batch = ROOT.resolve("batch-jobs/target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dvigie.root=" + program,
                "-cp",
                jar(batch) + File.pathSeparator + batch.resolve("lib") + File.separator + "*",
                "fr.vigie.batch.cli.Vigie"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", home.toString()));
        Path out = Files.createTempFile("vigie", ".out");
        Path err = Files.createTempFile("vigie", ".err");
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("the command never ended");
        }
        Ended ended = new Ended(
                process.exitValue(),
                Files.readAllLines(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
        checkSteps(ended);
        Files.delete(out);
        Files.delete(err);
        return ended;
    }

    /** Whoever waits reads « étape k/N » with one N from the first step to the last; what fails or is refused stops before it. */
    private static void checkSteps(Ended ended) {
        List<MatchResult> steps = STEP.matcher(ended.err()).results().toList();
        int total = ended.code() != 0 && !steps.isEmpty()
                ? Integer.parseInt(steps.get(0).group(2))
                : steps.size();
        assertEquals(
                IntStream.rangeClosed(1, steps.size())
                        .mapToObj(step -> step + "/" + total)
                        .toList(),
                steps.stream().map(step -> step.group(1) + "/" + step.group(2)).toList(),
                ended.err());
    }

    private static Path jar(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("batch-jobs-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the control is not built: ./mvnw package"));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            call("stop");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
