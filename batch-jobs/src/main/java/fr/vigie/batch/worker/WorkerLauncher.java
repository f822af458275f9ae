package fr.vigie.batch.worker;

import fr.vigie.batch.Failure;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.schema.WorkerResult;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final String LOCAL_DISK = "fr.vigie.pipelines.LocalDisk";
    private static final String MEMORY = "VIGIE_WORKER_MEMORY";
    private static final String NO_MEMORY = "java.lang.OutOfMemoryError";
    private static final String NO_SPACE = "No space left on device";

    /** By the system, which does so when the machine runs out of memory. */
    private static final int KILLED = 137;

    private static final String DEFAULT_MEMORY = "3g";
    private static final Pattern MEMORY_WORDS = Pattern.compile("(\\d{1,7})([kKmMgG])");

    /** Spark refuses to start under 450 MB, and counts less than what it is given. */
    private static final long LEAST_MEGABYTES = 512;

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

    private final Path target;
    private final ClassArchive classes;
    private final String master;

    /**
     * @param root folder of the project, which holds the built modules
     * @param home folder of the instance
     */
    public WorkerLauncher(Path root, Path home, String master) {
        this.target = root.toAbsolutePath().resolve("pipelines").resolve("target");
        this.classes = new ClassArchive(target, home);
        this.master = master;
    }

    /** Says what is wrong with the memory given to the worker, before anything is opened. */
    public static void checkMemory() {
        checkMemory(memory());
    }

    static void checkMemory(String given) {
        Matcher words = MEMORY_WORDS.matcher(given);
        if (!words.matches() || megabytes(Long.parseLong(words.group(1)), words.group(2)) < LEAST_MEGABYTES) {
            throw Failure.usage("Valeur incorrecte pour " + MEMORY + "\u202f: «\u00a0" + given
                    + "\u00a0». Donnez au moins " + LEAST_MEGABYTES + "m, par exemple " + MEMORY + "="
                    + DEFAULT_MEMORY + ".");
        }
    }

    private static long megabytes(long number, String unit) {
        return switch (unit) {
            case "k", "K" -> number >> 10;
            case "m", "M" -> number;
            default -> number << 10;
        };
    }

    /** Runs the worker to its end. */
    public void run(WorkerRequest request, Path folder, Listener listener) {
        Path log = folder.resolve("worker.log");
        try {
            Path file = folder.resolve("request.yaml");
            request.write(file);
            Process process = new ProcessBuilder(command(request, file))
                    // Whatever Java or Spark leaves where it works is left there, and not where the command was typed.
                    .directory(folder.toFile())
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
                    if (words.length == 4 && words[0].equals(WorkerResult.PROGRESS)) {
                        listener.step(Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]);
                    } else {
                        rest.write(line + "\n");
                        rest.flush();
                    }
                }
            }
            int code = process.waitFor();
            Path made = folder.resolve(ClassArchive.NAME);
            if (code == 0 && Files.exists(made)) {
                classes.keep(made);
            }
            Files.deleteIfExists(made);
            Path unreadable = folder.resolve(WorkerResult.UNREADABLE);
            if (Files.exists(unreadable)) {
                throw Failure.of(Files.readString(unreadable));
            }
            if (code != 0 || !Files.exists(folder.resolve(WorkerResult.DONE))) {
                throw Failure.of(why(code, log));
            }
        } catch (IOException problem) {
            throw Failure.of(
                    "Le calcul n’a pas pu être lancé\u202f: «\u00a0vigie doctor\u00a0» dit ce qui manque.", problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.of("Le calcul a été interrompu. Relancez la même commande.", interrupted);
        }
    }

    /** The two ends that relaunching alone would not change have a remedy of their own. */
    private static String why(int code, Path log) throws IOException {
        String safe = " Rien n’est publié, rien n’est perdu\u202f: ";
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            List<String> causes = lines.filter(line -> line.contains(NO_MEMORY) || line.contains(NO_SPACE))
                    .toList();
            if (causes.stream().anyMatch(line -> line.contains(NO_SPACE))) {
                return "Le disque est plein." + safe + "libérez de la place et relancez la même commande.";
            }
            if (!causes.isEmpty() || code == KILLED) {
                return "Le calcul a manqué de mémoire (" + memory() + ")." + safe
                        + "relancez la même commande avec davantage, par exemple " + MEMORY
                        + "=6g, ou moins si la machine elle-même n’en a plus. Le journal est " + log + ".";
            }
        }
        return "Le calcul s’est arrêté avant la fin (code " + code + ")." + safe
                + "relancez la même commande. Si l’arrêt se répète, le journal est " + log
                + " (mémoire\u202f: variable " + MEMORY + ", aujourd’hui " + memory() + ").";
    }

    private List<String> command(WorkerRequest request, Path file) throws IOException {
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
        // Capitals are those of French, whatever the machine's own language.
        command.add("-Duser.language=fr");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Dstdout.encoding=UTF-8");
        command.addAll(
                request.hasFewLines()
                        // Spark fills the 48 MB that Java then keeps for compiled code, and would have it compiled
                        // again and again. A heap that starts small is swept a hundred times before it has its size.
                        ? List.of(
                                "-XX:TieredStopAtLevel=1",
                                "-XX:ReservedCodeCacheSize=240m",
                                "-XX:+UseSerialGC",
                                "-Xms" + memory(),
                                "-XX:MetaspaceSize=256m")
                        : List.of("-XX:+UseParallelGC"));
        // Loading Spark's classes takes longer than a small run: the first of them leaves them ready for the next.
        Optional<Path> archive = classes.of(jar);
        command.add("-Xshare:auto");
        if (archive.isPresent()) {
            command.add("-XX:SharedArchiveFile=" + archive.get());
        } else if (request.hasFewLines()) {
            command.add("-XX:ArchiveClassesAtExit=" + file.resolveSibling(ClassArchive.NAME));
        }
        OPENED.forEach(module -> command.add("--add-opens=" + module + "=ALL-UNNAMED"));
        command.add("-cp");
        command.add(jar + File.pathSeparator + target.resolve("lib") + File.separator + "*");
        // From the folder where it works: Spark would cut a home with a comma in its name into several.
        command.addAll(List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master,
                "--conf",
                "spark.local.dir=spark",
                "--conf",
                "spark.sql.warehouse.dir=spark/entrepot"));
        if (master.startsWith("local")) {
            // Nobody outside has to reach it; on a cluster the executors do.
            command.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
            // Told here: the entry point opens the local disk before there is a session. Executors elsewhere keep
            // Hadoop's own.
            command.addAll(List.of("--conf", "spark.hadoop.fs.file.impl=" + LOCAL_DISK));
        }
        command.addAll(List.of("--class", MAIN, jar.toString(), file.toString()));
        return command;
    }

    private static String memory() {
        return System.getenv().getOrDefault(MEMORY, DEFAULT_MEMORY);
    }
}
