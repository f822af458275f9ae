package fr.vigie.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces the identifiers of persons by keyed pseudonyms (domaine 3.3, 5.2). No table, log or message
 * ever holds the secret of the instance; one key is derived from it for each purpose.
 */
public final class Pseudonymiser {

    public static final int SECRET_BYTES = 32;
    private static final int PSEUDONYM_DIGITS = 32;
    private static final int REMEMBERED = 100_000;

    private final Mac mac;
    private final VaultCipher cipher;
    private final String fingerprint;
    private final VaultWriter vault;
    private final Map<String, String> recent = new LinkedHashMap<>(1 << 10, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param secret {@value #SECRET_BYTES} random bytes
     * @throws IllegalArgumentException for another length
     */
    public Pseudonymiser(byte[] secret, VaultWriter vault) {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has " + SECRET_BYTES + " bytes, not " + secret.length);
        }
        this.mac = mac(derive(secret, "vigie/pseudonyme/1"));
        this.cipher = new VaultCipher(derive(secret, "vigie/coffre/1"));
        this.fingerprint = HexFormat.of().formatHex(derive(secret, "vigie/empreinte/1"), 0, 8);
        this.vault = vault;
    }

    /** 32 hexadecimal digits, the same for the same canonical identifier as long as the key lives. */
    public synchronized String pseudonym(String identifier) {
        String known = recent.get(identifier);
        if (known != null) {
            return known;
        }
        byte[] digest = mac.doFinal(identifier.getBytes(StandardCharsets.UTF_8));
        String pseudonym = HexFormat.of().formatHex(digest).substring(0, PSEUDONYM_DIGITS);
        recent.put(identifier, pseudonym);
        return pseudonym;
    }

    public VaultCipher cipher() {
        return cipher;
    }

    /** Tells one key from another without telling the key: a lake goes with one fingerprint. */
    public String fingerprint() {
        return fingerprint;
    }

    VaultWriter vault() {
        return vault;
    }

    private static byte[] derive(byte[] secret, String purpose) {
        return mac(secret).doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
