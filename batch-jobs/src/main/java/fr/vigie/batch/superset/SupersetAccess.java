package fr.vigie.batch.superset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.instance.SecretFile;
import fr.vigie.schema.AccessAccount;
import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.AccessSql;
import fr.vigie.schema.Resources;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Brings a Superset and the instance's PostgreSQL to what the bundle, the access policy and the register of accounts say. Everything here may be
 * done again: the same objects are found by their UUID or name.
 */
public final class SupersetAccess {

    private static final String ROLES = "/api/v1/security/roles/";
    private static final String USERS = "/api/v1/security/users/";

    /** What a Superset role of Vigie gives: rights and rules of rows; the login at PostgreSQL; the last day. The last two give no right. */
    private static final String RIGHTS = "vigie_role_";

    private static final String LOGIN = "vigie_lecteur_";
    private static final String LAST_DAY = "vigie_fin_";

    /** The only role of an account that was removed: Superset must not give its number to the next one. */
    private static final String REMOVED = "vigie_retire";

    /** Rights of every reader besides their datasets: to open a dashboard and its exports, never SQL Lab. */
    private static final Set<String> READER = Resources.text("superset/lecteur.txt")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .collect(Collectors.toUnmodifiableSet());

    private static final String CLOSED = "vigie_ferme";

    private final Database database;
    private final SupersetApi api;
    private final ReaderSecrets secrets;
    private final AccessPolicy policy = AccessPolicy.read();
    private final ReaderRegister register = new ReaderRegister(policy);

    public SupersetAccess(Database database, InstanceHome home, URI superset, String user, String password) {
        this.database = database;
        this.secrets = ReaderSecrets.of(home);
        this.api = new SupersetApi(superset, user, password);
    }

    /**
     * Rights in PostgreSQL, the logins of the readers, the bundle, and in Superset a role per sort of reader; accounts made by an earlier version
     * get what a new one has.
     *
     * @return functions and catalogues that should be closed to readers and are not, because only a superuser of PostgreSQL can
     */
    public List<String> importAll() {
        List<JsonNode> users = api.all(USERS);
        List<Reader> readers = atPostgresql(connection -> {
            adopt(connection, users);
            List<Reader> known = register.all(connection);
            execute(connection, AccessSql.rights());
            execute(connection, Resources.text("sql/acces/habilitations_sans_compte.sql"));
            execute(connection, "ALTER ROLE " + AccessSql.POOL + " PASSWORD '" + secrets.poolVerifier() + "'");
            for (Reader reader : known) {
                execute(connection, login(reader));
            }
            return known;
        });
        api.importAssets(new Bundle(database.hostPortAndName()).zip(), Bundle.DATABASE_FILE, secrets.poolPassword());
        Map<String, Integer> datasets = datasets();
        List<Integer> rights = permissionIds(datasets.keySet());
        Map<String, AccessAccount> shares = new TreeMap<>();
        policy.roles().values().stream()
                .filter(AccessPolicy.Role::isEverywhere)
                .map(AccessAccount::everywhere)
                .forEach(share -> shares.put(share.name(), share));
        readers.forEach(reader -> shares.put(reader.account().name(), reader.account()));
        shares.values().forEach(share -> share(share, datasets, rights));
        for (Reader reader : readers) {
            user(users, reader.name())
                    .ifPresent(person -> save(person.path("id").asInt(), reader, api.object()));
        }
        close(datasets.values());
        sweep(readers, shares.keySet());
        return atPostgresql(this::stillOpen);
    }

    /** Whether this very bundle and policy would be imported to this very database again. */
    public String print() {
        return new Bundle(database.hostPortAndName())
                .print(AccessSql.rights()
                        + new TreeSet<>(READER)
                        + policy.roles().keySet());
    }

    /** The accounts, and since when: what PostgreSQL knows, whether Superset runs or not. */
    public static List<Reader> readers(Database database) {
        try (Connection connection = database.connect()) {
            return new ReaderRegister(AccessPolicy.read()).all(connection);
        } catch (SQLException problem) {
            throw Failure.of("La base de données ne répond plus\u202f: relancez la commande.", problem);
        }
    }

