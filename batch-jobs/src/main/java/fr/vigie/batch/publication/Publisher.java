package fr.vigie.batch.publication;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.dashboards.ValueUnit;
import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.Resources;
import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * A new numbered publication: loaded beside the current one into partitions of its own, checked, then made current by one transaction. A reader
 * sees one publication or the other. The same values and surroundings for the same date d'arrêt make no new number.
 */
public final class Publisher {

    /**
     * What a publication says.
     *
     * @param print of its values
     * @param surroundings digits of what readers see beside them
     */
    private record Content(String print, String surroundings) {}

    /** What came out. */
    public record Published(int number, String print, long lines, boolean isNew) {}

    private static final List<String> TABLES = Stream.concat(
                    Stream.of("ligne", "territoire", "periode", "etape", "mesure", "effectif", "ressort"),
                    Disclosure.filled().stream())
            .toList();

    private static final int COPY_BUFFER = 1 << 16;

    /** A long export began to read long ago, and goes on reading what it began with: it is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Database database;

    public Publisher(Database database) {
        this.database = database;
    }

    public Published publish(Path exchange, Instant asOf, Catalogue catalogue, StopDates stops) {
        try (Connection connection = database.connect()) {
            int number = (int) one(connection, sql("numero", 0));
            drop(connection, number);
            // One transaction until all is there: what is copied into a table that it creates is not written twice
            // where
            // the server keeps a minimal log, no vacuum comes in between, and a run killed here leaves nothing.
            connection.setAutoCommit(false);
            Content content = load(connection, number, exchange);
            String print = content.print();
            long lines = check(connection, number);
            int current = current(connection, asOf, content);
            if (current > 0) {
                connection.rollback();
                // The same, and perhaps other reasons for those that are not there.
                describe(connection, current, catalogue, stops);
                PublishedReadings.describe(connection, current, catalogue);
                connection.commit();
                return new Published(current, print, lines, false);
            }
            PublishedReadings.describe(connection, number, catalogue);
            disclose(connection, number);
            connection.commit();
            attach(connection, number);
            flip(connection, number, asOf, content, lines, catalogue, stops);
            return new Published(number, print, lines, true);
        } catch (SQLException | IOException problem) {
            throw Failure.of(
                    "La publication n’a pas abouti\u202f; la précédente reste en place. Vérifiez la base de données et la place disponible,"
                            + " puis relancez la même commande.",
                    problem);
        }
    }

    /** Into tables of their own. */
    private static Content load(Connection connection, int number, Path exchange) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(sql("table", table, number));
            }
            String lines = partition("ligne", number);
            String territories = partition("territoire", number);
            String periods = partition("periode", number);
            copy(connection, lines, WorkerResult.LINE_COLUMNS, exchange.resolve(WorkerResult.LINES));
            copy(connection, territories, WorkerResult.TERRITORY_COLUMNS, exchange.resolve(WorkerResult.TERRITORIES));
            copy(connection, periods, WorkerResult.PERIOD_COLUMNS, exchange.resolve(WorkerResult.PERIODS));
            copy(
                    connection,
                    partition("etape", number),
                    WorkerResult.STEP_COLUMNS,
                    exchange.resolve(WorkerResult.STEPS));
            copy(
                    connection,
                    partition("ressort", number),
                    WorkerResult.SCOPE_COLUMNS,
                    exchange.resolve(WorkerResult.SCOPES));
            Map<Integer, String> territoryTexts = texts(connection, territories, WorkerResult.TERRITORY_COLUMNS);
            Map<Integer, String> periodTexts = texts(connection, periods, WorkerResult.PERIOD_COLUMNS);
            Print print = new Print(texts(connection, lines, WorkerResult.LINE_COLUMNS), territoryTexts, periodTexts);
            for (Path part : parts(exchange.resolve(WorkerResult.MEASURES))) {
                try (InputStream rows = print.read(Files.newInputStream(part))) {
                    copy(connection, partition("mesure", number), WorkerResult.MEASURE_COLUMNS, rows);
                }
            }
            Print funnels = new Print(
                    texts(connection, partition("etape", number), WorkerResult.STEP_COLUMNS),
                    territoryTexts,
                    periodTexts);
            for (Path part : parts(exchange.resolve(WorkerResult.STEP_COUNTS))) {
                try (InputStream rows = funnels.read(Files.newInputStream(part))) {
                    copy(connection, partition("effectif", number), WorkerResult.STEP_COUNT_COLUMNS, rows);
                }
            }
            statement.execute(sql("cles", number));
            statement.execute(sql("territoire_principal", number));
            for (String table : TABLES) {
                statement.execute("ANALYZE " + partition(table, number));
            }
            return new Content(
                    print.hexadecimal(),
                    Surroundings.of(funnels, exchange.resolve(WorkerResult.SCOPES), territoryTexts));
        }
    }

    /** What each audience reads, beside what is published. */
    private static void disclose(Connection connection, int number) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            new Disclosure(connection, number, AccessPolicy.read()).fill();
            statement.execute(sql("cles_des_audiences", number));
            for (String table : Disclosure.filled()) {
                statement.execute("ANALYZE " + partition(table, number));
            }
        }
    }

    private static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Connection connection, String table, List<String> columns, Path file)
            throws SQLException, IOException {
        try (InputStream rows = Files.newInputStream(file)) {
            copy(connection, table, columns, rows);
        }
    }

    private static void copy(Connection connection, String table, List<String> columns, InputStream rows)
            throws SQLException, IOException {
        // A quoted empty text is one, but for a target: there is none.
        String absent = columns.contains("cible") ? ", FORCE_NULL (cible)" : "";
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "COPY " + table + " (" + String.join(", ", columns)
                                + ") FROM STDIN (FORMAT csv, DELIMITER ';', FREEZE" + absent + ")",
                        rows,
                        COPY_BUFFER);
    }

    /** What a reader sees of each code. */
    private static Map<Integer, String> texts(Connection connection, String table, List<String> columns)
            throws SQLException {
        Map<Integer, String> texts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + String.join(", ", columns) + " FROM " + table)) {
            while (rows.next()) {
                StringBuilder text = new StringBuilder();
                for (int column = 2; column <= columns.size(); column++) {
                    String cell = rows.getString(column);
                    text.append(cell == null ? "" : cell).append(';');
                }
                texts.put(rows.getInt(1), text.toString());
            }
        }
        return texts;
    }

    /** What must hold of every publication, whatever it says; gives the number of its lines. */
    private static long check(Connection connection, int number) throws SQLException {
        if (one(connection, sql("valeurs_incoherentes", number)) > 0) {
            throw Failure.of(
                    "La publication est incohérente (un numérateur dépasse son dénominateur ou une valeur sort de son intervalle)\u202f:"
                            + " elle n’est pas mise en place. Signalez-le avec le numéro de l’exécution.");
        }
        if (one(connection, sql("entonnoirs_ouverts", number)) > 0) {
            throw Failure.of(
                    "La publication est incohérente (un entonnoir ne se referme pas)\u202f: elle n’est pas mise en place.");
        }
        return one(connection, sql("valeurs", number));
    }

    private static int current(Connection connection, Instant asOf, Content content) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql("la_meme", 0))) {
            query.setTimestamp(1, Timestamp.from(asOf));
            query.setString(2, content.print());
            query.setString(3, content.surroundings());
            ResultSet row = query.executeQuery();
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /**
     * Before the flip, never with it: a question is planned over the partitions that it finds, then answered as of a moment later. Planned without
     * the new partition and answered after the flip, it would find nothing. So whoever has looked at the tables before is waited for.
     */
    private static void attach(Connection connection, int number) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(sql("rattachement", table, number));
            }
            connection.commit();
        } catch (SQLException problem) {
            connection.rollback();
            throw problem;
        } finally {
            connection.setAutoCommit(true);
        }
        Set<String> readers = readers(connection);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!readers.isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException problem) {
                Thread.currentThread().interrupt();
                throw new SQLException(problem);
            }
            readers.retainAll(readers(connection));
        }
    }

    /** The transactions of others that hold a table of the mart. */
    private static Set<String> readers(Connection connection) throws SQLException {
        Set<String> readers = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql("lecteurs", 0))) {
            while (rows.next()) {
                readers.add(rows.getString(1));
            }
        }
        return readers;
    }

    private static void flip(
            Connection connection,
            int number,
            Instant asOf,
            Content content,
            long lines,
            Catalogue catalogue,
            StopDates stops)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            try (PreparedStatement insert = connection.prepareStatement(sql("nouvelle", number))) {
                insert.setInt(1, number);
                insert.setTimestamp(2, Timestamp.from(asOf));
                insert.setString(3, content.print());
                insert.setLong(4, lines);
                insert.setString(5, content.surroundings());
                insert.executeUpdate();
            }
            describe(connection, number, catalogue, stops);
            statement.execute(sql("courante", number));
            connection.commit();
        } catch (SQLException problem) {
            connection.rollback();
            throw problem;
        }
    }

    /** What each indicator of a publication is, until when, and what it lacks. */
    private static void describe(Connection connection, int number, Catalogue catalogue, StopDates stops)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql("sans_indicateurs", number))) {
            delete.setInt(1, number);
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(sql("indicateur", number))) {
            for (Definition definition : catalogue.definitions()) {
                Instant limit = stops.limits().get(definition.code());
                insert.setInt(1, number);
                insert.setString(2, definition.code());
                insert.setInt(3, definition.version());
                insert.setString(4, definition.label());
                insert.setTimestamp(5, limit == null ? null : Timestamp.from(limit.minusSeconds(60)));
                insert.setString(6, names(stops.missing(definition.code())));
                insert.setString(
                        7,
                        catalogue.variants(definition.code()).stream()
                                .map(variant -> variant.name())
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.joining(",")));
                insert.setString(
                        8,
                        catalogue.variants(definition.code()).stream()
                                .map(variant -> ValueUnit.of(variant.measure()).name())
                                .collect(Collectors.joining(",")));
                insert.setString(9, names(stops.unobservedRisks(definition.code())));
                insert.setString(10, names(stops.leftOut(definition.code())));
                insert.setString(11, names(definition.feeds()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String names(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(","));
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

    /** A statement of {@code sql/publication}. */
    private static String sql(String file, int number) {
        return Resources.text("sql/publication/" + file + ".sql").replace("{n}", String.valueOf(number));
    }

    private static String sql(String file, String table, int number) {
        return sql(file, number).replace("{table}", table);
    }

    private static long one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
