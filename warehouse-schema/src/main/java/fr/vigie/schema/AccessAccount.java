package fr.vigie.schema;

import fr.vigie.schema.AccessPolicy.Role;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A role of the policy for one territory, such as the DAC of Hérault: a Superset role, and what the PostgreSQL login of each of its persons reads.
 *
 * @param territoryType the scope of the role, or {@code *}
 * @param territoryCode code of the territory, or {@code *}
 */
public record AccessAccount(Role role, String territoryType, String territoryCode) {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** Superset answers sixteen questions at a time, all of one reader perhaps. */
    private static final int CONNECTIONS = 20;

    /** Those of time and memory that {@code restitution.limites_tenues} keeps a session from lifting; a chart takes a fraction of a second. */
    private static final Map<String, String> LIMITS = new TreeMap<>(Map.of(
            "statement_timeout", "60s",
            "lock_timeout", "10s",
            "idle_in_transaction_session_timeout", "60s",
            "default_transaction_read_only", "on",
            "work_mem", "64MB"));

    public AccessAccount {
        if (!territoryCode.matches("[0-9A-Za-z_.-]+|\\*")) {
            throw new IllegalArgumentException("Not a code of a territory: it goes into the name of a role");
        }
    }

    public static AccessAccount everywhere(Role role) {
        return new AccessAccount(role, "*", "*");
    }

    /** {@code vigie_role_dac_34}, {@code vigie_role_ars}: the role of Superset that all who answer for the same share. */
    public String name() {
        return "vigie_role_" + role.code() + (territoryCode.equals("*") ? "" : "_" + territoryCode);
    }

    /**
     * Creates the login of one person, or brings it to what it answers for; twice changes nothing.
     *
     * @param login its name in PostgreSQL
     * @param verifier what PostgreSQL keeps of its password (SCRAM-SHA-256, RFC 5802), never the password itself
     * @param until its last day, Paris
     */
    public List<String> sql(String login, String verifier, Optional<LocalDate> until) {
        if (!login.matches("vigie_lecteur_[0-9a-f]+") || !verifier.matches("SCRAM-SHA-256\\$[0-9A-Za-z+/=:$]+")) {
            throw new IllegalArgumentException("Not a login of a reader: it goes into SQL");
        }
        List<String> statements = new ArrayList<>();
        statements.add(AccessSql.createRole(login, "LOGIN"));
        statements.add("ALTER ROLE " + login + " LOGIN CONNECTION LIMIT " + CONNECTIONS + " PASSWORD '" + verifier
                + "' VALID UNTIL '"
                + until.map(day ->
                                day.plusDays(1).atStartOfDay(PARIS).toInstant().toString())
                        .orElse("infinity")
                + "'");
        // A login may change its own settings: what somebody left there goes.
        statements.add("ALTER ROLE " + login + " RESET ALL");
        LIMITS.forEach((name, value) -> statements.add("ALTER ROLE " + login + " SET " + name + " = '" + value + "'"));
        // Only a superuser sets this one; without it a question is still held by its time.
        statements.add(bestEffort("ALTER ROLE " + login + " SET temp_file_limit = '1GB'"));
        statements.add("GRANT " + AccessSql.READERS + " TO " + login);
        statements.add("DELETE FROM registre.habilitation WHERE role_sql = '" + login + "'");
        for (String prefix : role.indicators().isEmpty() ? List.of("") : role.indicators()) {
            statements.add(
                    "INSERT INTO registre.habilitation (role_sql, territoire_type, territoire_code, indicateurs, audience, qualite) VALUES ('"
                            + login + "', '" + territoryType + "', '" + territoryCode + "', '" + prefix + "', '"
                            + role.audience() + "', " + role.seesQuality() + ")");
        }
        until.ifPresent(day -> statements.add(endSessions(
                login, "now() >= '" + day.plusDays(1).atStartOfDay(PARIS).toInstant() + "'")));
        // Too few rows for the server to count them by itself; every question of a reader is planned with them.
        statements.add("ANALYZE registre.habilitation");
        return statements;
    }

    /** Ends a login: its open sessions, its rights, whatever it may have left in this database, and itself. */
    public static List<String> removal(String login) {
        return List.of(
                endSessions(login, "true"),
                "DELETE FROM registre.habilitation WHERE role_sql = '" + login + "'",
                "DO $$ BEGIN GRANT " + login + " TO CURRENT_USER; DROP OWNED BY " + login + "; DROP ROLE " + login
                        + "; EXCEPTION WHEN undefined_object THEN NULL; END $$");
    }

    /** Where we may not end a session of another role, it goes on for two minutes at most, as a login that reads nothing new. */
    private static String endSessions(String login, String condition) {
        return bestEffort("PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + login + "' AND "
                + condition);
    }

    private static String bestEffort(String statement) {
        return "DO $$ BEGIN " + statement + "; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$";
    }

    /** What one dataset is restricted to; empty when it is not. */
    public String condition(String dataset) {
        return conditions().getOrDefault(dataset, "");
    }

    /** What each dataset of the dashboards is restricted to for this account: a condition on its columns, by dataset. */
    public Map<String, String> conditions() {
        Map<String, String> conditions = new TreeMap<>();
        String audience = "audience = '" + role.audience() + "'";
        String place = territoryType.equals("*")
                ? ""
                : role.scope().equals("ETABLISSEMENT")
                        ? " AND territoire_type = 'ENSEMBLE'"
                        : " AND (territoire_type, territoire_code) IN (SELECT territoire_type, territoire_code FROM restitution.ressort"
                                + " WHERE porteur_type = '" + territoryType + "' AND porteur_code = '" + territoryCode
                                + "')";
        String establishment = role.scope().equals("ETABLISSEMENT")
                ? " AND ventilation_code = 'etablissement=" + territoryCode + "'"
                : "";
        String codes = role.indicators().isEmpty()
                ? ""
                : " AND ("
                        + String.join(
                                " OR ",
                                role.indicators().stream()
                                        .map(one -> "code LIKE '" + one + "%'")
                                        .toList())
                        + ")";
        conditions.put("valeur", audience + place + establishment + codes);
        conditions.put("carte", audience + place + establishment + codes);
        conditions.put("entonnoir", establishment.isEmpty() ? audience + place + codes : "1 = 0");
        conditions.put("territoire", audience + place);
        conditions.put("periode", audience);
        if (!codes.isEmpty()) {
            conditions.put("indicateur", codes.substring(" AND ".length()));
        }
        if (!role.seesQuality()) {
            conditions.put("flux", "1 = 0");
            conditions.put("rejet", "1 = 0");
        }
        return conditions;
    }
}
