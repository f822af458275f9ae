package fr.vigie.batch;

import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.EmbeddedPostgres;
import fr.vigie.batch.instance.InstanceHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A fresh database on a real PostgreSQL: the server of {@code VIGIE_TEST_JDBC_URL} (user and password in the URL), else a container where an
 * engine answers, else the embedded server.
 */
public final class TestDatabase implements AutoCloseable {

    /** One server for all the tests of a process. */
    private static final class Server {
        static final String URL = url();

        private static String url() {
            String given = System.getenv("VIGIE_TEST_JDBC_URL");
            if (given != null && !given.isBlank()) {
                return given;
            }
            if (System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"))) {
                try {
                    PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
                    container.start();
                    return container.getJdbcUrl().replaceAll("\\?.*", "") + "?user=" + container.getUsername()
                            + "&password=" + container.getPassword();
                } catch (RuntimeException noEngine) {
                    System.err.println("No container engine answers: the embedded PostgreSQL serves the tests.");
                }
            }
            return embedded();
        }

        private static String embedded() {
            try {
                Path folder = Files.createTempDirectory("vigie-tests");
                EmbeddedPostgres postgres = new EmbeddedPostgres(new InstanceHome(folder));
                EmbeddedPostgres.Address address = postgres.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    postgres.stop();
                    delete(folder);
                }));
                return address.url() + "?user=" + address.user() + "&password=" + address.password();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    private final String name = "vigie_" + UUID.randomUUID().toString().replace("-", "");

    private TestDatabase() {}

    /** An empty database. */
    public static TestDatabase fresh() throws SQLException {
        TestDatabase database = new TestDatabase();
        database.administer("CREATE DATABASE " + database.name);
        return database;
    }

    public String name() {
        return name;
    }

    /** Its JDBC URL, with user and password. */
    public String url() {
        return Server.URL.replaceFirst("(jdbc:postgresql://[^/]*/)[^?]*", "$1" + name);
    }

    /** The same, opened and brought to the current tables. */
    public Database open(InstanceHome home) {
        Database database = Database.open(home, Optional.of(url()));
        database.migrate();
        return database;
    }

    @Override
    public void close() throws SQLException {
        administer("DROP DATABASE " + name + " WITH (FORCE)");
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Server.URL);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Deletes a folder and all it holds. */
    public static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
