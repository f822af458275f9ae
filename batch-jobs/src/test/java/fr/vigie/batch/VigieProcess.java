package fr.vigie.batch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, as the launcher starts it: it can be killed, and its two streams are apart. */
public final class VigieProcess {

    /** How it ended. */
    public record Ended(int code, String out, String err) {}

    private final Process process;
    private final Path out;
    private final Path err;

    private VigieProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param root folder of the project that the launcher would name */
    public static VigieProcess start(Path root, Map<String, String> environment, String... arguments)
            throws IOException {
        Path out = Files.createTempFile("vigie", ".out");
        Path err = Files.createTempFile("vigie", ".err");
        out.toFile().deleteOnExit();
        err.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dvigie.root=" + root,
                "-cp",
                System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                "fr.vigie.batch.cli.Vigie"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new VigieProcess(builder.start(), out, err);
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C does, or a machine that shuts down. */
    public void interrupt() {
        process.destroy();
    }

    public Ended await() throws IOException, InterruptedException {
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("the command never ended");
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
