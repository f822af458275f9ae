package fr.vigie.batch.superset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.FakeWorker;
import fr.vigie.batch.Staging;
import fr.vigie.batch.TestDatabase;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.publication.Publisher;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.indicators.Catalogue;
import fr.vigie.schema.AccessAccount;
import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.AccessSql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody gets who has the login and the password of a reader, and PostgreSQL before him without Superset between. */
class ReaderLoginIT {

    private static final AccessPolicy POLICY = AccessPolicy.read();

    /** A DAC reads exact values: those of the others stand in the same table. */
    private static final AccessAccount DAC = new AccessAccount(POLICY.role("dac"), "DEPARTEMENT", "34");

    private static final String PERMISSION_DENIED = "42501";

    @TempDir
    private Path folder;

    private final TestDatabase fresh;
    private final Database database;
    private final SignedIn readers;

    ReaderLoginIT() throws SQLException {
        fresh = TestDatabase.fresh();
        database = fresh.open(new InstanceHome(Path.of("target")));
        readers = new SignedIn(fresh, database);
    }

    @BeforeEach
    void publishTwoDepartements() throws IOException {
        Staging.write(
                folder,
                List.of(List.of(
                        FakeWorker.value("CAD-04", "DEPARTEMENT:34", "2026", "", 50, 100, "50"),
                        FakeWorker.value("CAD-04", "DEPARTEMENT:30", "2026", "", 5, 100, "5"))),
                List.of(),
                List.of());
        new Publisher(database)
                .publish(
                        folder,
                        Instant.parse("2026-12-31T22:59:00Z"),
                        Catalogue.read(Optional.empty()),
                        new StopDates(Map.of(), Map.of(), List.of()));
    }

    @AfterEach
    void close() throws SQLException {
        readers.close();
        fresh.close();
    }

