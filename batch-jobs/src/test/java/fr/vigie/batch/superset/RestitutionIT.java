package fr.vigie.batch.superset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import fr.vigie.batch.FakeWorker;
import fr.vigie.batch.Staging;
import fr.vigie.batch.TestDatabase;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.publication.Publisher;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Dimension;
import fr.vigie.schema.AccessAccount;
import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.AccessSql;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What Superset reads of PostgreSQL, and under which role. */
class RestitutionIT {

    private static final AccessPolicy POLICY = AccessPolicy.read();

    /** With four, half of the publications showed an empty page when partitions were attached together with the flip. */
    private static final int READERS = 4;

    @TempDir
    private Path folder;

    private final TestDatabase fresh;
    private final Database database;
    private final SignedIn readers;

    RestitutionIT() throws SQLException {
        fresh = TestDatabase.fresh();
        database = fresh.open(new InstanceHome(Path.of("target")));
        readers = new SignedIn(fresh, database);
    }

    @AfterEach
    void close() throws SQLException {
        readers.close();
        fresh.close();
    }

    @Test
    @NullUnmarked // A tree without a schema: what is missing fails the test as well.
    void everyColumnOfEveryDatasetIsInItsViewAndEveryMetricIsSql() throws SQLException {
        Map<String, String> files = Resources.texts("superset/tableaux/datasets/Vigie", ".yaml");
        assertEquals(10, files.size());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String text : files.values()) {
                Map<String, Object> dataset = new Yaml().load(text);
                List<String> columns = new ArrayList<>();
                for (Object column : (List<?>) dataset.get("columns")) {
                    columns.add(String.valueOf(((Map<?, ?>) column).get("column_name")));
                }
                List<String> there = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery(
                        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'restitution' AND table_name = '"
                                + dataset.get("table_name") + "' ORDER BY 1")) {
                    while (rows.next()) {
                        there.add(rows.getString(1));
                    }
                }
                assertEquals(there, columns.stream().sorted().toList(), String.valueOf(dataset.get("table_name")));
                for (Object metric : (List<?>) dataset.get("metrics")) {
                    statement
                            .executeQuery("SELECT " + ((Map<?, ?>) metric).get("expression") + " FROM restitution."
                                    + dataset.get("table_name"))
                            .close();
                }
            }
        }
    }

    @Test
    void aRuleIsCalledTheSameEverywhere() throws SQLException {
        Map<String, String> defined = new TreeMap<>();
        Catalogue.read(Optional.empty()).ruptures().forEach(rule -> defined.put(rule.code(), rule.label()));
        Map<String, String> shown = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT code, libelle FROM restitution.modalite WHERE dimension = 'regle'")) {
            while (rows.next()) {
                shown.put(rows.getString(1), rows.getString(2));
            }
        }
        assertEquals(defined, shown);
    }

    @Test
    void whatIsNotKnownHasWordsUnderTheCodeThatIsPublished() throws SQLException {
        assertEquals("Âge inconnu", text("restitution.ventilation('age=inconnu')"));
        assertEquals("75–84 ans, Mode inconnu", text("restitution.ventilation('age=75-84|mode=inconnu')"));
        for (Dimension dimension : Dimension.values()) {
            // A person always has a sexe (I), a pathology and a vulnerability (AUCUNE); a rupture always has its rule.
            if (!List.of("sexe", "pathologie", "vulnerabilite", "regle").contains(dimension.code())) {
                assertNotEquals("inconnu", text("restitution.modalite('" + dimension.code() + "', 'inconnu')"));
            }
        }
    }

    @Test
    void theContoursAreThoseOfThePages() throws SQLException {
        Map<String, String> drawn = new TreeMap<>();
        Resources.text("reports/occitanie.svgpaths")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    String[] cells = line.split("\t");
                    drawn.put(cells[0], cells[4]);
                });
        Map<String, String> shipped = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT code, trace FROM restitution.contour")) {
            while (rows.next()) {
                shipped.put(rows.getString(1), rows.getString(2));
            }
        }
        assertEquals(13, shipped.size());
        assertEquals(drawn, shipped);
    }

    @Test
    void wordsAndNumbersAreFrench() throws SQLException {
        assertEquals("1\u202f234\u202f567,5", text("restitution.nombre(1234567.5, 1)"));
        assertEquals("\u22122,3", text("restitution.nombre(-2.25, 1)"));
        // 49 of 400 is 12.25: half up, from the two integers.
        assertEquals("12,3\u00a0%", text("restitution.affichage('PUBLIE', 49, 400, 12.25, '%')"));
        assertEquals("<\u00a011", text("restitution.affichage('S11', NULL, NULL, NULL, '%')"));
        assertEquals("s.o.", text("restitution.affichage('PUBLIE', 0, 0, NULL, '%')"));
        assertEquals("3,5\u00a0j", text("restitution.affichage('PUBLIE', 3, 4, 3.5, 'j')"));
        assertEquals("12 mois à fin février 2026", text("restitution.periode_libelle('2026-02/12M')"));
        assertEquals("2025-03-01", text("restitution.periode_debut('2026-02/12M')::text"));
        assertEquals("2026-07-01", text("restitution.periode_fin('2026-S1')::text"));
        assertEquals("rendez-vous", text("restitution.pluriel('rendez-vous')"));
        assertEquals("sorties", text("restitution.pluriel('sortie')"));
        assertEquals("≤\u00a07\u00a0j", text("restitution.cible('<= 7', 'j')"));
    }

    /** Small counts in two départements: what each role reads of them at PostgreSQL itself. */
    @Test
    void eachRoleReadsItsOwnAndNothingElse() throws IOException, SQLException {
        List<String> values = new ArrayList<>();
        for (String place : List.of("DEPARTEMENT:34", "DEPARTEMENT:30", "CPTS:A", "REGION:76")) {
            values.add(FakeWorker.value("CAD-04", place, "2026", "", 5, 100, "5"));
            values.add(FakeWorker.value("MT-01", place, "2026", "", 50, 100, "50"));
        }
        values.add(FakeWorker.value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026", "etablissement=340000001", 50, 100, "50"));
        values.add(FakeWorker.value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026", "etablissement=340000002", 50, 100, "50"));
        Staging.write(
                folder,
                List.of(values),
                List.of("CAD-04;DEPARTEMENT;34;2026;FAITS;;100", "CAD-04;DEPARTEMENT;34;2026;DENOMINATEUR;;100"),
                List.of());
        new Publisher(database)
                .publish(
                        folder,
                        Instant.parse("2026-12-31T22:59:00Z"),
                        Catalogue.read(Optional.empty()),
                        new StopDates(Map.of(), Map.of(), List.of()));
        execute(AccessSql.rights());
        // Twice changes nothing.
        execute(AccessSql.rights());

        assertEquals(
                List.of("interne DEPARTEMENT:34 CAD-04 5", "interne DEPARTEMENT:34 MT-01 50"),
                reads(account("dac", "DEPARTEMENT", "34")));
        assertEquals(
                List.of("partenaire CPTS:A CAD-04 null", "partenaire CPTS:A MT-01 50"),
                reads(account("cpts", "CPTS", "A")));
        assertEquals(List.of("partenaire DEPARTEMENT:30 MT-01 50"), reads(account("cpam", "DEPARTEMENT", "30")));
        assertEquals(
                List.of("partenaire ENSEMBLE:ENSEMBLE CAD-04 50"),
                reads(account("etablissement", "ETABLISSEMENT", "340000001")));
        assertEquals(10, reads(AccessAccount.everywhere(POLICY.role("ars"))).size());
        assertEquals(
                List.of(
                        "public DEPARTEMENT:30 CAD-04 null",
                        "public DEPARTEMENT:30 MT-01 50",
                        "public DEPARTEMENT:34 CAD-04 null",
                        "public DEPARTEMENT:34 MT-01 50",
                        "public REGION:76 CAD-04 null",
                        "public REGION:76 MT-01 50"),
                reads(AccessAccount.everywhere(POLICY.role("public"))));
    }

    /** What a page asks again and again while a publication goes on: the figures under the newest number that the filter offers. */
    @RepeatedTest(5)
    void aReaderDuringAPublicationSeesOneOrTheOtherAndNeverAMix() throws Exception {
        publish(20);
        execute(AccessSql.rights());
        AccessAccount account = AccessAccount.everywhere(POLICY.role("ars"));
        String login = readers.login(account);
        Set<String> seen = Collections.synchronizedSet(new LinkedHashSet<>());
        AtomicLong questions = new AtomicLong();
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService asking = Executors.newFixedThreadPool(READERS);
        try {
            Callable<Void> reader = () -> {
                try (Connection connection = readers.connect(login);
                        Statement statement = connection.createStatement()) {
                    boolean isLast;
                    do {
                        isLast = isOver.get();
                        seen.add(figures(statement, "(SELECT max(publication) FROM restitution.publication)"));
                        questions.incrementAndGet();
                    } while (!isLast);
                }
                return null;
            };
            List<Future<Void>> running = new ArrayList<>();
            for (int number = 0; number < READERS; number++) {
                running.add(asking.submit(reader));
            }
            while (questions.get() < 10) {
                Thread.sleep(5);
            }
            publish(30);
            isOver.set(true);
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            asking.shutdownNow();
        }

        assertEquals(List.of("1: 60 × 1200", "2: 60 × 1800"), List.copyOf(seen));
        try (Connection connection = readers.connect(login);
                Statement statement = connection.createStatement()) {
            assertEquals("1: 60 × 1200", figures(statement, "1"), "the former one under its own number");
        }
    }

    /** Number, rows and sum of numerators of the answer. */
    private static String figures(Statement statement, String publication) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT string_agg(DISTINCT publication::text, ','), count(*), sum(numerateur) FROM restitution.valeur WHERE publication = "
                        + publication)) {
            row.next();
            return row.getString(1) + ": " + row.getLong(2) + " × " + row.getLong(3);
        }
    }

    /** Sixty CPTS with the same count above the threshold. */
    private void publish(int numerator) throws IOException {
        List<String> values = new ArrayList<>();
        for (int place = 0; place < 60; place++) {
            values.add(FakeWorker.value("MT-01", "CPTS:C" + place, "2026", "", numerator, 100, "" + numerator));
        }
        Staging.write(folder, List.of(values), List.of(), List.of());
        new Publisher(database)
                .publish(
                        folder,
                        Instant.parse("2026-12-31T22:59:00Z"),
                        Catalogue.read(Optional.empty()),
                        new StopDates(Map.of(), Map.of(), List.of()));
    }

    private static AccessAccount account(String role, String type, String code) {
        return new AccessAccount(POLICY.role(role), type, code);
    }

    private List<String> reads(AccessAccount account) throws SQLException {
        List<String> read = new ArrayList<>();
        try (Connection connection = readers.connect(readers.login(account));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT audience, territoire_type || ':' || territoire_code, code, numerateur FROM restitution.valeur ORDER BY 1, 2, 3")) {
            while (rows.next()) {
                read.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3) + " "
                        + rows.getString(4));
            }
        }
        return read;
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private String text(String expression) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + expression)) {
            row.next();
            return row.getString(1);
        }
    }
}
