package fr.vigie.batch.superset;

import fr.vigie.batch.TestDatabase;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.schema.AccessAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Readers at PostgreSQL itself, each under its own login and password, as Superset opens it for them. */
final class SignedIn implements AutoCloseable {

    private static final String NAME = "essai";

    private final TestDatabase server;
    private final Database database;
    private final ReaderSecrets secrets;
    private final Path folder;
    private final List<String> logins = new ArrayList<>();

    SignedIn(TestDatabase server, Database database) {
        try {
            this.server = server;
            this.database = database;
            this.folder = Files.createTempDirectory("vigie-lecteurs");
            InstanceHome home = new InstanceHome(folder);
            home.create();
            this.secrets = ReaderSecrets.of(home);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** A login that answers for this. */
    String login(AccessAccount account) throws SQLException {
        String login = ReaderSecrets.newLogin();
        logins.add(login);
        execute(account.sql(login, secrets.verifierOf(login, NAME), Optional.empty()));
        return login;
    }

    Connection connect(String login) throws SQLException {
        return DriverManager.getConnection(
                server.url().replaceFirst("\\?.*", ""), login, secrets.password(login, NAME));
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (String login : logins) {
            execute(AccessAccount.removal(login));
        }
        TestDatabase.delete(folder);
    }
}
