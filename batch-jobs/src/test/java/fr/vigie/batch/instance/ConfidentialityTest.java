package fr.vigie.batch.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.instance.Confidentiality.Tightening;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfidentialityTest {

    private static final Tightening NOTHING = new Tightening(0, List.of());

    @TempDir
    private Path folder;

    private Path root = Path.of("");
    private Confidentiality confidentiality = new Confidentiality(new InstanceHome(root));

    /** An instance as earlier versions made it. */
    @BeforeEach
    void openInstance() throws IOException {
        root = open("instance", "rwxr-xr-x", true);
        for (String name : List.of("lake", "lake/gold", "secret", "superset", "superset/cache", "superset/venv")) {
            open("instance/" + name, "rwxr-xr-x", true);
        }
        open("instance/demonstration.html", "rw-r--r--", false);
        open("instance/lake/gold/part-0.parquet", "rw-r--r--", false);
        open("instance/secret/cle-pseudonymes", "rw-------", false);
        open("instance/superset/superset.db", "rw-r--r--", false);
        open("instance/superset/cache/valeurs", "rw-rw-r--", false);
        open("instance/superset/venv/python", "rwxr-xr-x", false);
        open("instance/postgres", "rwxr-xr-x", true);
        open("instance/postgres/port", "rw-r--r--", false);
        open("instance/postgres/donnees", "rwxr-x---", true);
        open("instance/postgres/donnees/PG_VERSION", "rw-r-----", false);
        confidentiality = new Confidentiality(new InstanceHome(root));
    }

    @Test
    void anInstanceThatWasOpenIsClosedWholeAndOnce() throws IOException {
        Tightening closing = confidentiality.close();

        // The key was closed already; PostgreSQL minds its own files, and the folder above the programs is enough.
        assertEquals(new Tightening(14, List.of()), closing);
        for (String name : List.of("", "lake", "lake/gold", "secret", "superset", "superset/cache", "superset/venv")) {
            assertEquals("rwx------", modes(name), name);
        }
        for (String name : List.of(
                "demonstration.html", "lake/gold/part-0.parquet", "superset/superset.db", "superset/cache/valeurs")) {
            assertEquals("rw-------", modes(name), name);
        }
        assertEquals(List.of(), confidentiality.openings());
        assertEquals(NOTHING, confidentiality.close());
    }

    @Test
    void postgresqlMindsItsOwnFilesAndAProgramStaysOne() throws IOException {
        open("instance/relance", "rwxr-xr-x", false);

        confidentiality.close();

        assertEquals("rwx------", modes("postgres/donnees"));
        assertEquals("rw-r-----", modes("postgres/donnees/PG_VERSION"));
        assertEquals("rwxr-xr-x", modes("superset/venv/python"));
        assertEquals("rwx------", modes("relance"));
    }

    @Test
    void whatIsOpenIsNamedBeforeAnythingIsClosed() {
        List<Path> openings = confidentiality.openings();

        assertEquals(root, openings.get(0));
        assertTrue(openings.contains(root.resolve("lake")), openings.toString());
        assertTrue(openings.contains(root.resolve("superset/superset.db")), openings.toString());
        assertEquals(openings, confidentiality.openings());
    }

    /** Otherwise each command would walk all that the instance ever held. */
    @Test
    void belowAFolderThatIsClosedNothingIsWalked() throws IOException {
        confidentiality.close();
        open("instance/lake/gold/part-1.parquet", "rw-r--r--", false);

        assertEquals(NOTHING, confidentiality.close());

        open("instance/lake", "rwxr-x---", true);
        assertEquals(new Tightening(2, List.of()), confidentiality.close());
        assertEquals("rw-------", modes("lake/gold/part-1.parquet"));
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = open("ailleurs", "rwxr-xr-x", true);
        Path file = open("ailleurs/fichier", "rw-r--r--", false);
        Files.createSymbolicLink(root.resolve("staging"), elsewhere);
        Files.createSymbolicLink(root.resolve("lake/gold/lien"), file);
        Files.createSymbolicLink(root.resolve("secret/lien"), elsewhere);

        confidentiality.close();

        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere)));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(NOTHING, confidentiality.close());
    }

    @Test
    void anInstanceNamedByALinkIsClosedWhereItIs() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("lien"), root);

        new Confidentiality(new InstanceHome(link)).close();

        assertEquals("rwx------", modes(""));
    }

    @Test
    void aFolderThatIsNoInstanceIsLeftAsItIs() throws IOException {
        Path other = open("documents", "rwxr-xr-x", true);
        open("documents/lake", "rwxr-xr-x", true);

        assertEquals(NOTHING, new Confidentiality(new InstanceHome(other)).close());
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(other)));
    }

    @Test
    void whereOthersHaveFilesTooOnlyOursAreClosed() throws IOException {
        Path theirs = open("instance/fichier", "rw-r--r--", false);
        Files.setAttribute(root, "unix:mode", 01777);

        confidentiality.close();

        assertEquals(01777, (Integer) Files.getAttribute(root, "unix:mode") & 07777);
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(theirs)));
        assertEquals("rwx------", modes("lake"));
        assertEquals("rw-------", modes("superset/superset.db"));
        assertEquals(List.of(), confidentiality.openings());
    }

    @Test
    void theFolderThatHoldsTheProgramIsNotClosedWithTheInstance() throws IOException {
        String before = System.getProperty("vigie.root");
        System.setProperty(
                "vigie.root", open("instance/programme", "rwxr-xr-x", true).toString());
        try {
            confidentiality.close();
        } finally {
            if (before == null) {
                System.clearProperty("vigie.root");
            } else {
                System.setProperty("vigie.root", before);
            }
        }

        assertEquals("rwxr-xr-x", modes(""));
        assertEquals("rwxr-xr-x", modes("programme"));
        assertEquals("rwx------", modes("lake"));
    }

    @Test
    void whatIsCreatedIsClosedAtOnce() throws IOException {
        InstanceHome fresh = new InstanceHome(open("vide", "rwxr-xr-x", true));

        fresh.create();

        for (Path path : List.of(fresh.root(), fresh.lake(), fresh.secret(), fresh.staging(), fresh.run("."))) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
    }

    @Test
    void aFileSystemWithoutModesIsNoFailure() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("disque.zip"), Map.of("create", "true"))) {
            InstanceHome elsewhere = new InstanceHome(zip.getPath("/instance"));

            elsewhere.create();

            assertTrue(Files.isDirectory(elsewhere.lake()));
            assertEquals(NOTHING, new Confidentiality(elsewhere).close());
        }
    }

    private Path open(String name, String modes, boolean isFolder) throws IOException {
        Path path = folder.toRealPath().resolve(name);
        if (isFolder) {
            Files.createDirectories(path);
        } else {
            Files.writeString(path, "");
        }
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
    }

    private String modes(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name)));
    }
}
