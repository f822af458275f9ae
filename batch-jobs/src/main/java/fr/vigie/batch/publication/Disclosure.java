package fr.vigie.batch.publication;

import fr.vigie.batch.publication.Equations.Family;
import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.AccessPolicy.Audience;
import fr.vigie.schema.Regions;
import fr.vigie.schema.Resources;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * First level of statistical secrecy (domaine 5.3), computed once per publication and audience: what an audience may not see is not in its
 * tables.
 *
 * <p>A cell is a published row, or a step of a funnel. It is masked by itself when a count in it, or the complement, is too small; then
 * {@link Equations} tells which others go with it. The database says what is masked by itself, so that only what an equation needs leaves it.
 */
final class Disclosure {

    private interface Cells {
        void add(int line, int territory, int period, long weight);
    }

    /** How many lines, territories or periods there may be; the same number packs the coordinates of a cell in SQL. */
    private static final long COORDINATES = 1 << 20;

    private final Connection connection;
    private final int number;
    private final AccessPolicy policy;

    Disclosure(Connection connection, int number, AccessPolicy policy) {
        this.connection = connection;
        this.number = number;
        this.policy = policy;
    }

    /** Fills the tables of the audiences that do not read everything, in the transaction of the caller. */
    void fill() throws SQLException {
        execute(sql("groupes").replace("{regions}", regions()));
        for (Audience audience : policy.audiences().values()) {
            if (audience.isMasked()) {
                fill(audience);
            }
        }
    }

    private void fill(Audience audience) throws SQLException {
        execute(sql("ouvertes")
                .replace("{territoires}", words(audience.territories()))
                .replace("{periodes}", words(audience.periods()))
                .replace("{ventilations}", String.valueOf(audience.hasBreakdowns()))
                .replace("{entonnoirs}", String.valueOf(audience.hasFunnel())));
        Equations equations = new Equations(policy.patients());
        for (Family family : Family.values()) {
            readGroups(equations, family);
        }
        read(sql("cellules").replace("{cellules}", "masque IS NULL AND poids > 0"), equations::addShown);
        read(sql("cellules").replace("{cellules}", "masque IS NOT NULL"), equations::addMasked);
        write(equations.close());
        execute("ANALYZE secondaire");
        execute(sql("mesures").replace("{audience}", audience.code()));
        if (audience.hasFunnel()) {
            execute(sql("effectifs").replace("{audience}", audience.code()));
        }
        execute(sql("fin"));
    }

    private void readGroups(Equations equations, Family family) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql("membres").replace("{coordonnee}", family.coordinate))) {
            while (rows.next()) {
                equations.addGroup(family, rows.getInt(1), rows.getString(2), rows.getInt(3));
            }
        }
    }

    /** Four integers per row, in the text format of COPY: many times faster than a result set, and never held whole. */
    private void read(String query, Cells cells) throws SQLException {
        CopyOut rows = copy().copyOut("COPY (" + query + ") TO STDOUT");
        long[] fields = new long[4];
        for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
            int position = 0;
            for (int field = 0; field < fields.length; field++) {
                boolean isNegative = row[position] == '-';
                long value = 0;
                for (position += isNegative ? 1 : 0; row[position] >= '0'; position++) {
                    value = 10 * value + row[position] - '0';
                }
                position++;
                fields[field] = isNegative ? -value : value;
            }
            cells.add((int) fields[0], (int) fields[1], (int) fields[2], fields[3]);
        }
    }

    private void write(List<int[]> cells) throws SQLException {
        CopyIn rows = copy().copyIn("COPY secondaire (cellule) FROM STDIN");
        for (int[] cell : cells) {
            long packed = ((long) cell[0] * COORDINATES + cell[1]) * COORDINATES + cell[2];
            byte[] row = (packed + "\n").getBytes(StandardCharsets.US_ASCII);
            rows.writeToCopy(row, 0, row.length);
        }
        rows.endCopy();
    }

    private CopyManager copy() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** Rows of (département, région): what one of them says of another is a matter of the référentiel. */
    private static String regions() {
        return Regions.byDepartement().entrySet().stream()
                .map(one -> "('" + one.getKey() + "', '" + one.getValue() + "')")
                .collect(Collectors.joining(", "));
    }

    /** The policy holds only words that it knows. */
    private static String words(Set<String> words) {
        return "{" + String.join(",", words) + "}";
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String sql(String file) {
        String text = Resources.text("sql/secret/" + file + ".sql");
        for (Map.Entry<String, String> word : Map.of(
                        "{n}", String.valueOf(number),
                        "{patients}", String.valueOf(policy.patients()),
                        "{professionnels}", String.valueOf(policy.professionnels()))
                .entrySet()) {
            text = text.replace(word.getKey(), word.getValue());
        }
        return text;
    }

    /** Tables that a publication needs beside those of the exchange. */
    static List<String> filled() {
        return List.of("mesure_partenaire", "mesure_public", "effectif_partenaire");
    }
}
