package fr.vigie.batch.instance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.EmbeddedPostgres.Address;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The PostgreSQL of an instance: the embedded one, or the one that was named. */
public final class Database {

    private static final int OLDEST_SERVER = 15;

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
        try (Connection connection = database.connect()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_SERVER) {
                throw Failure.of("PostgreSQL " + version + " est trop ancien\u202f: Vigie demande la version "
                        + OLDEST_SERVER + " ou une plus récente.");
            }
        } catch (SQLException problem) {
            throw Failure.of(
                    "La base de données ne répond pas (" + withoutSecrets(address.url())
                            + ")\u202f: vérifiez que PostgreSQL est démarré, l’adresse donnée par --database et les variables"
                            + " VIGIE_DATABASE_USER et VIGIE_DATABASE_PASSWORD.",
                    problem);
        }
        return database;
    }

    /** Brings the tables to what this version of Vigie expects. */
    public void migrate() {
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

    /** For a run. */
    public HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(user());
        config.setPassword(password());
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
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
