package fr.vigie.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the policy makes of PostgreSQL: a group of readers per audience, rights to read and nothing else, and row-level security that gives
 * nothing to a role for which it says nothing. Every statement may be run again.
 */
public final class AccessSql {

    /** Which table holds the rows of an audience. */
    private static final Map<String, List<String>> TABLES = Map.of(
            "interne", List.of("mart.mesure", "mart.effectif"),
            "partenaire", List.of("mart.mesure_partenaire", "mart.effectif_partenaire"),
            "public", List.of("mart.mesure_public"));

    private static final List<String> OPEN = List.of(
            "mart.territoire",
            "mart.periode",
            "mart.ressort",
            "mart.lecture",
            "mart.indicateur",
            "registre.publication",
            "registre.publication_courante");

    private static final String IN_SCOPE =
            "(publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v)";

    private AccessSql() {}

    /** In order. */
    public static List<String> statements(AccessPolicy policy) {
        List<String> statements = new ArrayList<>();
        List<String> groups =
                policy.audiences().keySet().stream().map(one -> "vigie_" + one).toList();
        String readers = String.join(", ", groups);
        for (String group : groups) {
            statements.add(createRole(group, "NOLOGIN"));
        }
        statements.add(createRole("vigie_qualite", "NOLOGIN"));
        // Who reads as nobody in particular: may ask, and sees nothing.
        statements.add(createRole("vigie_personne", "NOLOGIN"));
        statements.add("GRANT " + groups.get(groups.size() - 1) + " TO vigie_personne");
        // Superset logs in as this one, which reads nothing itself and takes the role of the person who asks.
        statements.add(createRole("vigie_superset", "LOGIN NOINHERIT"));
        statements.add("GRANT vigie_personne TO vigie_superset");
        statements.add("GRANT USAGE ON SCHEMA restitution, mart, registre TO " + readers);
        statements.add("GRANT USAGE ON SCHEMA restitution TO vigie_superset");
        statements.add("GRANT SELECT ON ALL TABLES IN SCHEMA restitution TO " + readers);
        statements.add("GRANT SELECT ON " + String.join(", ", OPEN) + " TO " + readers);
        statements.add("GRANT SELECT ON mart.ligne, mart.etape, registre.habilitation TO " + readers);
        statements.add(
                "GRANT SELECT (id, fichier, flux, source, complet_jusqu_au, lues, rejetees, avertissements, statut, recu_le) ON registre.livraison TO "
                        + readers);
        statements.add("GRANT SELECT (livraison, colonne, niveau, code) ON registre.rejet TO " + readers);
        for (String audience : policy.audiences().keySet()) {
            for (String table : TABLES.getOrDefault(audience, List.of())) {
                statements.add("GRANT SELECT ON " + table + " TO " + readers);
                boolean isFunnel = table.contains("effectif");
                String key = isFunnel ? "etape" : "ligne";
                policy(
                        statements,
                        table,
                        "vigie_" + audience,
                        IN_SCOPE + " AND (publication, " + key + ") IN (SELECT k.publication, k." + key + " FROM mart."
                                + key + " k)");
            }
        }
        policy(statements, "registre.habilitation", readers, "role_sql = current_user::text");
        String code = "EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text"
                + " AND starts_with(indicateur, h.indicateurs)";
        policy(
                statements,
                "mart.ligne",
                readers,
                code
                        + " AND (h.territoire_type <> 'ETABLISSEMENT' OR ventilation = 'etablissement=' || h.territoire_code))");
        // The funnel of an établissement is not published: that of everybody is not its own.
        policy(statements, "mart.etape", readers, code + " AND h.territoire_type <> 'ETABLISSEMENT')");
        policy(statements, "registre.livraison", "vigie_qualite", "true");
        policy(statements, "registre.rejet", "vigie_qualite", "true");
        return statements;
    }

    private static void policy(List<String> statements, String table, String roles, String condition) {
        statements.add("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY");
        statements.add("DROP POLICY IF EXISTS vigie_lecture ON " + table);
        statements.add(
                "CREATE POLICY vigie_lecture ON " + table + " FOR SELECT TO " + roles + " USING (" + condition + ")");
    }

    static String createRole(String name, String options) {
        return "DO $$ BEGIN CREATE ROLE " + name + " " + options
                + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$";
    }

    /** The statements as a file that a database administrator can read and run. */
    public static String file(AccessPolicy policy) {
        return "-- Généré depuis acces.yaml par AccessSql : ne pas modifier. Rôles, droits et règles de lignes de PostgreSQL.\n"
                + "-- « vigie superset import » l’applique ; chaque compte y ajoute son rôle et son habilitation.\n\n"
                + String.join(";\n\n", statements(policy)) + ";\n";
    }
}
