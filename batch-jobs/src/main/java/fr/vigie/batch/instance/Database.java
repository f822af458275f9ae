package fr.vigie.batch.instance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.EmbeddedPostgres.Address;
import fr.vigie.schema.Resources;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The PostgreSQL of an instance: the embedded one, or the one that was named. */
public final class Database {

    private static final int OLDEST_SERVER = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    // Error codes of PostgreSQL (appendix A of its manual).
    private static final String WRONG_PASSWORD = "28";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String STARTING_UP = "57P03";

    private final Address address;

    private Database(Address address) {
        this.address = address;
    }

    /** Connects once, so that what is wrong with the server is said before any work. */
    public static Database open(InstanceHome home, Optional<String> url) {
        Address address = url.map(given -> new Address(
                        given,
                        System.getenv().getOrDefault("VIGIE_DATABASE_USER", ""),
                        System.getenv().getOrDefault("VIGIE_DATABASE_PASSWORD", "")))
                .orElseGet(() -> new EmbeddedPostgres(home).start());
        Database database = new Database(address);
        try (Connection connection = database.connectOnceUp()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_SERVER) {
                throw Failure.of("PostgreSQL " + version + " est trop ancien\u202f: Vigie demande la version "
                        + OLDEST_SERVER + " ou une plus récente.");
            }
        } catch (SQLException problem) {
            throw Failure.of(why(withoutSecrets(address.url()), String.valueOf(problem.getSQLState())), problem);
        }
        return database;
    }

    private static String why(String url, String state) {
        if (state.startsWith(WRONG_PASSWORD)) {
            return "PostgreSQL refuse l’utilisateur ou le mot de passe (" + url
                    + ")\u202f: vérifiez VIGIE_DATABASE_USER et VIGIE_DATABASE_PASSWORD.";
        }
        if (state.equals(NO_SUCH_DATABASE)) {
            return "La base nommée n’existe pas sur ce serveur (" + url
                    + ")\u202f: créez-la, ou corrigez l’adresse donnée par --database.";
        }
        if (state.equals(TOO_MANY_CONNECTIONS)) {
            return "PostgreSQL n’accepte plus de connexion (" + url
                    + ")\u202f: attendez qu’une autre se termine, ou augmentez max_connections.";
        }
        return "La base de données ne répond pas (" + url
                + ")\u202f: vérifiez que PostgreSQL est démarré et l’adresse donnée par --database.";
    }

    /** A server that replays its journal after a crash says that it is not ready yet: worth waiting for. */
    private Connection connectOnceUp() throws SQLException {
        for (long deadline = System.nanoTime() + PATIENCE.toNanos(); ; ) {
            try {
                return connect();
            } catch (SQLException problem) {
                if (!STARTING_UP.equals(problem.getSQLState()) || System.nanoTime() > deadline) {
                    throw problem;
                }
                try {
                    Thread.sleep(200);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw problem;
                }
            }
        }
    }

    /** Brings the tables to what this version of Vigie expects. */
    public void migrate() {
        checkNotNewer(appliedMigrations());
        try {
            migrateAll();
        } catch (FlywayException problem) {
            throw Failure.of(
                    "Les tables de Vigie n’ont pas pu être mises à jour\u202f: vérifiez que l’utilisateur de la base a le droit de créer"
                            + " des schémas, et qu’il reste de la place. Rien n’a été perdu.",
                    problem);
        }
    }

    /** The same for a command that reads: asking costs a tenth of what checking every migration does. */
    public void migrateIfBehind() {
        Set<String> applied = appliedMigrations();
        checkNotNewer(applied);
        if (!applied.containsAll(knownMigrations())) {
            migrate();
        }
    }

    /** Flyway passes over migrations that it does not know: tables of a later version would be read by what they meant before. */
    private static void checkNotNewer(Set<String> applied) {
        Set<String> newer = new TreeSet<>(applied);
        newer.removeAll(knownMigrations());
        if (!newer.isEmpty()) {
            throw Failure.of("La base de cette instance a servi à une version plus récente de Vigie (mise à jour "
                    + String.join(", ", newer)
                    + ")\u202f: utilisez cette version-là, ou une sauvegarde de la base faite avant la mise à niveau.");
        }
    }

    private static Set<String> knownMigrations() {
        return Resources.texts("mart", ".sql").keySet().stream()
                .map(file -> file.substring(1, file.indexOf("__")))
                .collect(Collectors.toSet());
    }

    private Set<String> appliedMigrations() {
        Set<String> applied = new TreeSet<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Resources.text("sql/registre/migrations.sql"))) {
            while (row.next()) {
                applied.add(row.getString(1));
            }
        } catch (SQLException neverMigrated) {
            // The table of migrations is not there yet.
        }
        return applied;
    }

    private void migrateAll() {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(address.url(), user(), password())
                .locations("classpath:mart")
                .schemas("registre")
                .table("flyway")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(address.url(), user(), password());
    }

    /** For one command that reads: one connection, no pool. */
    public JdbcClient reader() {
        try {
            return JdbcClient.create(new SingleConnectionDataSource(connect(), true));
        } catch (SQLException problem) {
            throw Failure.of("La base de données ne répond plus\u202f: relancez la commande.", problem);
        }
    }

    /** For one command whose questions must all see the same publication: one transaction that reads, whose rows can come as they are asked for. */
    public JdbcClient snapshot() {
        try {
            Connection connection = connect();
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return JdbcClient.create(new SingleConnectionDataSource(connection, true));
        } catch (SQLException problem) {
            throw Failure.of("La base de données ne répond plus\u202f: relancez la commande.", problem);
        }
    }

    /** For a run. */
    public HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(user());
        config.setPassword(password());
        config.setMaximumPoolSize(4);
        // A server that is gone is asked again for each step that the run still has to note: half a minute each would
        // be minutes of silence.
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }

    /** {@code host:port/database}, for another program that connects with an account of its own. */
    public String hostPortAndName() {
        return address.url().replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*", "");
    }

    private @org.jspecify.annotations.Nullable String user() {
        return address.user().isEmpty() ? null : address.user();
    }

    private @org.jspecify.annotations.Nullable String password() {
        return address.password().isEmpty() ? null : address.password();
    }

    private static String withoutSecrets(String url) {
        return url.replaceAll("\\?.*", "");
    }
}
