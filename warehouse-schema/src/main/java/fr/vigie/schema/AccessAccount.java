package fr.vigie.schema;

import fr.vigie.schema.AccessPolicy.Role;
import java.time.LocalDate;
import java.time.ZoneId;
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

    private static final String LOGIN = "vigie_lecteur_[0-9a-f]+";

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

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
     * Makes the login of one person, or brings it to what it answers for; twice changes nothing.
     *
     * @param login its name in PostgreSQL
     * @param verifier what PostgreSQL keeps of its password (SCRAM-SHA-256, RFC 5802), never the password itself
     * @param until its last day, Paris
     */
    public String sql(String login, String verifier, Optional<LocalDate> until) {
        if (!login.matches(LOGIN) || !verifier.matches("SCRAM-SHA-256\\$[0-9A-Za-z+/=:$]+")) {
            throw new IllegalArgumentException("Not a login of a reader: it goes into SQL");
        }
        List<String> indicators = role.indicators().isEmpty() ? List.of("") : role.indicators();
        return Resources.text(
                "policy/compte.sql",
                Map.of(
                        "login",
                        login,
                        "verifier",
                        verifier,
                        "end",
                        until.map(AccessAccount::end).orElse("infinity"),
                        "type",
                        territoryType,
                        "code",
                        territoryCode,
                        "audience",
                        role.audience(),
                        "quality",
                        String.valueOf(role.seesQuality()),
                        "indicators",
                        "'" + String.join("', '", indicators) + "'"));
    }

    private static String end(LocalDate lastDay) {
        return lastDay.plusDays(1).atStartOfDay(PARIS).toInstant().toString();
    }

    /** Ends a login: its open sessions, its rights, whatever it may have left in this database, and itself. */
    public static String removal(String login) {
        if (!login.matches(LOGIN)) {
            throw new IllegalArgumentException("Not a login of a reader: it goes into SQL");
        }
        return Resources.text("policy/compte-retire.sql", Map.of("login", login));
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
