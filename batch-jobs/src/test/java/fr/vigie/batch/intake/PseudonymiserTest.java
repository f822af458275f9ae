package fr.vigie.batch.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymiserTest {

    private static final VaultWriter NOWHERE = (pseudonym, source, encrypted) -> {};

    @TempDir
    Path folder;

    @Test
    void derivesThePseudonymThatAnotherProgramDerives() throws IOException {
        // python3: hmac(hmac(bytes(range(32)), b"vigie/pseudonyme/1"), "1700134172061 97" without the space), first 32
        // digits.
        Path key = folder.resolve("cle");
        Files.writeString(key, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", StandardCharsets.US_ASCII);
        assertEquals(
                "bf808ae184a37e5216e3abd13e067b5e",
                Pseudonymiser.open(key, NOWHERE).pseudonym("170013417206197"));
    }

    @Test
    void makesAKeyOnceThatOnlyItsOwnerReads() throws IOException {
        Path key = folder.resolve("cle");
        Pseudonymiser first = Pseudonymiser.open(key, NOWHERE);
        Pseudonymiser second = Pseudonymiser.open(key, NOWHERE);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertEquals(first.pseudonym("C1"), second.pseudonym("C1"));
        assertEquals(first.fingerprint(), second.fingerprint());
        Pseudonymiser other = Pseudonymiser.open(folder.resolve("autre"), NOWHERE);
        assertNotEquals(first.pseudonym("C1"), other.pseudonym("C1"));
        assertNotEquals(first.fingerprint(), other.fingerprint());
    }

    @Test
    void refusesADamagedKeyRatherThanMakingAnother() throws IOException {
        Path key = folder.resolve("cle");
        Files.writeString(key, "AAEC");
        Failure problem = assertThrows(Failure.class, () -> Pseudonymiser.open(key, NOWHERE));
        assertTrue(problem.sentence().contains("abîmée"), problem.sentence());
        assertEquals("AAEC", Files.readString(key));
    }

    @Test
    void opensWhatItSealedForThatPseudonymOnly() throws IOException {
        VaultCipher cipher = Pseudonymiser.open(folder.resolve("cle"), NOWHERE).cipher();
        String encrypted = cipher.seal("p1", "Été 12");
        assertEquals("Été 12", cipher.open("p1", encrypted));
        assertNotEquals(encrypted, cipher.seal("p1", "Été 12"));
        assertThrows(IllegalStateException.class, () -> cipher.open("p2", encrypted));
        VaultCipher other = Pseudonymiser.open(folder.resolve("autre"), NOWHERE).cipher();
        assertThrows(IllegalStateException.class, () -> other.open("p1", encrypted));
    }
}