    /** {@code case78}: no role reads the vault nor a rejected value, nor writes. */
    @Test
    void case78_aReaderReadsTheViewsOfTheDashboardsAndNothingElse() throws SQLException {
        readers.execute(AccessSql.rights());
        String login = readers.login(DAC);

        for (String forbidden : List.of(
                "SELECT * FROM coffre.identite",
                "SELECT valeur FROM registre.rejet",
                "SELECT * FROM registre.cle",
                "SELECT * FROM registre.compte",
                "SELECT * FROM registre.habilitation",
                "SELECT * FROM mart.mesure",
                "SELECT * FROM mart.mesure_1",
                "EXPLAIN SELECT * FROM mart.mesure",
                "SELECT * FROM restitution.mesure",
                "COPY mart.mesure TO STDOUT",
                "DELETE FROM mart.mesure",
                "CREATE TABLE restitution.x (a int)",
                "SELECT set_config('role', 'vigie', false)",
                "SELECT query_to_xml('select 1', true, true, '')",
                "SELECT table_to_xml('mart.mesure', true, true, '')",
                "SELECT ts_stat('select 1')",
                "SELECT ts_rewrite('a'::tsquery, 'select 1, 2')",
                "SELECT lo_create(0)",
                "SELECT pg_sleep(1)",
                "SELECT pg_advisory_lock(1)",
                "SELECT pg_notify('a', 'b')",
                "SELECT pg_get_userbyid(10)",
                "SELECT has_table_privilege('vigie', 'mart.mesure', 'select')",
                "SELECT rolname FROM pg_roles",
                "SELECT usename FROM pg_stat_activity",
                "SELECT * FROM information_schema.tables",
                "SELECT most_common_vals FROM pg_stats",
                "SELECT restitution.couper_les_lecteurs_trop_longs()",
                "SET ROLE vigie_restitution",
                "SET SESSION AUTHORIZATION vigie_restitution",
                "DO 'begin null; end'",
                "ALTER ROLE vigie_superset PASSWORD 'x'")) {
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> ask(login, "SET default_transaction_read_only = off", forbidden),
                    forbidden);
            assertEquals(PERMISSION_DENIED, refused.getSQLState(), forbidden + ": " + refused.getMessage());
        }
    }

    /** By the catalogue of this very server, so that what a later PostgreSQL brings is seen. */
    @Test
    void nothingThatThePolicyClosesIsLeftOpen() throws SQLException {
        readers.execute(AccessSql.rights());
        readers.execute("CREATE FUNCTION public.bavarde() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        assertEquals(List.of("bavarde()"), rows(AccessSql.stillOpen()), "what comes later is seen");

        readers.execute(AccessSql.rights());

        assertEquals(List.of(), rows(AccessSql.stillOpen()));

        readers.execute("GRANT EXECUTE ON FUNCTION now() TO vigie_lecteurs");
        readers.execute(AccessSql.rights());
        assertEquals(List.of(), rows(AccessSql.stillOpen()), "what an earlier policy left to readers goes");
    }

    @Test
    void aSessionThatLiftsALimitReadsNoFigure() throws SQLException {
        readers.execute(AccessSql.rights());
        String login = readers.login(DAC);
        String figures = "SELECT count(*) FROM restitution.valeur";
        assertEquals(List.of("1"), ask(login, figures));

        for (String lifted : List.of(
                "SET statement_timeout = 0",
                "SET statement_timeout = '2min'",
                "SET work_mem = '65MB'",
                "SET hash_mem_multiplier = 3",
                "SET max_parallel_workers_per_gather = 3")) {
            SQLException refused = assertThrows(SQLException.class, () -> ask(login, lifted, figures), lifted);
            assertTrue(String.valueOf(refused.getMessage()).contains("ne se lèvent pas"), refused.getMessage());
        }
        assertEquals(List.of("1"), ask(login, "SET statement_timeout = '1s'", "SET work_mem = '4MB'", figures));
    }

    /** Half a value more is worth as much as the value: what a condition on a hidden row costs, or says in an error, must not depend on it. */
    @Test
    void aConditionIsNeverTriedOnARowThatIsNotShown() throws SQLException {
        readers.execute(AccessSql.rights());
        String login = readers.login(DAC);
        String gard = " FROM restitution.valeur WHERE territoire_code = '30' AND ";

        assertEquals(List.of(), ask(login, "SELECT 1" + gard + "1 / (numerateur - 5) = 1"));
        // Its own row may be tried: what the error says of it is no secret to this reader.
        SQLException own = assertThrows(
                SQLException.class, () -> ask(login, "SELECT 1" + gard + "(numerateur::text || 'x')::int = 1"));
        assertTrue(String.valueOf(own.getMessage()).contains("\"50x\""), own.getMessage());
        for (String condition :
                List.of("numerateur = ", "denominateur - numerateur = ", "prudence = false AND numerateur = ")) {
            List<String> right = ask(
                    login,
                    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) SELECT 1" + gard + condition
                            + "5");
            List<String> wrong = ask(
                    login,
                    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) SELECT 1" + gard + condition
                            + "6");
            assertEquals(
                    right.stream().map(line -> line.replace("5", "6")).toList(),
                    wrong.stream().map(line -> line.replace("5", "6")).toList());
        }
    }

    /** PostgreSQL lets a login write rights of its own, which would keep it from ever being dropped. */
    @Test
    void aLoginIsRemovedWhateverItLeftBehind() throws SQLException {
        readers.execute(AccessSql.rights());
        String login = readers.login(DAC);
        ask(
                login,
                "SET default_transaction_read_only = off",
                "ALTER DEFAULT PRIVILEGES FOR ROLE CURRENT_USER GRANT SELECT ON TABLES TO PUBLIC");

        readers.execute(AccessAccount.removal(login));

        assertEquals(List.of(), rows("SELECT rolname FROM pg_roles WHERE rolname = '" + login + "'"));
    }

    @Test
    void theAccountOfThePoolReadsNothing() throws SQLException {
        readers.execute(AccessSql.rights());
        for (String view : List.of("valeur", "entonnoir", "territoire", "flux")) {
            assertEquals(
                    List.of("f"),
                    rows("SELECT has_table_privilege('vigie_superset', 'restitution." + view + "', 'select')"));
        }
        assertEquals(
                List.of(),
                rows("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'vigie_superset'::regrole"));
    }

    /** The accounts of an instance made before keep their rights, and nothing more: same roles, grants and rules as a new instance. */
    @Test
    void anInstanceMadeBeforeEndsWithTheRightsOfANewOne() throws Exception {
        try (TestDatabase other = TestDatabase.fresh()) {
            Database made = other.open(new InstanceHome(Path.of("target")));
            SignedIn there = new SignedIn(other, made);
            there.execute(new String(
                            ReaderLoginIT.class
                                    .getResourceAsStream("/former/acces.sql")
                                    .readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8)
                    .split(";\\n\\n"));
            there.execute(
                    "CREATE ROLE vigie_role_dac_34 NOLOGIN",
                    "GRANT vigie_interne, vigie_qualite TO vigie_role_dac_34",
                    "GRANT vigie_role_dac_34 TO vigie_superset",
                    "INSERT INTO registre.habilitation VALUES ('vigie_role_dac_34', 'DEPARTEMENT', '34', '')");
            try (Connection connection = made.connect()) {
                assertEquals(
                        Optional.of(DAC),
                        new ReaderRegister(POLICY).former(connection, "vigie_role_dac_34"),
                        "whom it answered for");
            }

            there.execute(AccessSql.rights());
            readers.execute(AccessSql.rights());

            String rights =
                    "SELECT format('%s %s %s', c.oid::regclass, a.grantee::regrole, a.privilege_type) FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a WHERE NOT c.relispartition AND c.relkind IN ('r', 'v', 'p')"
                            + " UNION ALL SELECT format('%s %s', c.oid::regclass, c.relowner::regrole) FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace = 'restitution'::regnamespace"
                            + " UNION ALL SELECT format('%s %s %s %s', polrelid::regclass, polname, polroles::regrole[], pg_get_expr(polqual, polrelid)) FROM pg_policy"
                            + " UNION ALL SELECT format('%s %s %s', nspname, a.grantee::regrole, a.privilege_type) FROM pg_namespace, aclexplode(nspacl) a WHERE nspname NOT LIKE 'pg\\_%'"
                            + " UNION ALL SELECT format('%s %s', roleid::regrole, member::regrole) FROM pg_auth_members WHERE member = 'vigie_superset'::regrole"
                            + " UNION ALL SELECT format('%s %s %s %s', attrelid::regclass, attname, x.grantee::regrole, x.privilege_type) FROM pg_attribute, aclexplode(attacl) x"
                            + " UNION ALL SELECT format('%s %s', p.oid::regprocedure, x.grantee::regrole) FROM pg_proc p, aclexplode(p.proacl) x ORDER BY 1";
            List<String> wanted = rows(database, rights);
            List<String> found = rows(made, rights);
            assertEquals(
                    List.of(),
                    wanted.stream().filter(one -> !found.contains(one)).toList(),
                    "missing");
            assertEquals(
                    List.of(),
                    found.stream().filter(one -> !wanted.contains(one)).toList(),
                    "too many");
            assertEquals(
                    List.of(),
                    rows(
                            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'vigie\\_role\\_%' OR rolname IN ('vigie_interne', 'vigie_personne')"));
            there.close();
        }
    }

    /** A server of somebody else's: the account of Vigie makes roles and is no superuser. What it cannot close is told, and an administrator closes it. */
    @Test
    void whereVigieIsNoSuperuserWhatStaysOpenIsTold() throws SQLException {
        String owner = "vigie_proprietaire_" + Long.toHexString(System.nanoTime());
        readers.execute("CREATE ROLE " + owner + " LOGIN CREATEROLE PASSWORD 'essai'");
        try (TestDatabase other = TestDatabase.fresh()) {
            readers.execute("ALTER DATABASE " + other.name() + " OWNER TO " + owner);
            String url = other.url().replaceFirst("user=[^&]*&password=.*", "user=" + owner + "&password=essai");
            Database theirs = Database.open(new InstanceHome(Path.of("target")), Optional.of(url));
            theirs.migrate();
            // The roles are there already, made by another instance of this server.
            readers.execute(
                    "GRANT vigie_restitution, vigie_lecteurs, vigie_superset TO " + owner + " WITH ADMIN OPTION");
            SignedIn there = new SignedIn(other, theirs);
            there.execute(AccessSql.rights());
            String login = there.login(DAC);
            assertFalse(rows(theirs, AccessSql.stillOpen()).isEmpty(), "only a superuser closes them");

            Database administered = other.open(new InstanceHome(Path.of("target")));
            try (Connection connection = administered.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(AccessSql.rights());
            }

            assertEquals(List.of(), rows(theirs, AccessSql.stillOpen()));
            there.execute(DAC.sql(login, "SCRAM-SHA-256$4096:c2Vs$c3RvcmVk:c2VydmVy", Optional.empty()));
            there.close();
        } finally {
            readers.execute("DROP OWNED BY " + owner, "DROP ROLE " + owner);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        return rows(database, sql);
    }

    private static List<String> rows(Database asked, String sql) throws SQLException {
        try (Connection connection = asked.connect()) {
            return rows(connection, sql);
        }
    }

    /** The rows of the last of these, asked by this login in one session. */
    private List<String> ask(String login, String... statements) throws SQLException {
        try (Connection connection = readers.connect(login);
                Statement statement = connection.createStatement()) {
            for (int number = 0; number < statements.length - 1; number++) {
                statement.execute(statements[number]);
            }
            return rows(connection, statements[statements.length - 1]);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet found = statement.getResultSet()) {
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                }
            }
        }
        return rows;
    }
}
