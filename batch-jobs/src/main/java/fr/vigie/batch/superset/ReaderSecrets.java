package fr.vigie.batch.superset;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.instance.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postgresql.util.PasswordUtil;

/**
 * The passwords of the readers' logins, none of which is kept: each is derived from one key of the instance from the name of the login and from that of the account. The
 * key is also the password of Superset's pool, so that Superset, which seals that one, derives the same ({@code vigie_lecture.py}). One login's
 * password says nothing of another's, nor of the key.
 */
final class ReaderSecrets {

    private static final int KEY_BYTES = 32;

    private final String key;

    private ReaderSecrets(String key) {
        this.key = key;
    }

    static ReaderSecrets of(InstanceHome home) {
        try {
            return new ReaderSecrets(SecretFile.readOrDraw(home.readersKey(), KEY_BYTES));
        } catch (IOException problem) {
            throw Failure.of(
                    "La clé des comptes de lecture " + home.readersKey()
                            + " ne peut pas être lue ou écrite\u202f: vérifiez les droits et la place disponible.",
                    problem);
        }
    }

    /** What the pool of Superset opens PostgreSQL with. */
    String poolPassword() {
        return key;
    }

    String poolVerifier() {
        return verifier(key);
    }

    /** What PostgreSQL keeps of the password of this login. */
    String verifierOf(String login, String name) {
        return verifier(password(login, name));
    }

    /** @param name of the account: another one that is given the same role of Superset derives another password */
    String password(String login, String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(
                            (login + ":" + name.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A name that says nothing of whose it is. */
    static String newLogin() {
        return "vigie_lecteur_" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }

    /** SCRAM-SHA-256, computed here: the password itself never goes to the server, which could log the statement. */
    private static String verifier(String password) {
        return PasswordUtil.encodeScramSha256(password.toCharArray());
    }
}
