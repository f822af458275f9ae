package fr.vigie.verification.deliveries;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.pipelines.WorkerInProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worlds split into many deliveries: after each load and withdrawal silver holds what the plain model says, and the ledger, the rejects and what
 * the load said agree with it. A batch of worlds shares one store, so that a hundred cost few loads. {@code -Dvigie.deliveries.command=true} sends
 * them to real instances by the command, ledger and refreshes included.
 */
class DeliveriesIT {

    private static final int BATCH = 100;
    private static final int WORLDS = Integer.getInteger("vigie.deliveries.worlds", BATCH);
    private static final long SEED = Long.getLong("vigie.deliveries.seed", 1);

    /** Every key of contrat.md 2 but those that are alike; other seeds draw among all the feeds. */
    private static final List<Shape> FIRST =
            List.of(Shape.RENDEZ_VOUS, Shape.DECLARATIONS_MT, Shape.PATIENTS, Shape.PROFESSIONNELS);

    private static final boolean BY_COMMAND = Boolean.getBoolean("vigie.deliveries.command");

    /** L: a load. W: takes back what was sent for it. R: a refresh, which must change nothing of this. */
    private static final String COMMANDS = System.getProperty("vigie.deliveries.commands", "LLWRLWL");

    @TempDir
    private Path folder;

    private int deliveries;
    private int compared;
    private final List<String> differences = new ArrayList<>();

    @Test
    void anInstanceHoldsWhatItsDeliveriesSayWhateverTheirOrder() throws Exception {
        try (WorkerInProcess worker = new WorkerInProcess()) {
            for (int first = 0; first < WORLDS; first += BATCH) {
                long seed = SEED + first / BATCH;
                Path home = folder.resolve("instance-" + seed);
                try (Store store = BY_COMMAND ? new CommandStore(home) : new MemoryStore(home, worker)) {
                    batch(store, seed, Math.min(BATCH, WORLDS - first));
                }
            }
        }
        System.err.println(WORLDS + " worlds, " + deliveries + " deliveries, " + compared + " lines compared, "
                + differences.size() + " differences, from seed " + SEED);
        assertEquals(List.of(), differences.stream().limit(20).toList());
    }

    private void batch(Store store, long seed, int worlds) throws Exception {
        List<Shape> shapes = shapes(seed);
        List<RandomDeliveries> senders = IntStream.range(0, worlds)
                .mapToObj(world -> new RandomDeliveries(seed, world, shapes))
                .toList();
        PlainWarehouse expected = new PlainWarehouse();
        Path inbox = Files.createDirectories(folder.resolve("depot-" + seed));
        for (int step = 0; step < COMMANDS.length(); step++) {
            String where = "seed " + seed + ", command " + step + ": ";
            switch (COMMANDS.charAt(step)) {
                case 'L' -> {
                    List<String> archives = archives(step);
                    List<SentFile> files = new ArrayList<>();
                    senders.forEach(sender -> files.addAll(sender.load(archives)));
                    Path sent = write(files, Files.createDirectories(inbox.resolve("envoi-" + step)));
                    deliveries += files.size();
                    expected.load(files);
                    compare(where + "load", printed(expected, files), store.load(sent));
                }
                case 'W' -> {
                    String archive = "retrait-" + step + ".zip";
                    if (expected.holds(archive)) {
                        expected.withdraw(archive);
                        store.withdraw(archive);
                    }
                }
                default -> store.refresh();
            }
            silver(where, expected, shapes, store.lake());
        }
        ledger("seed " + seed + ": ", expected, store);
    }

    private static List<Shape> shapes(long seed) {
        if (seed == 1) {
            return FIRST;
        }
        List<Shape> all = new ArrayList<>(List.of(Shape.values()));
        Collections.shuffle(all, new Random(seed));
        List<Shape> drawn = new ArrayList<>(all.subList(0, FIRST.size()));
        // Cycles are half of what can go wrong.
        drawn.set(0, seed % 2 == 0 ? Shape.RENDEZ_VOUS : Shape.ORIENTATIONS);
        return drawn.stream().distinct().toList();
    }

    /** The archives that later commands take back. */
    private static List<String> archives(int step) {
        return IntStream.range(step + 1, COMMANDS.length())
                .filter(later -> COMMANDS.charAt(later) == 'W')
                .mapToObj(later -> "retrait-" + later + ".zip")
                .toList();
    }

