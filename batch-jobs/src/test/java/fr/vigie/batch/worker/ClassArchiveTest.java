package fr.vigie.batch.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path folder;

    private Path program;
    private Path home;
    private Path jar;

    @BeforeEach
    void build() throws IOException {
        program = Files.createDirectories(folder.resolve("programme"));
        home = Files.createDirectories(folder.resolve("instance"));
        jar = Files.writeString(program.resolve("pipelines-0.jar"), "");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
    }

    @Test
    void whatOneRunLeavesServesEveryInstanceOfTheBuild() throws IOException {
        new ClassArchive(program, home).keep(made(home));

        assertEquals(Optional.of(program.resolve("worker.jsa")), new ClassArchive(program, folder).of(jar));
        assertEquals(List.of(), files(home));
        assertEquals(
                "rw-r--r--",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(program.resolve("worker.jsa"))));
    }

    @Test
    void whereTheProgramCannotBeWrittenTheInstanceKeepsItsOwn() throws IOException {
        // A file in the place of the folder: not even root writes below it.
        Path closed = Files.writeString(folder.resolve("fermé"), "");

        new ClassArchive(closed, home).keep(made(home));

        assertEquals(Optional.of(home.resolve("worker.jsa")), new ClassArchive(closed, home).of(jar));
        assertEquals(List.of("worker.jsa"), files(home));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("worker.jsa"))));
    }

    @Test
    void comesWholeFromAnotherDisk() throws IOException {
        assumeTrue(Files.isWritable(MEMORY) && !Files.getFileStore(MEMORY).equals(Files.getFileStore(folder)));
        Path other = Files.createTempDirectory(MEMORY, "vigie");
        try {
            new ClassArchive(program, other).keep(made(other));

            assertEquals("classes", Files.readString(program.resolve("worker.jsa")));
            assertEquals(List.of("pipelines-0.jar", "worker.jsa"), files(program));
        } finally {
            try (Stream<Path> paths = Files.walk(other)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Test
    void oneThatIsOlderThanTheProgramIsMadeAgain() throws IOException {
        Path older = Files.writeString(home.resolve("worker.jsa"), "");
        Files.setLastModifiedTime(older, FileTime.fromMillis(999_000));

        assertEquals(Optional.empty(), new ClassArchive(program, home).of(jar));
    }

    @Test
    void aFullDiskIsNoFailureOfTheRun() throws IOException {
        Path closed = Files.writeString(folder.resolve("fermé"), "");
        Path made = made(home);

        new ClassArchive(closed, closed).keep(made);

        assertFalse(Files.exists(home.resolve("worker.jsa")));
    }

    private static Path made(Path home) throws IOException {
        Path run = Files.createDirectories(home.resolve("runs/1"));
        Path made = Files.writeString(run.resolve("worker.jsa"), "classes");
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
        return made;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
