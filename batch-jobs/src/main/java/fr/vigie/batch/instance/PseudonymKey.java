package fr.vigie.batch.instance;

import fr.vigie.batch.Failure;
import fr.vigie.intake.Pseudonymiser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The file of the instance home that holds the secret of the pseudonyms (domaine 5.2). */
public final class PseudonymKey {

    private PseudonymKey() {}

    /**
     * Reads the secret, or draws one the first time.
     *
     * @throws Failure when the file is not a key: making another would give every person a second pseudonym
     */
    public static byte[] readOrDraw(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] drawn = new byte[Pseudonymiser.SECRET_BYTES];
            new SecureRandom().nextBytes(drawn);
            SecretFile.writeNew(file, Base64.getEncoder().encodeToString(drawn));
        }
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IllegalArgumentException notBase64) {
            secret = new byte[0];
        }
        if (secret.length != Pseudonymiser.SECRET_BYTES) {
            throw Failure.of("La clé des pseudonymes est abîmée\u202f: " + file
                    + " ne tient pas 32 octets en base64. Remettez en place sa copie\u202f; une autre clé compterait chaque personne deux"
                    + " fois. Sans copie, commencez une nouvelle instance (--home).");
        }
        return secret;
    }
}
