package fr.vigie.batch.superset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.instance.InstanceHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderSecretsTest {

    @TempDir
    private Path folder;

    /** {@code printf 'vigie_lecteur_0123:anne' | openssl dgst -sha256 -hmac cle-d-essai -binary}, in base64url: what Superset derives as well. */
    @Test
    void aPasswordIsDerivedFromTheKeyTheLoginAndTheAccount() throws IOException {
        InstanceHome home = new InstanceHome(folder);
        home.create();
        Files.writeString(home.readersKey(), "cle-d-essai\n");
        ReaderSecrets secrets = ReaderSecrets.of(home);

        assertEquals("yb_Z0mbd0o31fzgtX0SoQzgLQbOMK596v6v3PdJuJ0U", secrets.password("vigie_lecteur_0123", "anne"));
        assertEquals("yb_Z0mbd0o31fzgtX0SoQzgLQbOMK596v6v3PdJuJ0U", secrets.password("vigie_lecteur_0123", "Anne"));
        assertNotEquals("yb_Z0mbd0o31fzgtX0SoQzgLQbOMK596v6v3PdJuJ0U", secrets.password("vigie_lecteur_0123", "autre"));
    }

    @Test
    void theKeyIsDrawnOnceAndReadByItsOwnerOnly() throws IOException {
        InstanceHome home = new InstanceHome(folder);
        home.create();

        String first = ReaderSecrets.of(home).poolPassword();

        assertEquals(first, ReaderSecrets.of(home).poolPassword());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.readersKey())));
    }

    @Test
    void postgresqlIsToldAVerifierAndANameThatSaysNothing() throws IOException {
        InstanceHome home = new InstanceHome(folder);
        home.create();
        String login = ReaderSecrets.newLogin();

        assertTrue(ReaderSecrets.of(home).verifierOf(login, "anne").startsWith("SCRAM-SHA-256$"));
        assertTrue(login.matches("vigie_lecteur_[0-9a-f]{20}"), login);
        assertNotEquals(login, ReaderSecrets.newLogin());
    }
}
