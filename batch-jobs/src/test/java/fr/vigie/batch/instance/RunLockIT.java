package fr.vigie.batch.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.Failure;
import fr.vigie.batch.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockIT {

    @TempDir
    private Path folder;

    @Test
    void tellsTheSecondCommandWhoHoldsTheLockAndSinceWhen() throws SQLException {
        try (TestDatabase fresh = TestDatabase.fresh()) {
            Database database = fresh.open(new InstanceHome(folder));
            RunLock held = RunLock.take(database, "refresh --as-of 2026-02-28");

            Failure refused = assertThrows(Failure.class, () -> RunLock.take(database, "load patients.csv"));

            assertEquals(1, refused.exitCode());
            assertTrue(RunLock.holder(database)
                    .orElseThrow()
                    .startsWith("«\u00a0vigie refresh --as-of 2026-02-28\u00a0»"));
            assertTrue(
                    refused.sentence()
                            .matches(".*«\u00a0vigie refresh --as-of 2026-02-28\u00a0» \\(processus "
                                    + ProcessHandle.current().pid()
                                    + " sur \\S+.*, depuis \\d{2}/\\d{2}/\\d{4} \\d{2}:\\d{2}:\\d{2}\\).*"),
                    refused.sentence());
            held.close();
            assertTrue(RunLock.holder(database).isEmpty());
            RunLock.take(database, "load patients.csv").close();
        }
    }

    @Test
    void noticesThatTheServerTookTheLockBack() throws SQLException {
        try (TestDatabase fresh = TestDatabase.fresh()) {
            Database database = fresh.open(new InstanceHome(folder));
            RunLock lock = RunLock.take(database, "load patients.csv");
            lock.ensureHeld();
            database.reader()
                    .sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                    .query(Boolean.class)
                    .single();

            Failure lost = assertThrows(Failure.class, lock::ensureHeld);

            assertTrue(lost.sentence().contains("le verrou de l’instance est perdu"), lost.sentence());
            lock.close();
        }
    }
}
