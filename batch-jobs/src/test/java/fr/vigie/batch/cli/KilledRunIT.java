package fr.vigie.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.VigieProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a run that is killed, and to a second one beside it: commands in processes of their own. */
class KilledRunIT {

    @TempDir
    private Path folder;

    private FakeInstance vigie;

    @BeforeEach
    void open() throws IOException, SQLException {
        vigie = FakeInstance.in(folder);
    }

    @AfterEach
    void close() throws SQLException {
        vigie.close();
    }

    private VigieProcess start(String... arguments) throws IOException {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 4);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = vigie.home().root().toString();
        all[arguments.length + 2] = "--database";
        all[arguments.length + 3] = vigie.databaseUrl();
        return VigieProcess.start(vigie.worker().root(), Map.of(), all);
    }

    @Test
    void aRunKilledWhileTheWorkerComputesIsDoneAgainByTheSameCommand() throws Exception {
        String file = vigie.rendezVous("rendez_vous.csv", 4).toString();
        vigie.worker().staysAtWork();
        VigieProcess killed = start("load", file, "--complete-to", "2026-02-28");
        ProcessHandle worker = vigie.worker().awaitAtWork();

        killed.kill();

        // The pipe closed with the control: the worker ends by itself.
        worker.onExit().get(20, TimeUnit.SECONDS);
        assertFalse(vigie.call("status", "--format", "csv").out().contains("rendez_vous"));
        vigie.worker().behavesAgain();
        VigieProcess.Ended again = start("load", file, "--complete-to", "2026-02-28", "--format", "csv")
                .await();
        assertEquals(0, again.code(), again.err());
        assertTrue(again.out().contains("rendez_vous.csv;rendez_vous;4;4;0;0;CHARGE;"), again.out());
        assertEquals(
                List.of("INTERROMPUE", "TERMINEE"),
                vigie.jdbc()
                        .sql("SELECT resultat FROM registre.execution ORDER BY numero")
                        .query(String.class)
                        .list());
        assertEquals(
                1L,
                vigie.jdbc()
                        .sql("SELECT count(*) FROM batch.batch_job_instance")
                        .query(Long.class)
                        .single());
    }

    @Test
    void aRunThatIsInterruptedSaysThatTheSameCommandDoesItAgain() throws Exception {
        String file = vigie.rendezVous("rendez_vous.csv", 4).toString();
        vigie.worker().staysAtWork();
        VigieProcess run = start("load", file, "--complete-to", "2026-02-28");
        ProcessHandle worker = vigie.worker().awaitAtWork();

        run.interrupt();

        VigieProcess.Ended ended = run.await();
        assertTrue(ended.code() != 0);
        assertTrue(ended.err().contains("Interrompu\u202f: rien n’est perdu"), ended.err());
        assertFalse(ended.err().contains("\tat "), ended.err());
        worker.onExit().get(20, TimeUnit.SECONDS);
        assertFalse(vigie.call("status", "--format", "csv").out().contains("rendez_vous"));
    }

    @Test
    void aSecondRunIsToldWhoWritesWhileReadersGoOn() throws Exception {
        String file = vigie.rendezVous("rendez_vous.csv", 4).toString();
        vigie.worker().staysAtWork();
        VigieProcess first = start("load", file, "--complete-to", "2026-02-28");
        vigie.worker().awaitAtWork();

        Screen second = vigie.call("refresh", "--as-of", "2026-02-28");
        Screen reader = vigie.call("status", "--format", "json");
        first.kill();

        assertEquals(1, second.code());
        assertTrue(
                second.err().startsWith("Une écriture est déjà en cours sur cette instance\u202f: «\u00a0vigie load "),
                second.err());
        assertTrue(second.err().contains("depuis "), second.err());
        assertEquals(0, reader.code(), reader.err());
        assertTrue(reader.out().contains("\"resultat\" : null"), reader.out());
    }

    @Test
    void aRunWhoseDatabaseSessionIsCutWritesNothing() throws Exception {
        String file = vigie.rendezVous("rendez_vous.csv", 4).toString();
        vigie.worker().staysAtWork();
        VigieProcess run = start("load", file, "--complete-to", "2026-02-28");
        vigie.worker().awaitAtWork();
        vigie.jdbc()
                .sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                .query(Boolean.class)
                .list();
        vigie.worker().behavesAgain();

        VigieProcess.Ended ended = run.await();

        assertEquals(1, ended.code());
        assertTrue(ended.err().contains("le verrou de l’instance est perdu"), ended.err());
        assertFalse(ended.err().contains("\tat "), ended.err());
        assertFalse(vigie.call("status", "--format", "csv").out().contains("rendez_vous"));
    }
}
