package fr.vigie.batch.instance;

import fr.vigie.batch.Failure;
import fr.vigie.schema.Resources;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** One run at a time on an instance: a PostgreSQL session lock, freed by the server when this process dies. */
public final class RunLock implements AutoCloseable {

    private final Connection connection;

    private RunLock(Connection connection) {
        this.connection = connection;
    }

    /** Takes the lock, or says who holds it and since when. */
    public static RunLock take(Database database, String command) {
        try {
            Connection connection = database.connect();
            try (Statement statement = connection.createStatement()) {
                ResultSet taken = statement.executeQuery(Resources.text("sql/registre/prise_du_verrou.sql"));
                taken.next();
                if (!taken.getBoolean(1)) {
                    String who = noted(statement);
                    connection.close();
                    throw Failure.of("Une écriture est déjà en cours sur cette instance\u202f: " + who
                            + ". Attendez qu’elle finisse\u202f; «\u00a0vigie status\u00a0» dit où elle en est.");
                }
            }
            try (PreparedStatement note = connection.prepareStatement(Resources.text("sql/registre/verrou.sql"))) {
                note.setString(1, command);
                note.setLong(2, ProcessHandle.current().pid());
                note.setString(3, machine());
                note.executeUpdate();
            }
            return new RunLock(connection);
        } catch (SQLException problem) {
            throw Failure.of(
                    "Le verrou de l’instance n’a pas pu être pris\u202f: la base de données ne répond plus.", problem);
        }
    }

    /** Who writes on the instance at this moment, if anybody does. */
    public static Optional<String> holder(Database database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            ResultSet taken = statement.executeQuery(Resources.text("sql/registre/prise_du_verrou.sql"));
            taken.next();
            // Ours for an instant, it goes with the connection.
            return taken.getBoolean(1) ? Optional.empty() : Optional.of(noted(statement));
        } catch (SQLException gone) {
            return Optional.empty();
        }
    }

    private static String noted(Statement statement) throws SQLException {
        ResultSet holder = statement.executeQuery(Resources.text("sql/consultation/detenteur_du_verrou.sql"));
        return holder.next()
                ? "«\u00a0vigie " + holder.getString(1) + "\u00a0» (processus " + holder.getLong(2) + " sur "
                        + holder.getString(3) + ", depuis "
                        + since(holder.getTimestamp(4).toInstant()) + ")"
                : "une autre commande";
    }

    /**
     * The lock lives as long as its session: after a restart of the server another command may have taken it.
     *
     * @throws Failure when the session is gone
     */
    public void ensureHeld() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException gone) {
            throw Failure.of(
                    "La base de données a été arrêtée pendant l’exécution, et le verrou de l’instance est perdu\u202f: rien n’est écrit."
                            + " Relancez la même commande.",
                    gone);
        }
    }

    private static String since(Instant instant) {
        return DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss").format(instant.atZone(ZoneId.of("Europe/Paris")));
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "cette machine";
        }
    }

    @Override
    public void close() {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(Resources.text("sql/registre/rend_le_verrou.sql"));
        } catch (SQLException gone) {
            // The server frees the lock with the session, whatever happens here.
        }
    }
}
