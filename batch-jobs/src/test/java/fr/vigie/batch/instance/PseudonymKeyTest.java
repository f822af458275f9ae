package fr.vigie.batch.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymKeyTest {

    @TempDir
    Path folder;

    @Test
    void drawsAKeyOnceThatOnlyItsOwnerReads() throws IOException {
        Path file = folder.resolve("cle");
        byte[] first = PseudonymKey.readOrDraw(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertArrayEquals(first, PseudonymKey.readOrDraw(file));
        assertTrue(!Arrays.equals(first, PseudonymKey.readOrDraw(folder.resolve("autre"))), "two keys are the same");
    }

    @Test
    void refusesADamagedKeyRatherThanMakingAnother() throws IOException {
        Path file = folder.resolve("cle");
        Files.writeString(file, "AAEC");
        Failure problem = assertThrows(Failure.class, () -> PseudonymKey.readOrDraw(file));
        assertTrue(problem.sentence().contains("abîmée"), problem.sentence());
        assertEquals("AAEC", Files.readString(file));
    }
}
