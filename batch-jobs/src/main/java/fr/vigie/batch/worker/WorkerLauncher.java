package fr.vigie.batch.worker;

import fr.vigie.batch.Failure;
import fr.vigie.schema.RunRequest;
import fr.vigie.schema.RunResult;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the Spark application through Spark's own submit entry point, in a process of its own, and follows it. Its standard input is a pipe
 * that stays open as long as this process lives: the worker ends when it closes.
 */
public final class WorkerLauncher {

    /** Hears where the worker is. */
    public interface Listener {
        void step(int done, int total, String label);
    }

    private static final String MAIN = "fr.vigie.pipelines.Worker";
    private static final String CLASSES = "worker.jsa";
    private static final String MEMORY = "VIGIE_WORKER_MEMORY";
    private static final String DEFAULT_MEMORY = "3g";

    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    private final Path root;
    private final String master;

    /** @param root folder of the project, which holds the built modules */
    public WorkerLauncher(Path root, String master) {
        this.root = root;
        this.master = master;
    }

    /** Runs the worker to its end. */
    public void run(RunRequest request, Path folder, Listener listener) {
        Path log = folder.resolve("worker.log");
        try {
            Path file = folder.resolve("request.yaml");
            request.write(file);
            Process process = new ProcessBuilder(command(request, file))
                    // Two write to it: what the worker says to its standard output and is not a step goes there too.
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            // The pipe is kept open for the life of this process and never written to.
            try (BufferedReader out = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                    BufferedWriter rest =
                            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    String[] words = line.split("\t");
                    if (words.length == 4 && words[0].equals(RunResult.PROGRESS)) {
                        listener.step(Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]);
                    } else {
                        rest.write(line + "\n");
                        rest.flush();
                    }
                }
            }
            int code = process.waitFor();
            keepClasses(folder.resolve(CLASSES), code);
            if (code != 0 || !Files.exists(folder.resolve(RunResult.DONE))) {
                throw Failure.of("Le calcul s’est arrêté avant la fin (code " + code
                        + "). Rien n’est publié, rien n’est perdu\u202f: relancez la même commande. Si l’arrêt se répète, le journal est "
                        + log + " (mémoire\u202f: variable " + MEMORY + ", aujourd’hui " + memory() + ").");
            }
        } catch (IOException problem) {
            throw Failure.of(
                    "Le calcul n’a pas pu être lancé\u202f: «\u00a0vigie doctor\u00a0» dit ce qui manque.", problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.of("Le calcul a été interrompu. Relancez la même commande.", interrupted);
        }
    }

    private void keepClasses(Path made, int code) throws IOException {
        if (code == 0 && Files.exists(made)) {
            Files.move(made, root.resolve("pipelines/target").resolve(CLASSES), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(made);
        }
    }

    private List<String> command(RunRequest request, Path file) throws IOException {
        Path target = root.resolve("pipelines").resolve("target");
        Path jar;
        try (Stream<Path> jars = Files.list(target)) {
            jar = jars.filter(path -> path.getFileName().toString().matches("pipelines-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the worker is not built"));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + memory());
        command.add("-Duser.timezone=Europe/Paris");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Dstdout.encoding=UTF-8");
        command.addAll(
                request.hasFewLines()
                        ? List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                        : List.of("-XX:+UseParallelGC"));
        // Loading Spark's classes takes longer than a small run: the first of them leaves them ready for the next.
        Path archive = target.resolve(CLASSES);
        command.add("-Xshare:auto");
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        } else if (request.hasFewLines()) {
            command.add("-XX:ArchiveClassesAtExit=" + file.resolveSibling(CLASSES));
        }
        OPENED.forEach(module -> command.add("--add-opens=" + module + "=ALL-UNNAMED"));
        command.add("-cp");
        command.add(jar + File.pathSeparator + target.resolve("lib") + File.separator + "*");
        command.addAll(List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master,
                "--conf",
                "spark.local.dir=" + file.resolveSibling("spark")));
        if (master.startsWith("local")) {
            // Nobody outside has to reach it; on a cluster the executors do.
            command.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
        }
        command.addAll(List.of("--class", MAIN, jar.toString(), file.toString()));
        return command;
    }

    private static String memory() {
        return System.getenv().getOrDefault(MEMORY, DEFAULT_MEMORY);
    }
}
