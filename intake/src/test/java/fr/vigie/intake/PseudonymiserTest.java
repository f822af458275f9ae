package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PseudonymiserTest {

    private final byte[] secret = new byte[Pseudonymiser.SECRET_BYTES];
    private final byte[] otherSecret = new byte[Pseudonymiser.SECRET_BYTES];

    PseudonymiserTest() {
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        Arrays.fill(otherSecret, (byte) 7);
    }

    private static Pseudonymiser of(byte[] secret) {
        return new Pseudonymiser(secret, (pseudonym, source, encrypted) -> {});
    }

    @Test
    void derivesThePseudonymThatAnotherProgramDerives() {
        // python3: hmac(hmac(bytes(range(32)), b"vigie/pseudonyme/1"), "1700134172061 97" without the space), first 32
        // digits.
        assertEquals("bf808ae184a37e5216e3abd13e067b5e", of(secret).pseudonym("170013417206197"));
    }

    @Test
    void givesOtherPseudonymsUnderAnotherSecret() {
        assertEquals(of(secret).pseudonym("C1"), of(secret).pseudonym("C1"));
        assertEquals(of(secret).fingerprint(), of(secret).fingerprint());
        assertNotEquals(of(secret).pseudonym("C1"), of(otherSecret).pseudonym("C1"));
        assertNotEquals(of(secret).fingerprint(), of(otherSecret).fingerprint());
    }

    @Test
    void opensWhatItSealedForThatPseudonymOnly() {
        VaultCipher cipher = of(secret).cipher();
        String encrypted = cipher.seal("p1", "Été 12");
        assertEquals("Été 12", cipher.open("p1", encrypted));
        assertNotEquals(encrypted, cipher.seal("p1", "Été 12"));
        assertThrows(IllegalStateException.class, () -> cipher.open("p2", encrypted));
        VaultCipher other = of(otherSecret).cipher();
        assertThrows(IllegalStateException.class, () -> other.open("p1", encrypted));
    }

    @Test
    void refusesASecretOfAnotherLength() {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> of(new byte[16]));
        assertEquals("a secret has 32 bytes, not 16", problem.getMessage());
    }
}