    /** Makes an account, or gives an account of ours other rights; its password is returned once, and kept by Superset as a hash. */
    public String account(String name, AccessAccount account, Optional<LocalDate> until) {
        Optional<JsonNode> person = user(api.all(USERS), name);
        Optional<Reader> known = atPostgresql(connection -> register.named(connection, name));
        Reader reader = atPostgresql(connection -> {
            if (known.isEmpty() && person.isPresent()) {
                throw Failure.usage("Ce Superset a déjà un compte «\u00a0" + name
                        + "\u00a0» que Vigie n’a pas créé\u202f: choisissez un autre nom. Si c’est un compte de lecture d’une version"
                        + " précédente, lancez d’abord «\u00a0vigie superset import\u00a0».");
            }
            Reader changed = new Reader(
                    known.map(Reader::name).orElse(name),
                    known.map(Reader::login).orElseGet(ReaderSecrets::newLogin),
                    account,
                    until);
            register.save(connection, changed);
            execute(connection, login(changed));
            return changed;
        });
        try {
            Map<String, Integer> datasets = datasets();
            share(account, datasets, permissionIds(datasets.keySet()));
            close(datasets.values());
            return withNewPassword(person, reader);
        } catch (Failure refused) {
            // A name that nobody was given a password for is no account.
            if (known.isEmpty()) {
                atPostgresql(connection -> unregister(connection, reader));
            }
            throw refused;
        }
    }

    private Reader unregister(Connection connection, Reader reader) throws SQLException {
        register.remove(connection, reader);
        execute(connection, AccessAccount.removal(reader.login()));
        return reader;
    }

    /** Another password for the same rights: the sessions opened with the former one end. */
    public String newPassword(String name) {
        Reader reader = known(name);
        return withNewPassword(Optional.of(person(reader)), reader);
    }

    /** Another last day, or none, for the same rights and password. */
    public void until(String name, Optional<LocalDate> until) {
        Reader known = known(name);
        Reader changed = new Reader(known.name(), known.login(), known.account(), until);
        JsonNode person = person(known);
        atPostgresql(connection -> {
            register.save(connection, changed);
            execute(connection, login(changed));
            return changed;
        });
        save(person.path("id").asInt(), changed, api.object());
    }

    /**
     * Ends an account at once. Superset keeps a closed one without a name: a session of it still open somewhere names it by its number, which
     * Superset would give to the next account if it were deleted.
     */
    public void remove(String name) {
        Reader reader = known(name);
        user(api.all(USERS), reader.name()).ifPresent(person -> {
            String nobody = REMOVED + "_" + SecretFile.drawn(9);
            ObjectNode closed = api.object()
                    .put("username", nobody)
                    .put("first_name", "Compte")
                    .put("last_name", "retiré")
                    .put("email", nobody + "@vigie.invalid")
                    .put("active", false)
                    .put("password", SecretFile.drawn(24));
            SupersetApi.addAll(closed.putArray("roles"), List.of(superset(REMOVED)));
            api.put(USERS + person.path("id").asInt(), closed);
        });
        atPostgresql(connection -> unregister(connection, reader));
        List<Reader> left = readers(database);
        Set<String> shares =
                left.stream().map(one -> one.account().name()).collect(Collectors.toCollection(TreeSet::new));
        policy.roles().values().stream()
                .filter(AccessPolicy.Role::isEverywhere)
                .forEach(role -> shares.add(AccessAccount.everywhere(role).name()));
        sweep(left, shares);
    }

    private Reader known(String name) {
        return atPostgresql(connection -> register.named(connection, name))
                .orElseThrow(() -> Failure.usage("Compte de lecture inconnu\u202f: «\u00a0" + name
                        + "\u00a0». «\u00a0vigie superset accounts\u00a0» les liste."));
    }

    private JsonNode person(Reader reader) {
        return user(api.all(USERS), reader.name())
                .orElseThrow(() -> Failure.of("Ce Superset n’a pas de compte «\u00a0" + reader.name()
                        + "\u00a0»\u202f: créez-le par «\u00a0vigie superset account " + reader.name()
                        + " --role …\u00a0», ou retirez-le par --remove."));
    }

