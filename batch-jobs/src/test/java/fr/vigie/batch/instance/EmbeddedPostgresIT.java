package fr.vigie.batch.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.VigieProcess;
import fr.vigie.batch.instance.EmbeddedPostgres.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

    @TempDir
    private Path folder;

    private InstanceHome home = new InstanceHome(Path.of("."));
    private EmbeddedPostgres postgres = new EmbeddedPostgres(home);

    @BeforeEach
    void layOut() {
        home = new InstanceHome(folder.resolve("instance à côté, 100 % de $HOME `date` \"x\" 'y' \\ #1"));
        postgres = new EmbeddedPostgres(home);
    }

    @AfterEach
    void stop() {
        postgres.stop();
    }

    @Test
    void outlivesTheObjectThatStartedItAndIsFoundByTheNextOne() {
        Address first = postgres.start();

        Address second = new EmbeddedPostgres(home).start();

        assertEquals(first, second);
        assertTrue(new EmbeddedPostgres(home).isRunning());
    }

    @Test
    void keepsPortPasswordAndRowsAcrossAStop() throws SQLException {
        Address before = postgres.start();
        execute(before, "CREATE TABLE temoin AS SELECT 42 AS n");
        assertTrue(postgres.stop());
        assertFalse(postgres.isRunning());

        Address after = postgres.start();

        assertEquals(before, after);
        assertEquals("42", ask(after, "SELECT n FROM temoin"));
    }

    @Test
    void isDurableLocalAndAsksForAPassword() throws SQLException, IOException {
        Address address = postgres.start();

        assertEquals("on", ask(address, "SHOW fsync"));
        assertEquals("127.0.0.1", ask(address, "SHOW listen_addresses"));
        assertEquals("UTF8", ask(address, "SHOW server_encoding"));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.postgres().resolve("mot-de-passe"))));
        SQLException refused = assertThrows(
                SQLException.class, () -> DriverManager.getConnection(address.url(), address.user(), "faux"));
        assertEquals("28P01", refused.getSQLState());
    }

    @Test
    void startsAgainAfterACrashWhosePidFileNamesAnotherProgram() throws IOException, SQLException {
        Address before = postgres.start();
        execute(before, "CREATE TABLE temoin AS SELECT 42 AS n");
        postgres.stop();
        // As after a crash of a container: the number of the dead server is now that of another program, which lives.
        Files.write(
                home.postgres().resolve("donnees/postmaster.pid"),
                List.of(
                        String.valueOf(ProcessHandle.current().pid()),
                        home.postgres().resolve("donnees").toString()));

        assertFalse(postgres.isRunning());
        assertEquals("42", ask(postgres.start(), "SELECT n FROM temoin"));
    }

    @Test
    void startsAgainAfterItWasKilled() throws IOException, SQLException {
        Address before = postgres.start();
        execute(before, "CREATE TABLE temoin AS SELECT 42 AS n");
        long pid = Long.parseLong(Files.readAllLines(home.postgres().resolve("donnees/postmaster.pid"))
                .get(0)
                .strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();

        assertEquals("42", ask(postgres.start(), "SELECT n FROM temoin"));
    }

    @Test
    void movesToAnotherPortWhenItsOwnWasTakenMeanwhile() throws IOException, SQLException {
        Address before = postgres.start();
        postgres.stop();
        int port = Integer.parseInt(
                Files.readString(home.postgres().resolve("port")).strip());

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Address after = postgres.start();

            assertTrue(taken.isBound());
            assertNotEquals(before.url(), after.url());
            assertEquals("1", ask(after, "SELECT 1"));
        }
    }

    @Test
    void twoFirstCommandsAtTheSameTimeStartOneServer() throws IOException, InterruptedException {
        VigieProcess one = VigieProcess.start(
                folder, Map.of(), "status", "--home", home.root().toString());
        VigieProcess other = VigieProcess.start(
                folder, Map.of(), "status", "--home", home.root().toString());

        VigieProcess.Ended first = one.await();
        VigieProcess.Ended second = other.await();

        assertEquals(0, first.code(), first.err());
        assertEquals(0, second.code(), second.err());
    }

    private static void execute(Address address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Address address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(Address address) throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }
}