    private static Path write(List<SentFile> files, Path sent) throws IOException {
        Map<String, ZipOutputStream> archives = new TreeMap<>();
        for (SentFile file : files) {
            String[] name = file.name().split("!/");
            String own = name[name.length - 1];
            if (name.length == 1) {
                Files.writeString(sent.resolve(own), file.text());
                Files.writeString(sent.resolve(own + ".manifeste.yaml"), file.manifest());
                continue;
            }
            if (!archives.containsKey(name[0])) {
                OutputStream out = Files.newOutputStream(sent.resolve(name[0]));
                archives.put(name[0], new ZipOutputStream(out));
            }
            ZipOutputStream zip = archives.get(name[0]);
            for (Map.Entry<String, String> entry : Map.of(own, file.text(), own + ".manifeste.yaml", file.manifest())
                    .entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        for (ZipOutputStream zip : archives.values()) {
            zip.close();
        }
        return sent;
    }

    /** What {@code load} prints of these files. */
    private static Set<String> printed(PlainWarehouse expected, List<SentFile> files) {
        Set<String> lines = new TreeSet<>();
        for (SentFile file : files) {
            PlainWarehouse.Delivered delivered = expected.of(file);
            boolean isKnown = delivered.counts() && !delivered.file().name().equals(file.name());
            lines.add(row(file.name(), expected, delivered, isKnown ? "DEJA_CHARGE" : delivered.status()));
        }
        return lines;
    }

    private static String row(String name, PlainWarehouse expected, PlainWarehouse.Delivered delivered, String status) {
        // Lines of a file without a mandatory column are not read.
        int read = delivered.file().lacksColumn() ? 0 : delivered.file().lines().size();
        int rejected = delivered.file().lacksColumn() ? 0 : expected.rejected(delivered);
        return String.join(
                ";", name, String.valueOf(read), String.valueOf(read - rejected), String.valueOf(rejected), status);
    }

    private void ledger(String where, PlainWarehouse expected, Store store) throws Exception {
        Set<String> rows = new TreeSet<>();
        List<Set<String>> rejects = new ArrayList<>();
        Set<String> unread = new HashSet<>();
        for (PlainWarehouse.Delivered delivered : expected.ledger()) {
            SentFile file = delivered.file();
            rows.add(row(file.name(), expected, delivered, delivered.status()) + ";" + delivered.completeTo());
            if (file.lacksColumn()) {
                unread.add(file.name());
                continue;
            }
            PlainWarehouse.rejectedAtTheDoor(file).forEach(line -> rejects.add(Set.of(file.name() + ";" + line)));
            expected.inCycles(delivered).forEach(places -> rejects.add(named(places)));
        }
        compare(where + "ledger", rows, store.ledger());
        Set<String> found = new TreeSet<>(store.rejected());
        found.removeIf(cells -> unread.contains(cells.split(";")[0]));
        choose(where + "rejects", rejects, found);
    }

    private static Set<String> named(Set<PlainWarehouse.Place> places) {
        Set<String> named = new HashSet<>();
        places.forEach(place -> named.add(place.file() + ";" + place.line()));
        return named;
    }

    private void silver(String where, PlainWarehouse expected, List<Shape> shapes, Path lake) throws Exception {
        Map<String, String> names = new HashMap<>();
        for (PlainWarehouse.Delivered delivered : expected.ledger()) {
            if (delivered.counts()) {
                names.put(id(delivered.file()), delivered.file().name());
            }
        }
        for (Shape shape : shapes) {
            List<Set<String>> rows = new ArrayList<>();
            expected.current(shape).forEach(places -> rows.add(named(places)));
            Set<String> found = new TreeSet<>();
            List<Path> files = DeltaTable.files(lake.resolve("silver").resolve(shape.feed()));
            if (!files.isEmpty()) {
                String list = "['"
                        + String.join("', '", files.stream().map(Path::toString).toList()) + "']";
                try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                        Statement statement = duckdb.createStatement();
                        ResultSet row =
                                statement.executeQuery("SELECT _livraison, _ligne FROM read_parquet(" + list + ")")) {
                    while (row.next()) {
                        found.add(names.getOrDefault(row.getString(1), row.getString(1)) + ";" + row.getInt(2));
                    }
                }
            }
            choose(where + "silver." + shape.feed(), rows, found);
        }
    }

    /** The key of a delivery (contrat.md 2). */
    private static String id(SentFile file) throws NoSuchAlgorithmException {
        String content = hash(file.text());
        return hash(content + "\n" + file.shape().feed() + "\n").substring(0, 32);
    }

    private static String hash(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void compare(String where, Set<String> expected, Set<String> found) {
        choose(where, expected.stream().map(Set::of).toList(), found);
    }

    /** Each of the expected must be there, by one of its forms, and nothing else. */
    private void choose(String where, List<Set<String>> expected, Set<String> found) {
        Set<String> left = new TreeSet<>(found);
        for (Set<String> forms : expected) {
            compared++;
            List<String> there = forms.stream().filter(found::contains).toList();
            if (there.size() != 1) {
                differences.add(where + ": of " + new TreeSet<>(forms) + ", found " + there);
            }
            there.forEach(left::remove);
        }
        left.forEach(one -> differences.add(where + ": found " + one));
    }
}
