package fr.vigie.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that was left open to the other accounts of the machine. */
class ClosedHomeIT {

    @Test
    void theNextCommandClosesItAndDoctorSaysItOnce(@TempDir Path folder) throws IOException, SQLException {
        try (FakeInstance vigie = FakeInstance.in(folder)) {
            vigie.home().create();
            Path lake = vigie.home().lake();

            leaveOpen(lake);
            Screen status = vigie.call("status");
            assertEquals(
                    "L’instance " + vigie.home().root()
                            + " était ouverte aux autres comptes de cette machine\u202f: elle est"
                            + " maintenant fermée (2\u00a0fichiers et dossiers)." + System.lineSeparator(),
                    status.err());
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(lake)));
            assertEquals("", vigie.call("status").err());

            leaveOpen(lake);
            Screen found = vigie.call("doctor", "--format", "csv");
            assertTrue(
                    found.out()
                            .contains("confidentialité;MANQUE;ouvert aux autres comptes\u202f: " + lake
                                    + ";rien à faire, cette commande vient de fermer l’instance"),
                    found.out());
            assertEquals(1, found.code());
            assertTrue(vigie.call("doctor", "--format", "csv")
                    .out()
                    .contains("confidentialité;OK;rien d’ouvert aux autres comptes;"));
            assertFalse(vigie.call("status").err().contains("ouverte"));
        }
    }

    private static void leaveOpen(Path lake) throws IOException {
        Path file = Files.writeString(lake.resolve("part-0.parquet"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(lake, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
