package fr.vigie.batch.publication;

import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.AccessPolicy.Audience;
import fr.vigie.schema.Resources;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * First level of statistical secrecy (domaine.md 5.3), computed once per publication and audience, over sets: what an audience may not see is not
 * in its tables.
 *
 * <p>A cell is a published row, or a step of a funnel. A group is an equation that a reader can write: cells and their shown total. A cell is
 * masked when a count in it, or the complement, is too small; then, as long as an equation has exactly one unknown, or unknowns that sum to too
 * little, its smallest other cell is masked too.
 */
final class Disclosure {

    /** Each group spans cells that differ by one coordinate only. */
    private enum Family {
        BREAKDOWN("ligne", "territoire", "periode"),
        TERRITORY("territoire", "ligne", "periode"),
        PERIOD("periode", "ligne", "territoire");

        private final String moving;
        private final String first;
        private final String second;

        Family(String moving, String first, String second) {
            this.moving = moving;
            this.first = first;
            this.second = second;
        }
    }

    /** Masks beget masks; far fewer rounds are ever needed, and what is left open after these is refused. */
    private static final int ROUNDS = 200;

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
        run("groupes");
        for (Audience audience : policy.audiences().values()) {
            if (audience.isMasked()) {
                fill(audience);
            }
        }
    }

    private void fill(Audience audience) throws SQLException {
        try (PreparedStatement open = connection.prepareStatement(sql("cellules"))) {
            open.setArray(1, array(audience.territories()));
            open.setArray(2, array(audience.periods()));
            open.setBoolean(3, audience.hasBreakdowns());
            open.setBoolean(4, audience.hasFunnel());
            open.execute();
        }
        execute("CREATE INDEX ON cellule (ligne, territoire, periode)");
        execute("ANALYZE cellule");
        execute("CREATE INDEX ON cellule (tour) WHERE tour > 0");
        int round = 1;
        for (long added = 1; added > 0; round++) {
            if (round > ROUNDS) {
                throw new SQLException("disclosure did not settle");
            }
            added = 0;
            for (Family family : Family.values()) {
                added += closeEquations(family, round);
            }
        }
        run("lignes_" + audience.code());
        if (audience.hasFunnel()) {
            run("entonnoir_" + audience.code());
        }
        execute("DROP TABLE cellule");
    }

    /** Masks one more cell in each equation that touches a new mask and that a reader could solve. */
    private long closeEquations(Family family, int round) throws SQLException {
        String query = sql("equations")
                .replace("{moving}", family.moving)
                .replace("{first}", family.first)
                .replace("{second}", family.second)
                .replace("{touched}", round == 1 ? "c.statut IS NULL AND c.poids > 0" : "c.tour = " + (round - 1))
                .replace("{round}", String.valueOf(round));
        try (Statement update = connection.createStatement()) {
            return update.executeUpdate(query);
        }
    }

    private java.sql.Array array(java.util.Set<String> words) throws SQLException {
        return connection.createArrayOf("text", words.toArray());
    }

    private void run(String file) throws SQLException {
        execute(sql(file));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String sql(String file) {
        String text = Resources.text("disclosure/" + file + ".sql");
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
    static List<String> tables() {
        return List.of("mesure_partenaire", "mesure_public", "effectif_partenaire", "ressort");
    }
}
