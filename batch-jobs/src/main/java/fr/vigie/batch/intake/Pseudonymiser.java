package fr.vigie.batch.intake;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces the identifiers of persons by keyed pseudonyms (domaine.md 3.3, 5.2). The secret is a file of the instance home that no table, log
 * or message ever holds; one key is derived from it for each purpose.
 */
public final class Pseudonymiser {

    private static final int SECRET_BYTES = 32;
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

    private Pseudonymiser(byte[] secret, VaultWriter vault) {
        this.mac = mac(derive(secret, "vigie/pseudonyme/1"));
        this.cipher = new VaultCipher(derive(secret, "vigie/coffre/1"));
        this.fingerprint = HexFormat.of().formatHex(derive(secret, "vigie/empreinte/1"), 0, 8);
        this.vault = vault;
    }

    /**
     * Reads the key file, or writes a new one that only its owner may read.
     *
     * @throws Failure when the file is not a key: making another would give every person a second pseudonym
     */
    public static Pseudonymiser open(Path keyFile, VaultWriter vault) throws IOException {
        create(keyFile);
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(Files.readString(keyFile).strip());
        } catch (IllegalArgumentException notBase64) {
            secret = new byte[0];
        }
        if (secret.length != SECRET_BYTES) {
            throw Failure.of("La clé des pseudonymes est abîmée\u202f: " + keyFile
                    + " ne tient pas 32 octets en base64. Remettez en place sa copie\u202f; une autre clé compterait chaque personne deux"
                    + " fois. Sans copie, commencez une nouvelle instance (--home).");
        }
        return new Pseudonymiser(secret, vault);
    }

    private static void create(Path keyFile) throws IOException {
        if (Files.exists(keyFile)) {
            return;
        }
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        SecretFile.writeNew(keyFile, Base64.getEncoder().encodeToString(secret));
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
