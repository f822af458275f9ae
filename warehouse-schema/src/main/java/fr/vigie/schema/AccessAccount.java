package fr.vigie.schema;

import fr.vigie.schema.AccessPolicy.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A role of the policy for one territory, such as the DAC of Hérault: a PostgreSQL role and a Superset role of the same name.
 *
 * @param territoryType the scope of the role, or {@code *}
 * @param territoryCode code of the territory, or {@code *}
 */
public record AccessAccount(Role role, String territoryType, String territoryCode) {

    public AccessAccount {
        if (!territoryCode.matches("[0-9A-Za-z_.-]+|\\*")) {
            throw new IllegalArgumentException("Not a code of a territory: it goes into the name of a role");
        }
    }

    public static AccessAccount everywhere(Role role) {
        return new AccessAccount(role, "*", "*");
    }

    /** {@code vigie_role_dac_34}, {@code vigie_role_ars}. */
    public String name() {
        return "vigie_role_" + role.code()
                + (territoryCode.equals("*")
                        ? ""
                        : "_" + territoryCode.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "_"));
    }

    /** Creates the PostgreSQL role and says what it answers for; twice changes nothing. */
    public List<String> sql() {
        List<String> statements = new ArrayList<>();
        statements.add(AccessSql.createRole(name(), "NOLOGIN"));
        statements.add("GRANT vigie_" + role.audience() + " TO " + name());
        if (role.seesQuality()) {
            statements.add("GRANT vigie_qualite TO " + name());
        }
        statements.add("GRANT " + name() + " TO vigie_superset");
        statements.add("DELETE FROM registre.habilitation WHERE role_sql = '" + name() + "'");
        for (String prefix : role.indicators().isEmpty() ? List.of("") : role.indicators()) {
            statements.add("INSERT INTO registre.habilitation VALUES ('" + name() + "', '" + territoryType + "', '"
                    + territoryCode + "', '" + prefix + "')");
        }
        // Too few rows for the server to count them by itself; every question of a reader is planned with them.
        statements.add("ANALYZE registre.habilitation");
        return statements;
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
