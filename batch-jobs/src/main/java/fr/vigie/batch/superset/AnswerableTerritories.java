package fr.vigie.batch.superset;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.schema.AccessAccount;
import fr.vigie.schema.Resources;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The territories and établissements that an account may answer for: those of the current publication. */
public final class AnswerableTerritories {

    private static final int SHOWN = 8;
    private static final LevenshteinDistance NEARNESS = LevenshteinDistance.getDefaultInstance();

    private final Database database;

    public AnswerableTerritories(Database database) {
        this.database = database;
    }

    /** @throws Failure when there is none of this code, with those that look like it; an account that answers for nothing is a mistake of writing */
    public void check(AccessAccount account) {
        if (account.role().isEverywhere()) {
            return;
        }
        String type = account.territoryType();
        String code = account.territoryCode();
        List<Named> known = known(type);
        if (known.isEmpty()) {
            throw Failure.of(
                    "Aucun territoire de type " + type
                            + " n’est publié\u202f: chargez les fichiers et lancez «\u00a0vigie refresh\u00a0», puis créez le compte.");
        }
        if (known.stream().noneMatch(one -> one.code().equals(code))) {
            List<String> near = known.stream()
                    .sorted(Comparator.comparingInt(one -> NEARNESS.apply(one.code(), code)))
                    .limit(SHOWN)
                    .map(Named::words)
                    .toList();
            throw Failure.usage("Territoire inconnu\u202f: «\u00a0" + type + ":" + code + "\u00a0» n’est pas parmi les "
                    + known.size() + " de la publication. Les plus proches\u00a0: " + String.join(", ", near) + ".");
        }
    }

    private record Named(String code, String label) {
        String words() {
            return label.isEmpty() || label.equals(code) ? code : code + " (" + label + ")";
        }
    }

    private List<Named> known(String type) {
        boolean isEtablissement = type.equals("ETABLISSEMENT");
        String sql = Resources.text("sql/acces/" + (isEtablissement ? "etablissements" : "territoires") + ".sql");
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (!isEtablissement) {
                statement.setString(1, type);
            }
            List<Named> known = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    known.add(new Named(rows.getString(1), rows.getString(2)));
                }
            }
            return known;
        } catch (SQLException problem) {
            throw Failure.of("La base de données ne répond plus\u202f: relancez la commande.", problem);
        }
    }
}
