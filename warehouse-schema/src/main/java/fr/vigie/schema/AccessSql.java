package fr.vigie.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the policy makes of PostgreSQL: views that only readers read, under a role that owns nothing else and to which row-level security gives
 * the rows of whoever asks; and everything else closed. Every statement may be run again.
 */
public final class AccessSql {

    /** Owns the views of the dashboards: reads the tables, by the rules of rows, and logs in nowhere. */
    static final String VIEWS = "vigie_restitution";

    /** What every reader is a member of: the right to ask the views, which answer nothing to whoever has no habilitation. */
    static final String READERS = "vigie_lecteurs";

    /** Superset logs in as this one before it knows who asks: it reads nothing. */
    public static final String POOL = "vigie_superset";

    /** Which table holds the rows of an audience. */
    private static final Map<String, List<String>> TABLES = Map.of(
            "interne", List.of("mart.mesure", "mart.effectif"),
            "partenaire", List.of("mart.mesure_partenaire", "mart.effectif_partenaire"),
            "public", List.of("mart.mesure_public"));

    private static final List<String> OPEN_TABLES = List.of(
            "mart.territoire",
            "mart.periode",
            "mart.ressort",
            "mart.lecture",
            "mart.indicateur",
            "mart.ligne",
            "mart.etape",
            "registre.publication",
            "registre.publication_courante",
            "registre.habilitation",
            "restitution.contour",
            "restitution.modalite");

    /** What the data sets of Superset read, and its rules of rows. */
    private static final List<String> SHOWN = List.of(
            "valeur",
            "carte",
            "entonnoir",
            "territoire",
            "periode",
            "publication",
            "indicateur",
            "ventilation",
            "flux",
            "rejet",
            "ressort");

    /** What those are made of. */
    private static final List<String> HIDDEN = List.of("mesure", "effectif", "visible");

    private static final String MINE = "registre.habilitation h WHERE h.role_sql = current_user::text";

    private AccessSql() {}

    /** In order. */
    public static List<String> statements(AccessPolicy policy) {
        List<String> statements = new ArrayList<>();
        statements.add(createRole(VIEWS, "NOLOGIN"));
        statements.add(createRole(READERS, "NOLOGIN"));
        statements.add(createRole(POOL, "LOGIN"));
        statements.add(Resources.text("policy/anciens-roles.sql"));
        statements.add("ALTER ROLE " + POOL + " RESET ALL");
        statements.add("ALTER ROLE " + POOL + " SET statement_timeout = '60s'");
        statements.add("GRANT USAGE ON SCHEMA restitution, mart, registre TO " + VIEWS);
        statements.add("GRANT SELECT ON " + String.join(", ", OPEN_TABLES) + " TO " + VIEWS);
        statements.add(
                "GRANT SELECT (id, fichier, flux, source, complet_jusqu_au, lues, rejetees, avertissements, statut, recu_le) ON registre.livraison TO "
                        + VIEWS);
        statements.add("GRANT SELECT (livraison, colonne, niveau, code) ON registre.rejet TO " + VIEWS);
        policy.audiences()
                .keySet()
                .forEach(audience -> TABLES.getOrDefault(audience, List.of())
                        .forEach(table -> figures(statements, audience, table)));
        rows(statements, "registre.habilitation", "role_sql = current_user::text");
        // Arrays, which are made once for a question: a look for each of the thousands of lines would grow with the
        // number of accounts.
        rows(
                statements,
                "mart.ligne",
                beginsWithMine("h.territoire_type <> 'ETABLISSEMENT'") + " OR "
                        + beginsWithMine("h.territoire_type = 'ETABLISSEMENT'")
                        + " AND ventilation = ANY (ARRAY(SELECT 'etablissement=' || h.territoire_code FROM " + MINE
                        + " AND h.territoire_type = 'ETABLISSEMENT'))");
        // The funnel of an établissement is not published: that of everybody is not its own. A look for each step is
        // wanted here: with arrays,
        // PostgreSQL takes the steps for free and reads all of them again for each indicator.
        rows(
                statements,
                "mart.etape",
                "EXISTS (SELECT 1 FROM " + MINE
                        + " AND starts_with(indicateur, h.indicateurs) AND h.territoire_type <> 'ETABLISSEMENT')");
        String quality = "EXISTS (SELECT 1 FROM " + MINE + " AND h.qualite)";
        rows(statements, "registre.livraison", quality);
        rows(statements, "registre.rejet", quality);
        // A view reads as its owner: a view of a superuser would pass by every rule of rows.
        statements.add("GRANT " + VIEWS + " TO CURRENT_USER");
        statements.add("GRANT CREATE ON SCHEMA restitution TO " + VIEWS);
        for (String view : HIDDEN) {
            statements.add("ALTER VIEW restitution." + view + " OWNER TO " + VIEWS);
            statements.add("ALTER VIEW restitution." + view + " RESET (security_invoker)");
        }
        for (String view : SHOWN) {
            statements.add("ALTER VIEW restitution." + view + " OWNER TO " + VIEWS);
            statements.add("ALTER VIEW restitution." + view + " RESET (security_invoker)");
            statements.add("GRANT SELECT ON restitution." + view + " TO " + READERS);
        }
        statements.add("REVOKE CREATE ON SCHEMA restitution FROM " + VIEWS);
        // A function that looks words up reads this one as the person who asks.
        statements.add("GRANT SELECT ON restitution.modalite TO " + READERS);
        statements.add("GRANT USAGE ON SCHEMA restitution TO " + READERS + ", " + POOL);
        statements.add("GRANT EXECUTE ON FUNCTION restitution.couper_les_lecteurs_trop_longs() TO " + POOL);
        statements.add(closing(policy));
        return statements;
    }

