package fr.vigie.batch.publication;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.schema.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A new numbered publication: loaded beside the current one into partitions of its own, checked, then made current by one transaction. A reader
 * sees one publication or the other. The same print for the same date d'arrêt makes no new number.
 */
public final class Publisher {

    /** What came out. */
    public record Published(int number, String print, long lines, boolean isNew) {}

    private static final List<String> TABLES = List.of("valeur", "entonnoir", "territoire");

    private final Database database;

    public Publisher(Database database) {
        this.database = database;
    }

    public Published publish(Path exchange, Instant asOf, Catalogue catalogue, StopDates stops) {
        try (Connection connection = database.connect()) {
            int number = one(connection, "SELECT coalesce(max(numero), 0) + 1 FROM registre.publication")
                    .intValue();
            load(connection, number, exchange);
            long lines = check(connection, number);
            String print = print(connection, number);
            int current = current(connection, asOf, print);
            if (current > 0) {
                drop(connection, number);
                connection.setAutoCommit(false);
                // The same values, and perhaps other reasons for those that are not there.
                describe(connection, current, catalogue, stops);
                connection.commit();
                return new Published(current, print, lines, false);
            }
            flip(connection, number, asOf, print, lines, catalogue, stops);
            return new Published(number, print, lines, true);
        } catch (SQLException | IOException problem) {
            throw Failure.of(
                    "La publication n’a pas abouti\u202f; la précédente reste en place. Vérifiez la base de données et la place disponible,"
                            + " puis relancez la même commande.",
                    problem);
        }
    }

