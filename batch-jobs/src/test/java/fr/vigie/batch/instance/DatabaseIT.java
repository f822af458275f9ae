package fr.vigie.batch.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.Failure;
import fr.vigie.batch.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseIT {

    @TempDir
    private Path folder;

    @Test
    void tellsAWrongPasswordFromAnAbsentServer() throws SQLException, IOException {
        try (TestDatabase database = TestDatabase.fresh()) {
            String wrong = database.url().replaceAll("password=[^&]*", "password=faux");
            Failure refused = refusal(wrong);
            assertTrue(
                    refused.sentence().startsWith("PostgreSQL refuse l’utilisateur ou le mot de passe"),
                    refused.sentence());
            assertTrue(refused.sentence().contains("VIGIE_DATABASE_PASSWORD"), refused.sentence());
            assertFalse(refused.sentence().contains("faux"), "the password was said: " + refused.sentence());
        }
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Failure away = refusal("jdbc:postgresql://127.0.0.1:" + nobody + "/vigie");
        assertTrue(away.sentence().startsWith("La base de données ne répond pas"), away.sentence());
        assertEquals(1, away.exitCode());
    }

    @Test
    void saysThatTheNamedDatabaseDoesNotExist() throws SQLException {
        String url;
        try (TestDatabase gone = TestDatabase.fresh()) {
            url = gone.url();
        }

        Failure problem = refusal(url);

        assertTrue(problem.sentence().startsWith("La base nommée n’existe pas"), problem.sentence());
    }

    /** Flyway itself says nothing of a migration that it does not know. */
    @Test
    void refusesTablesThatALaterVersionBroughtUp() throws SQLException {
        try (TestDatabase later = TestDatabase.fresh()) {
            Database database = Database.open(new InstanceHome(folder), Optional.of(later.url()));
            database.migrate();
            database.reader()
                    .sql(
                            "INSERT INTO registre.flyway SELECT 999999, '9999', 'plus tard', 'SQL', 'V9999__plus_tard.sql', checksum, installed_by,"
                                    + " installed_on, execution_time, success FROM registre.flyway WHERE version = '2'")
                    .update();
            for (org.junit.jupiter.api.function.Executable way :
                    List.<org.junit.jupiter.api.function.Executable>of(database::migrate, database::migrateIfBehind)) {
                Failure refused = assertThrows(Failure.class, way);
                assertTrue(
                        refused.sentence()
                                .startsWith("La base de cette instance a servi à une version plus récente de Vigie"
                                        + " (mise à jour 9999)"),
                        refused.sentence());
            }
        }
    }

    @Test
    void makesItsTablesOnceAndFindsThemWhenItReads() throws SQLException, IOException {
        try (TestDatabase fresh = TestDatabase.fresh()) {
            Database database = Database.open(new InstanceHome(folder), Optional.of(fresh.url()));

            database.migrateIfBehind();
            long migrations = migrations(database);
            database.migrateIfBehind();
            database.migrate();

            assertEquals(files(), migrations);
            assertEquals(files(), migrations(database));
        }
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../warehouse-schema/mart"))) {
            return files.filter(file -> file.getFileName().toString().matches("V\\d+__.*\\.sql"))
                    .count();
        }
    }

    private static long migrations(Database database) {
        return database.reader()
                .sql("SELECT count(*) FROM registre.flyway WHERE type = 'SQL'")
                .query(Long.class)
                .single();
    }

    private Failure refusal(String url) {
        return assertThrows(Failure.class, () -> Database.open(new InstanceHome(folder), Optional.of(url)));
    }
}
