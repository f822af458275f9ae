package fr.vigie.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts the identifiers that the vault keeps: AES-256-GCM, a fresh nonce each time, bound to its pseudonym. */
public final class VaultCipher {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    VaultCipher(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The encrypted identifier, base64. */
    public String seal(String pseudonym, String identifier) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, pseudonym, identifier.getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return Base64.getEncoder().encodeToString(both);
    }

    /** @throws IllegalStateException when the text was sealed by another key or for another pseudonym */
    public String open(String pseudonym, String sealed) {
        byte[] both = Base64.getDecoder().decode(sealed);
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        byte[] plain = run(Cipher.DECRYPT_MODE, nonce, pseudonym, Arrays.copyOfRange(both, NONCE_BYTES, both.length));
        return new String(plain, StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, String pseudonym, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(pseudonym.getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(
                    "the vault cannot be read with this key: another key file sealed it", problem);
        }
    }
}
