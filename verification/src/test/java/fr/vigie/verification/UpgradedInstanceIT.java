package fr.vigie.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.pipelines.WorkerBeside;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that the first version made opens, is brought up, and says what an instance made today of the same files says. */
class UpgradedInstanceIT {

    private static final String FORMER = "/instance-1841ea2/";
    private static final Path FILES = Path.of("src/test/resources" + FORMER + "depots");
    private static final String[] REFRESH = {"refresh", "--as-of", "2025-12-31T23:59", "--depth", "1"};

    @TempDir
    Path folder;

    @Test
    void whatTheFirstVersionLoadedPublishesWhatIsLoadedToday() throws IOException, InterruptedException {
        Path former = unpacked();
        assertTrue(partitions(former) > 0, "it was not made by the first version");
        try (WorkerBeside worker = new WorkerBeside(folder.resolve("programme"));
                Instance upgraded = new Instance(former);
                Instance fresh = new Instance(folder.resolve("neuve"), worker.root())) {
            List<String> before = files(upgraded);
            upgraded.call(0, REFRESH);
            assertEquals(0, partitions(former));
            assertEquals(before, files(upgraded));
            assertEquals("2", Files.readString(former.resolve("format")).strip());
            // A run more finds nothing left to bring up, and gives the same.
            String upgradedPrint = print(upgraded);

            fresh.call(
                    0,
                    "run",
                    FILES.resolve("1").toString(),
                    FILES.resolve("2").toString(),
                    "--complete-to",
                    "2026-01-15",
                    "--as-of",
                    "2025-12-31T23:59",
                    "--depth",
                    "1");
            assertEquals(print(fresh), upgradedPrint);
            assertEquals(cad01(fresh), cad01(upgraded));
            assertTrue(
                    cad01(upgraded).startsWith("CAD-01;1;ENSEMBLE;ENSEMBLE;Ensemble;2025;;2;5;40;"), cad01(upgraded));
            // What was withdrawn then is withdrawn now, and can come back.
            assertTrue(
                    before.stream().anyMatch(row -> row.startsWith("rendez_vous-essai.csv;") && row.contains("RETIRE")),
                    String.join("\n", before));
            List<String> again = upgraded.call(0, "load", FILES.resolve("3").toString(), "--complete-to", "2026-01-15");
            assertTrue(again.get(1).endsWith(";1;1;0;0;CHARGE;"), again.get(1));
            assertEquals(List.of(), open(upgraded.lake()));
        }
    }

    /** What others may read of the layers, whatever the umask of the worker: that of the tests leaves files open. */
    private static List<Path> open(Path lake) throws IOException {
        try (Stream<Path> paths = Files.walk(lake)) {
            List<Path> open = new ArrayList<>();
            for (Path path : (Iterable<Path>) paths::iterator) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                if (!mode.endsWith("------") && !lake.equals(path.getParent())) {
                    open.add(path);
                }
            }
            return open;
        }
    }

    private static List<String> files(Instance instance) throws IOException, InterruptedException {
        return instance.call(0, "status", "--format", "csv");
    }

    private static String print(Instance instance) throws IOException, InterruptedException {
        Optional<String> line = instance.call(0, "status", "--format", "json").stream()
                .filter(text -> text.contains("\"empreinte\""))
                .findFirst();
        assertFalse(line.isEmpty(), "nothing is published");
        return line.get();
    }

    private static String cad01(Instance instance) throws IOException, InterruptedException {
        return instance.call(
                        0,
                        "values",
                        "--indicator",
                        "CAD-01",
                        "--period",
                        "2025",
                        "--territory",
                        "ENSEMBLE",
                        "--format",
                        "csv")
                .get(1)
                .replaceFirst("[0-9]+$", "");
    }

    private static long partitions(Path home) throws IOException {
        try (Stream<Path> paths = Files.walk(home.resolve("lake").resolve("bronze"))) {
            return paths.filter(path -> path.getFileName().toString().startsWith("_livraison="))
                    .count();
        }
    }

    private Path unpacked() throws IOException {
        try (InputStream file = UpgradedInstanceIT.class.getResourceAsStream(FORMER + "home.tar.xz");
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.copy(tar, path);
                }
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(entry.isDirectory() ? "rwx------" : "rw-------"));
            }
        }
        return folder.resolve("home");
    }
}
