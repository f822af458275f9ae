package fr.vigie.batch.superset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.schema.AccessAccount;
import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.AccessSql;
import fr.vigie.schema.Resources;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Brings a Superset and the instance's PostgreSQL to what the bundle and the access policy say. Everything here may be done again: the same
 * objects are found by their UUID or name.
 */
public final class SupersetAccess {

    private static final String DATABASE_ROLE = "vigie_superset";

    /** Rights of every reader besides their datasets: to open a dashboard and its exports, never SQL Lab. */
    private static final Set<String> READER = Resources.text("superset/lecteur.txt")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .collect(Collectors.toUnmodifiableSet());

    private static final String CLOSED = "vigie_ferme";

    private final Database database;
    private final SupersetApi api;
    private final AccessPolicy policy = AccessPolicy.read();

    public SupersetAccess(Database database, URI superset, String user, String password) {
        this.database = database;
        this.api = new SupersetApi(superset, user, password);
    }

    /** Rights in PostgreSQL, a fresh password for Superset's role, the bundle, and a role per sort of reader that answers for no territory. */
    public void importAll() {
        List<String> statements = new ArrayList<>(AccessSql.statements(policy));
        String password = SupersetServer.secret(24);
        statements.add("ALTER ROLE " + DATABASE_ROLE + " PASSWORD '" + password + "'");
        // A chart takes a fraction of a second; a question over all rows must not hold the server.
        statements.add("ALTER ROLE " + DATABASE_ROLE + " SET statement_timeout = '60s'");
        execute(statements);
        api.importAssets(new Bundle(database.hostPortAndName()).zip(), Bundle.DATABASE_FILE, password);
        policy.roles().values().stream()
                .filter(AccessPolicy.Role::isEverywhere)
                .forEach(role -> role(AccessAccount.everywhere(role)));
    }

    /** Whether this very bundle would be imported to this very database again. */
    public String print() {
        return new Bundle(database.hostPortAndName()).print();
    }

    /** A role in PostgreSQL and in Superset for one account of the policy, with its row-level rules; gives its id in Superset. */
    public int role(AccessAccount account) {
        execute(account.sql());
        Map<String, Integer> datasets = datasets();
        Map<String, Integer> roles = api.ids("/api/v1/security/roles/", "name");
        int role = roles.containsKey(account.name())
                ? roles.get(account.name())
                : api.post("/api/v1/security/roles/", api.object().put("name", account.name()))
                        .path("id")
                        .asInt();
        ObjectNode permissions = api.object();
        SupersetApi.addAll(permissions.putArray("permission_view_menu_ids"), permissionIds(datasets.keySet()));
        api.post("/api/v1/security/roles/" + role + "/permissions", permissions);
        Map<String, List<Integer>> tables = new TreeMap<>();
        account.conditions()
                .forEach((dataset, condition) -> tables.computeIfAbsent(condition, none -> new ArrayList<>())
                        .add(datasets.get(dataset)));
        int number = 0;
        for (Map.Entry<String, List<Integer>> rule : tables.entrySet()) {
            rule(account.name() + "-" + ++number, "Regular", rule.getKey(), rule.getValue(), List.of(role));
        }
        close(datasets.values());
        return role;
    }

    /** Nobody reads a row by default: this rule holds for all but the roles of Vigie, the administrator included. */
    private void close(Collection<Integer> datasets) {
        List<Integer> ours = new ArrayList<>();
        api.ids("/api/v1/security/roles/", "name").forEach((name, id) -> {
            if (name.startsWith("vigie_role_")) {
                ours.add(id);
            }
        });
        rule(CLOSED, "Base", "1 = 0", datasets, ours);
    }

    private void rule(
            String name, String type, String condition, Collection<Integer> tables, Collection<Integer> roles) {
        ObjectNode rule = api.object()
                .put("name", name)
                .put("description", "Généré depuis warehouse-schema/policy/acces.yaml")
                .put("filter_type", type)
                .put("clause", condition)
                .put("group_key", type.equals("Base") ? "" : name);
        SupersetApi.addAll(rule.putArray("tables"), tables);
        SupersetApi.addAll(rule.putArray("roles"), roles);
        api.save("/api/v1/rowlevelsecurity/", "name", name, rule);
    }

    /** An account of a person: its password is returned once, and kept by Superset as a hash. */
    public String account(String name, AccessAccount account) {
        int role = role(account);
        String password = SupersetServer.secret(12);
        ObjectNode person = api.object()
                .put("username", name)
                .put("first_name", account.role().label())
                .put("last_name", account.territoryCode().equals("*") ? name : account.territoryCode())
                .put("email", name + "@vigie.invalid")
                .put("active", true)
                .put("password", password);
        SupersetApi.addAll(person.putArray("roles"), List.of(role));
        api.save("/api/v1/security/users/", "username", name, person);
        return password;
    }

    private Map<String, Integer> datasets() {
        Map<String, Integer> found = new TreeMap<>();
        api.get("/api/v1/dataset/?q=(filters:!((col:schema,opr:eq,value:restitution)),page_size:100)")
                .path("result")
                .forEach(one -> found.put(
                        one.path("table_name").asText(), one.path("id").asInt()));
        return found;
    }

    /** The rights of a reader, and to read each of our datasets. */
    private List<Integer> permissionIds(Collection<String> datasets) {
        List<Integer> ids = new ArrayList<>();
        Set<String> missing = new TreeSet<>(READER);
        for (int page = 0; ; page++) {
            JsonNode answer = api.get("/api/v1/security/permissions-resources/?q=(page:" + page + ",page_size:100)");
            for (JsonNode one : answer.path("result")) {
                String permission = one.path("permission").path("name").asText();
                String view = one.path("view_menu").path("name").asText();
                boolean isDataset = permission.equals("datasource_access")
                        && datasets.stream().anyMatch(name -> view.startsWith("[Vigie].[" + name + "]"));
                if (missing.remove(permission + " " + view) || isDataset) {
                    ids.add(one.path("id").asInt());
                }
            }
            if (answer.path("result").size() < 100) {
                break;
            }
        }
        if (!missing.isEmpty()) {
            throw Failure.of("Ce Superset ne connaît pas les droits de lecture " + String.join(", ", missing)
                    + "\u202f: Vigie est faite pour la version " + SupersetServer.VERSION + ".");
        }
        return ids;
    }

    private void execute(List<String> statements) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String one : statements) {
                statement.execute(one);
            }
            connection.commit();
        } catch (SQLException problem) {
            throw Failure.of(
                    "Les rôles de PostgreSQL n’ont pas pu être posés\u202f: le compte de Vigie doit pouvoir créer des rôles (CREATEROLE),"
                            + " ou un administrateur applique warehouse-schema/policy/acces.sql.",
                    problem);
        }
    }
}