    private static void load(Connection connection, int number, Path exchange) throws SQLException, IOException {
        drop(connection, number);
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                // A plain table until it is attached: no reader of the parent ever waits for it.
                statement.execute(
                        "CREATE TABLE " + partition(table, number) + " (LIKE mart." + table + " INCLUDING DEFAULTS)");
                statement.execute(
                        "ALTER TABLE " + partition(table, number) + " ALTER publication SET DEFAULT " + number);
            }
        }
        copy(connection, partition("valeur", number), RunResult.VALUE_COLUMNS, exchange.resolve(RunResult.VALUES));
        copy(connection, partition("entonnoir", number), RunResult.FUNNEL_COLUMNS, exchange.resolve(RunResult.FUNNEL));
        copy(
                connection,
                partition("territoire", number),
                List.of("territoire_type", "territoire_code", "libelle"),
                exchange.resolve(RunResult.TERRITORIES));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE UNIQUE INDEX ON " + partition("valeur", number)
                    + " (indicateur, territoire_type, territoire_code, periode, ventilation)");
            statement.execute("CREATE INDEX ON " + partition("entonnoir", number)
                    + " (indicateur, territoire_type, territoire_code, periode)");
            statement.execute("ANALYZE " + partition("valeur", number));
        }
    }

    private static void copy(Connection connection, String table, List<String> columns, Path folder)
            throws SQLException, IOException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        List<Path> parts;
        try (Stream<Path> files = Files.list(folder)) {
            parts = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList();
        }
        for (Path part : parts) {
            try (InputStream stream = Files.newInputStream(part)) {
                copies.copyIn(
                        "COPY " + table + " (" + String.join(", ", columns)
                                + ") FROM STDIN (FORMAT csv, DELIMITER ';')",
                        stream);
            }
        }
    }

    /** What must hold of every publication, whatever it says; gives the number of its lines. */
    private static long check(Connection connection, int number) throws SQLException {
        String values = partition("valeur", number);
        String broken = "SELECT count(*) FROM " + values + " WHERE numerateur < 0 OR denominateur < 0"
                + " OR (denominateur IS NOT NULL AND ic_bas IS NOT NULL AND (numerateur > denominateur OR ic_bas > valeur OR valeur > ic_haut))"
                + " OR (statut = 'SO' AND valeur IS NOT NULL)";
        if (one(connection, broken).longValue() > 0) {
            throw Failure.of(
                    "La publication est incohérente (un numérateur dépasse son dénominateur ou une valeur sort de son intervalle)\u202f:"
                            + " elle n’est pas mise en place. Signalez-le avec le numéro de l’exécution.");
        }
        String funnel = "SELECT count(*) FROM (SELECT sum(effectif) FILTER (WHERE etape = 'FAITS') AS faits,"
                + " sum(effectif) FILTER (WHERE etape IN ('HORS_POPULATION', 'EN_COURS', 'EXCLU', 'DENOMINATEUR')) AS parts"
                + " FROM " + partition("entonnoir", number)
                + " GROUP BY indicateur, territoire_type, territoire_code, periode) f WHERE faits IS DISTINCT FROM parts";
        if (one(connection, funnel).longValue() > 0) {
            throw Failure.of(
                    "La publication est incohérente (un entonnoir ne se referme pas)\u202f: elle n’est pas mise en place.");
        }
        return one(connection, "SELECT count(*) FROM " + values).longValue();
    }

    /** SHA-256 over the rows of {@code values} but the publication, in the order of their bytes, whatever the database's collation. */
    private static String print(Connection connection, int number) throws SQLException, IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String columns = String.join(", ", RunResult.VALUE_COLUMNS);
            String order = Stream.of("indicateur", "territoire_type", "territoire_code", "periode", "ventilation")
                    .map(column -> column + " COLLATE \"C\"")
                    .collect(Collectors.joining(", "));
            try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                "COPY (SELECT " + columns + " FROM " + partition("valeur", number) + " ORDER BY "
                                        + order + ") TO STDOUT (FORMAT csv, DELIMITER ';', ENCODING 'UTF8')",
                                out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int current(Connection connection, Instant asOf, String print) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT p.numero FROM registre.publication p"
                        + " JOIN registre.publication_courante c ON c.numero = p.numero WHERE p.date_arret = ? AND p.empreinte = ?")) {
            query.setTimestamp(1, Timestamp.from(asOf));
            query.setString(2, print);
            ResultSet row = query.executeQuery();
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static void flip(
            Connection connection,
            int number,
            Instant asOf,
            String print,
            long lines,
            Catalogue catalogue,
            StopDates stops)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO registre.publication (numero, date_arret, empreinte, lignes) VALUES (?, ?, ?, ?)")) {
                insert.setInt(1, number);
                insert.setTimestamp(2, Timestamp.from(asOf));
                insert.setString(3, print);
                insert.setLong(4, lines);
                insert.executeUpdate();
            }
            describe(connection, number, catalogue, stops);
            for (String table : TABLES) {
                statement.execute("ALTER TABLE mart." + table + " ATTACH PARTITION " + partition(table, number)
                        + " FOR VALUES IN (" + number + ")");
            }
            statement.execute("INSERT INTO registre.publication_courante (numero) VALUES (" + number
                    + ") ON CONFLICT (unique_row) DO UPDATE SET numero = excluded.numero");
            connection.commit();
        } catch (SQLException problem) {
            connection.rollback();
            throw problem;
        }
    }

    /** What each indicator of a publication is, until when, and what it lacks. */
    private static void describe(Connection connection, int number, Catalogue catalogue, StopDates stops)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM mart.indicateur WHERE publication = ?")) {
            delete.setInt(1, number);
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO mart.indicateur (publication, code, version, libelle, date_arret, flux_manquants, variantes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Definition definition : catalogue.definitions()) {
                Instant limit = stops.limits().get(definition.code());
                insert.setInt(1, number);
                insert.setString(2, definition.code());
                insert.setInt(3, definition.version());
                insert.setString(4, definition.label());
                insert.setTimestamp(5, limit == null ? null : Timestamp.from(limit.minusSeconds(60)));
                insert.setString(
                        6, String.join(",", stops.missing().getOrDefault(definition.code(), java.util.Set.of())));
                insert.setString(
                        7,
                        definition.variants().stream()
                                .map(variant -> variant.name())
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.joining(",")));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Drops what a run killed here left behind; a number that was published is never dropped, because its number is never given again. */
    private static void drop(Connection connection, int number) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("DROP TABLE IF EXISTS " + partition(table, number));
            }
        }
    }

    private static String partition(String table, int number) {
        return "mart." + table + "_" + number;
    }

    private static Number one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
