package fr.vigie.pipelines;

import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.Resources;
import fr.vigie.verification.oracle.CurrentRows;
import fr.vigie.verification.oracle.SilverRow;
import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The third engine: DuckDB answers each indicator by a query written by hand from docs/domaine over silver rows, {@code duckdb/CODE.sql} in the test
 * resources. It shares neither the definitions, nor gold, nor a line of code with the other two.
 */
final class PlainSqlEngine implements AutoCloseable {

    private static final String FOLDER = "duckdb/";

    private final DuckDBConnection connection;
    private UnaryOperator<String> rewriting = UnaryOperator.identity();

    /** @param limit exclusive end of what is read */
    PlainSqlEngine(CurrentRows silver, Instant limit) throws SQLException {
        connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        // Far from Paris: nothing may lean on the time zone of the session.
        run(
                "SET TimeZone = 'Pacific/Auckland'; SET threads = 2; SET memory_limit = '2GB'; ATTACH ':memory:' AS silver");
        run("SET VARIABLE limite = TIMESTAMPTZ '" + limit + "'");
        for (FeedContract contract : FeedContract.all().values()) {
            load(contract, silver.rows(contract.feed()));
        }
        read();
    }

    /** Reads the same rows again by queries whose text was changed: how a deliberate mistake comes in. */
    void rewrite(UnaryOperator<String> change) throws SQLException {
        rewriting = change;
        run("USE memory; DETACH lecture");
        read();
    }

    private void read() throws SQLException {
        run("ATTACH ':memory:' AS lecture; USE lecture");
        for (String sql : Resources.texts(FOLDER + "commun", ".sql").values()) {
            run(rewriting.apply(sql));
        }
    }

    /** The codes of the indicators that have a query. */
    static List<String> codes() {
        return Resources.texts(FOLDER, ".sql").keySet().stream()
                .map(file -> file.replace(".sql", ""))
                .toList();
    }

    /** Every reading of one indicator: what {@link OracleAnswers} says, by the same keys. */
    Map<String, String> answers(String code) throws SQLException {
        run("SET VARIABLE indicateur = '" + code + "'");
        create("lignes", code);
        boolean hasDelays = hasDelays();
        run("ALTER TABLE lignes ADD COLUMN IF NOT EXISTS indetermine BOOLEAN DEFAULT false");
        run("ALTER TABLE lignes ADD COLUMN IF NOT EXISTS est_un_etat BOOLEAN DEFAULT false");
        run("ALTER TABLE lignes ADD COLUMN IF NOT EXISTS denominateur BOOLEAN DEFAULT true");
        run("ALTER TABLE lignes ADD COLUMN IF NOT EXISTS sens VARCHAR");
        run("ALTER TABLE lignes ADD COLUMN IF NOT EXISTS regle VARCHAR");
        create("territoire_de_ligne", "cumul/territoire_de_ligne");
        create("ligne_situee", "cumul/ligne_situee");
        Map<String, String> answers = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(text("cumul/valeur"))) {
            while (row.next()) {
                answers.put(row.getString("cle"), row.getString("valeur"));
            }
        }
        if (hasDelays) {
            addMedians(answers);
        }
        return answers;
    }

    private boolean hasDelays() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'lignes' AND column_name = 'duree'")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private void addMedians(Map<String, String> answers) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(text("cumul/mediane"))) {
            while (row.next()) {
                BigDecimal median = row.getBigDecimal("mediane");
                if (median != null) {
                    answers.computeIfPresent(
                            row.getString("cle"),
                            (key, counts) ->
                                    counts + " " + median.stripTrailingZeros().toPlainString());
                }
            }
        }
        // A median that the curve does not reach is empty.
        answers.replaceAll((key, value) -> key.endsWith("]") && !value.contains(" ") ? value + " " : value);
    }

    private void create(String table, String file) throws SQLException {
        run("CREATE OR REPLACE TABLE " + table + " AS " + text(file));
    }

    private String text(String file) {
        return rewriting.apply(Resources.text(FOLDER + file + ".sql"));
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Every value goes in as text and is typed by the engine. */
    private void load(FeedContract contract, List<SilverRow> rows) throws SQLException {
        Map<String, String> types = new TreeMap<>();
        types.put("source", "VARCHAR");
        for (FeedColumn column : contract.columns()) {
            column.storedNames().forEach(name -> types.put(name, "VARCHAR"));
            types.put(column.name(), type(column));
        }
        run("CREATE TABLE texte ("
                + types.keySet().stream().map(name -> name + " VARCHAR").collect(Collectors.joining(", ")) + ")");
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "texte")) {
            for (SilverRow row : rows) {
                appender.beginRow();
                for (String name : types.keySet()) {
                    appender.append(written(row.values().get(name)));
                }
                appender.endRow();
            }
        }
        List<String> typed = new ArrayList<>();
        types.forEach((name, type) -> typed.add(
                type.endsWith("[]")
                        ? "string_split(" + name + ", '|')::" + type + " AS " + name
                        : name + "::" + type + " AS " + name));
        run("CREATE TABLE silver." + contract.feed() + " AS SELECT " + String.join(", ", typed) + " FROM texte");
        run("DROP TABLE texte");
    }

    private static String type(FeedColumn column) {
        return switch (column.type()) {
            case CODES -> "VARCHAR[]";
            case INTEGERS -> "INTEGER[]";
            case DATE -> "DATE";
            case DATETIME -> "TIMESTAMPTZ";
            case YEAR, INTEGER -> "INTEGER";
            case DECIMAL -> "DECIMAL(18,6)";
            case BOOLEAN -> "BOOLEAN";
            default -> "VARCHAR";
        };
    }

    private static @org.jspecify.annotations.Nullable String written(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining("|"));
        }
        return value == null ? null : value.toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
