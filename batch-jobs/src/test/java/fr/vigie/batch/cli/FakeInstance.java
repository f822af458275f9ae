package fr.vigie.batch.cli;

import fr.vigie.batch.FakeWorker;
import fr.vigie.batch.TestDatabase;
import fr.vigie.batch.instance.InstanceHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An instance with a real database and a worker without Spark, driven by its commands. */
final class FakeInstance implements AutoCloseable {

    static final String[] STOP = {"--as-of", "2026-02-28T23:59", "--complete-to", "2026-02-28"};

    private final Path inbox;
    private final InstanceHome home;
    private final TestDatabase database;
    private final FakeWorker worker;

    private FakeInstance(Path inbox, InstanceHome home, TestDatabase database, FakeWorker worker) {
        this.inbox = inbox;
        this.home = home;
        this.database = database;
        this.worker = worker;
    }

    static FakeInstance in(Path folder) throws IOException, SQLException {
        InstanceHome home = new InstanceHome(folder.resolve("instance"));
        FakeWorker worker = FakeWorker.in(folder.resolve("projet"), home);
        System.setProperty("vigie.root", worker.root().toString());
        return new FakeInstance(Files.createDirectories(folder.resolve("depot")), home, TestDatabase.fresh(), worker);
    }

    FakeWorker worker() {
        return worker;
    }

    InstanceHome home() {
        return home;
    }

    String databaseUrl() {
        return database.url();
    }

    JdbcClient jdbc() {
        return database.open(home).reader();
    }

    Screen call(String... arguments) {
        return Screen.on(home.root(), database.url(), arguments);
    }

    /** A good file of appointments, one a line. */
    Path rendezVous(String name, int lines) throws IOException {
        List<String> rows = IntStream.rangeClosed(1, lines)
                .mapToObj(line -> "R" + line + ";LOGICIEL;P" + line + ";2026-02-10T09:00;HONORE;PRES;MG")
                .toList();
        return Files.writeString(
                inbox.resolve(name),
                "rdv_id;source;patient_id;date_heure_debut;statut;mode;profession\n" + String.join("\n", rows) + "\n");
    }

    /** A file that the door refuses whole. */
    Path refused(String name) throws IOException {
        return Files.writeString(inbox.resolve(name), "rdv_id;source\nR1;LOGICIEL\n");
    }

    @Override
    public void close() throws SQLException {
        System.clearProperty("vigie.root");
        database.close();
    }
}