    /** Closes functions, catalogues, languages and the database itself to everybody but the owner; a superuser can. */
    static String closing(AccessPolicy policy) {
        return Resources.text("policy/fermeture.sql").replace(":fonctions", functions(policy));
    }

    /** What a reader may still run or read although the closing should have taken it away; one row per function or catalogue, none when all is closed. */
    public static String stillOpen(AccessPolicy policy) {
        return Resources.text("policy/reste-ouvert.sql").replace(":fonctions", functions(policy));
    }

    private static String functions(AccessPolicy policy) {
        return policy.functions().keySet().stream()
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
    }

    /** The rows of figures of an audience: those of one's own territories and indicators, within the limits of a reader. */
    private static void figures(List<String> statements, String audience, String table) {
        statements.add("GRANT SELECT ON " + table + " TO " + VIEWS);
        String key = table.contains("effectif") ? "etape" : "ligne";
        rows(
                statements,
                table,
                // Asked once, before any row: whoever has another audience does not even open this table.
                "(SELECT restitution.limites_tenues()) AND EXISTS (SELECT 1 FROM " + MINE + " AND h.audience = '"
                        + audience + "')"
                        + " AND (publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v WHERE v.audience = '"
                        + audience + "') AND (publication, " + key + ") IN (SELECT k.publication, k." + key
                        + " FROM mart." + key + " k)");
    }

    private static String beginsWithMine(String condition) {
        return "indicateur ^@ ANY (ARRAY(SELECT h.indicateurs FROM " + MINE + " AND " + condition + "))";
    }

    private static void rows(List<String> statements, String table, String condition) {
        statements.add("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY");
        statements.add("DROP POLICY IF EXISTS vigie_lecture ON " + table);
        statements.add(
                "CREATE POLICY vigie_lecture ON " + table + " FOR SELECT TO " + VIEWS + " USING (" + condition + ")");
    }

    static String createRole(String name, String options) {
        return "DO $$ BEGIN CREATE ROLE " + name + " " + options
                + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$";
    }

    /** The statements as a file that a database administrator can read and run. */
    public static String file(AccessPolicy policy) {
        return "-- Généré depuis acces.yaml par AccessSql : ne pas modifier. Rôles, droits et règles de lignes de PostgreSQL.\n"
                + "-- « vigie superset import » l’applique. Sur un serveur où le compte de Vigie n’est pas superutilisateur, un superutilisateur\n"
                + "-- l’applique une fois dans la base de Vigie, qui doit être la sienne seule : la dernière instruction ferme ce que tous peuvent exécuter et lire.\n\n"
                + statements(policy).stream().map(String::strip).collect(Collectors.joining(";\n\n"))
                + ";\n";
    }
}