    private static Optional<JsonNode> user(List<JsonNode> users, String name) {
        return users.stream()
                .filter(one -> one.path("username").asText().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Registers the accounts that a version without logins made; they keep their names, passwords and rights. */
    private void adopt(Connection connection, List<JsonNode> users) throws SQLException {
        for (JsonNode user : users) {
            List<String> roles = new ArrayList<>();
            user.path("roles").forEach(role -> roles.add(role.path("name").asText()));
            List<String> former =
                    roles.stream().filter(name -> name.startsWith(RIGHTS)).toList();
            String name = user.path("username").asText();
            if (former.size() == 1
                    && roles.stream().noneMatch(role -> role.startsWith(LOGIN))
                    && register.named(connection, name).isEmpty()) {
                Optional<AccessAccount> account = register.former(connection, former.get(0));
                if (account.isPresent()) {
                    register.save(
                            connection, new Reader(name, ReaderSecrets.newLogin(), account.get(), Optional.empty()));
                }
            }
        }
    }

    private String login(Reader reader) {
        return reader.account().sql(reader.login(), secrets.verifierOf(reader.login(), reader.name()), reader.until());
    }

    private String withNewPassword(Optional<JsonNode> person, Reader reader) {
        String password = SecretFile.drawn(12);
        ObjectNode changes = api.object().put("password", password).put("active", true);
        if (person.isPresent()) {
            save(person.get().path("id").asInt(), reader, changes);
        } else {
            changes.put("username", reader.name())
                    .put("first_name", reader.account().role().label())
                    .put(
                            "last_name",
                            reader.account().territoryCode().equals("*")
                                    ? reader.name()
                                    : reader.account().territoryCode())
                    .put("email", reader.name() + "@vigie.invalid");
            SupersetApi.addAll(changes.putArray("roles"), roles(reader));
            api.post(USERS, changes);
        }
        return password;
    }

    private void save(int person, Reader reader, ObjectNode changes) {
        SupersetApi.addAll(changes.putArray("roles"), roles(reader));
        api.put(USERS + person, changes);
    }

    /** Rights, login, and the last day if there is one. */
    private List<Integer> roles(Reader reader) {
        List<Integer> roles = new ArrayList<>();
        roles.add(superset(reader.account().name()));
        roles.add(superset(reader.login()));
        reader.until().ifPresent(day -> roles.add(superset(LAST_DAY + day)));
        return roles;
    }

    /** The number of a role of Superset, made if need be. */
    private int superset(String role) {
        Integer known = api.ids(ROLES, "name").get(role);
        return known != null
                ? known
                : api.post(ROLES, api.object().put("name", role)).path("id").asInt();
    }

    /** A role of Superset for all who answer for the same share, with its row-level rules. */
    private void share(AccessAccount account, Map<String, Integer> datasets, List<Integer> rights) {
        int role = superset(account.name());
        ObjectNode permissions = api.object();
        SupersetApi.addAll(permissions.putArray("permission_view_menu_ids"), rights);
        api.post(ROLES + role + "/permissions", permissions);
        Map<String, List<Integer>> tables = new LinkedHashMap<>();
        account.conditions()
                .forEach((dataset, condition) -> tables.computeIfAbsent(condition, none -> new ArrayList<>())
                        .add(datasets.get(dataset)));
        int number = 0;
        for (Map.Entry<String, List<Integer>> rule : tables.entrySet()) {
            rule(account.name() + "-" + ++number, "Regular", rule.getKey(), rule.getValue(), List.of(role));
        }
    }

    /** Nobody reads a row by default: this rule holds for all but the roles of Vigie, the administrator included. */
    private void close(Collection<Integer> datasets) {
        List<Integer> ours = new ArrayList<>();
        api.ids(ROLES, "name").forEach((name, id) -> {
            if (name.startsWith(RIGHTS)) {
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

    /** Takes away the roles, and their rules, that no account has any more. */
    private void sweep(List<Reader> readers, Set<String> shares) {
        Set<String> used = new TreeSet<>(shares);
        readers.forEach(reader -> {
            used.add(reader.login());
            reader.until().ifPresent(day -> used.add(LAST_DAY + day));
        });
        Map<String, Integer> roles = api.ids(ROLES, "name");
        Set<String> gone = roles.keySet().stream()
                .filter(name -> name.startsWith(RIGHTS) || name.startsWith(LOGIN) || name.startsWith(LAST_DAY))
                .filter(name -> !used.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        api.ids("/api/v1/rowlevelsecurity/", "name").forEach((rule, id) -> {
            if (gone.stream().anyMatch(name -> rule.matches("\\Q" + name + "\\E-\\d+"))) {
                api.delete("/api/v1/rowlevelsecurity/" + id);
            }
        });
        gone.forEach(name -> api.delete(ROLES + roles.get(name)));
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
        for (JsonNode one : api.all("/api/v1/security/permissions-resources/")) {
            String permission = one.path("permission").path("name").asText();
            String view = one.path("view_menu").path("name").asText();
            boolean isDataset = permission.equals("datasource_access")
                    && datasets.stream().anyMatch(name -> view.startsWith("[Vigie].[" + name + "]"));
            if (missing.remove(permission + " " + view) || isDataset) {
                ids.add(one.path("id").asInt());
            }
        }
        if (!missing.isEmpty()) {
            throw Failure.of("Ce Superset ne connaît pas les droits de lecture " + String.join(", ", missing)
                    + "\u202f: Vigie est faite pour la version " + SupersetServer.VERSION + ".");
        }
        return ids;
    }

    private List<String> stillOpen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(AccessSql.stillOpen())) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    /** Something done with one connection. */
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** All of it or nothing. */
    private <T> T atPostgresql(Work<T> work) {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            T result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException problem) {
            throw Failure.of(
                    "Les rôles de PostgreSQL n’ont pas pu être posés\u202f: le compte de Vigie doit pouvoir créer des rôles (CREATEROLE),"
                            + " ou un administrateur applique warehouse-schema/policy/acces.sql.",
                    problem);
        }
    }

    private static void execute(Connection connection, String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
