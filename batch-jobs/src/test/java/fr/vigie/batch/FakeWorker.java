package fr.vigie.batch;

import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.schema.WorkerRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A built project whose worker is {@link org.apache.spark.deploy.SparkSubmit} of the tests, and what that worker must find. */
public final class FakeWorker {

    private final Path root;
    private final Path script;

    private FakeWorker(Path root, Path script) {
        this.root = root;
        this.script = script;
    }

    /** Lays out {@code folder} as the folder of the project after a build. */
    public static FakeWorker in(Path folder, InstanceHome home) throws IOException {
        Path target = Files.createDirectories(folder.resolve("pipelines").resolve("target"));
        Files.createDirectories(target.resolve("lib"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toUri().toString());
        }
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", entries));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(target.resolve("pipelines-0.jar")), manifest)) {
            jar.finish();
        }
        return new FakeWorker(folder, Files.createDirectories(home.lake().resolve("_faux")));
    }

    /** The folder of the project. */
    public Path root() {
        return root;
    }

    /** What it will leave as values: rows of {@code WorkerResult.VALUE_COLUMNS}. */
    public FakeWorker findsValues(String... rows) throws IOException {
        return writes("valeurs.csv", rows);
    }

    public FakeWorker findsFunnel(String... rows) throws IOException {
        return writes("entonnoirs.csv", rows);
    }

    public FakeWorker findsTerritories(String... rows) throws IOException {
        return writes("territoires.csv", rows);
    }

    /** What it will leave as rejects found across lines, header included. */
    public FakeWorker findsRejects(String... rows) throws IOException {
        return writes("rejets.csv", rows);
    }

    /** The deliveries that it will say cycles make refused. */
    public FakeWorker refuses(String... ids) throws IOException {
        return writes("refusees.txt", ids);
    }

    private FakeWorker writes(String name, String... rows) throws IOException {
        Files.writeString(script.resolve(name), rows.length == 0 ? "" : String.join("\n", rows) + "\n");
        // A worker that says otherwise is another program: what the former one computed is computed again.
        Files.writeString(
                root.resolve("pipelines").resolve("target").resolve("lib").resolve(name + ".jar"),
                UUID.randomUUID().toString());
        return this;
    }

    public void fails() throws IOException {
        failsSaying("");
    }

    /** It will end with these words in its log. */
    public void failsSaying(String words) throws IOException {
        Files.writeString(script.resolve("echec"), words);
    }

    /** It will stay at work until {@link #behavesAgain()}. */
    public void staysAtWork() throws IOException {
        Files.createFile(script.resolve("attente"));
    }

    public void behavesAgain() throws IOException {
        Files.deleteIfExists(script.resolve("echec"));
        Files.deleteIfExists(script.resolve("attente"));
        Files.deleteIfExists(script.resolve("en-cours"));
    }

    /** Waits until the worker that stays is at work; gives its process. */
    public ProcessHandle awaitAtWork() throws IOException, InterruptedException {
        Path mark = script.resolve("en-cours");
        for (int tenth = 0; tenth < 600; tenth++) {
            if (Files.exists(mark) && Files.size(mark) > 0) {
                return ProcessHandle.of(Long.parseLong(Files.readString(mark))).orElseThrow();
            }
            Thread.sleep(100);
        }
        throw new IOException("the fake worker never started");
    }

    /** What it was asked, in order. */
    public List<WorkerRequest> requests() throws IOException {
        List<WorkerRequest> requests = new ArrayList<>();
        for (int number = 1; Files.exists(script.resolve("demande-" + number)); number++) {
            requests.add(WorkerRequest.read(script.resolve("demande-" + number).resolve("request.yaml")));
        }
        return requests;
    }

    /** A line of published values, as a reader sees it. */
    public static String value(
            String indicator,
            String place,
            String period,
            String breakdown,
            int numerator,
            int denominator,
            String percent) {
        String[] typeAndCode = place.split(":");
        return String.join(
                ";",
                indicator,
                "1",
                typeAndCode[0],
                typeAndCode[1],
                "Nom de " + typeAndCode[1],
                period,
                breakdown,
                String.valueOf(numerator),
                String.valueOf(denominator),
                percent,
                "",
                "",
                "",
                "SANS_CIBLE",
                "PUBLIE");
    }
}
