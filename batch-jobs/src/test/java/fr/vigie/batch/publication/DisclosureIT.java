package fr.vigie.batch.publication;

import static fr.vigie.batch.FakeWorker.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.Staging;
import fr.vigie.batch.TestDatabase;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.publication.PublicationReader.Question;
import fr.vigie.dashboards.ValueRow;
import fr.vigie.indicators.Catalogue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // A row that is missing from what was read fails the test as well.
class DisclosureIT {

    private static final Instant AS_OF = Instant.parse("2026-12-31T22:59:00Z");
    private static final String KEY = "CAD-04";

    @TempDir
    private Path folder;

    private final TestDatabase fresh;
    private final Database database;

    DisclosureIT() throws SQLException {
        fresh = TestDatabase.fresh();
        database = fresh.open(new InstanceHome(Path.of("target")));
    }

    @AfterEach
    void close() throws SQLException {
        fresh.close();
    }

    @Test
    void case71_aCountFrom1To10IsMaskedAndNeitherElevenNorZeroIs() throws IOException {
        Map<String, ValueRow> read =
                publish("partenaire", row("CPTS:A", 0, 10), row("CPTS:B", 0, 11), row("REGION:76", 0, 400));

        assertEquals("S11", read.get("CPTS:A").statut());
        assertNull(read.get("CPTS:A").denominateur());
        assertNull(read.get("CPTS:A").numerateur());
        assertEquals(400, read.get("REGION:76").denominateur());
    }

    @Test
    void case72_theSmallestOtherCellIsMaskedBesideALoneOneAndTheTotalStays() throws IOException {
        Map<String, ValueRow> read = publish(
                "partenaire",
                row("CPTS:A", 0, 7),
                row("CPTS:B", 0, 40),
                row("CPTS:C", 0, 25),
                row("ENSEMBLE:ENSEMBLE", 0, 72));

        assertEquals("S11", read.get("CPTS:A").statut());
        assertEquals("SEC", read.get("CPTS:C").statut());
        assertEquals(40, read.get("CPTS:B").denominateur());
        assertEquals(72, read.get("ENSEMBLE:ENSEMBLE").denominateur());
    }

    /** The few who live elsewhere must not be the difference of the whole and the region: the whole is masked, not the region. */
    @Test
    void theRegionStaysWhenFewLiveOutsideIt() throws IOException {
        Map<String, ValueRow> read = publish(
                "partenaire", row("REGION:76", 0, 400), row("REGION:44", 0, 3), row("ENSEMBLE:ENSEMBLE", 0, 403));

        assertEquals("S11", read.get("REGION:44").statut());
        assertEquals("SEC", read.get("ENSEMBLE:ENSEMBLE").statut());
        assertEquals(400, read.get("REGION:76").denominateur());
    }

    /** Of the communes of a département and their sum, never one alone is masked: overseas too, where its code has three characters. */
    @Test
    void aCommuneIsNotWhatTheOthersLeaveOfItsDepartement() throws IOException {
        Map<String, ValueRow> read = publish(
                "partenaire",
                row("COMMUNE:34172", 0, 3),
                row("COMMUNE:34129", 0, 40),
                row("COMMUNE:34057", 0, 25),
                row("DEPARTEMENT:34", 0, 68),
                row("COMMUNE:98818", 0, 4),
                row("COMMUNE:98805", 0, 30),
                row("DEPARTEMENT:988", 0, 34));

        assertEquals("S11", read.get("COMMUNE:34172").statut());
        assertEquals("SEC", read.get("COMMUNE:34057").statut());
        assertEquals(40, read.get("COMMUNE:34129").denominateur());
        assertEquals(68, read.get("DEPARTEMENT:34").denominateur());
        assertEquals("S11", read.get("COMMUNE:98818").statut());
        assertEquals("SEC", read.get("COMMUNE:98805").statut());
        assertEquals(34, read.get("DEPARTEMENT:988").denominateur());
    }

    @Test
    void case74_aSmallComplementMasksTheShareAndAllThatDerivesFromIt() throws IOException {
        ValueRow masked = publish("partenaire", row("REGION:76", 95, 100)).get("REGION:76");

        assertEquals("S11", masked.statut());
        assertNull(masked.numerateur());
        assertNull(masked.denominateur());
        assertNull(masked.valeur());
        assertNull(masked.icBas());
        assertEquals("SANS_OBJET", masked.verdict());
    }

    @Test
    void case75_noneOfFortyIsShown() throws IOException {
        ValueRow shown = publish("partenaire", row("REGION:76", 0, 40)).get("REGION:76");

        assertEquals("PUBLIE", shown.statut());
        assertEquals(0, shown.numerateur());
    }

    @Test
    void internalReadersSeeEverything() throws IOException {
        assertEquals(7, publish("interne", row("CPTS:A", 0, 7)).get("CPTS:A").denominateur());
    }

    @Test
    void thePublicReadsWholeYearsWithoutBreakdownDownToTheDepartement() throws IOException {
        stage(
                value(KEY, "DEPARTEMENT:34", "2026", "", 20, 100, "20"),
                value(KEY, "DEPARTEMENT:34", "2026-02", "", 20, 100, "20"),
                value(KEY, "DEPARTEMENT:34", "2026-02/12M", "", 20, 100, "20"),
                value(KEY, "DEPARTEMENT:34", "2026", "sexe=F", 20, 100, "20"),
                value(KEY, "CPTS:A", "2026", "", 20, 100, "20"),
                value(KEY, "COMMUNE:34172", "2026", "", 20, 100, "20"));

        List<ValueRow> read = read("public");

        assertEquals(
                List.of("DEPARTEMENT:34 2026 "),
                read.stream().map(DisclosureIT::place).toList());
    }

    /** The end of a funnel would give away a masked value, and a small step the others by difference. */
    @Test
    void aFunnelGivesAwayNothingThatIsMasked() throws IOException, SQLException {
        List<String> values = List.of(
                value(KEY, "DEPARTEMENT:34", "2026", "", 5, 100, "5"),
                value(KEY, "DEPARTEMENT:13", "2026", "", 50, 100, "50"));
        List<String> funnel = new ArrayList<>();
        for (String[] one : new String[][] {{"34", "5"}, {"13", "50"}}) {
            funnel.add(KEY + ";DEPARTEMENT;" + one[0] + ";2026;FAITS;;130");
            funnel.add(KEY + ";DEPARTEMENT;" + one[0] + ";2026;EXCLU;DECES;30");
            funnel.add(KEY + ";DEPARTEMENT;" + one[0] + ";2026;DENOMINATEUR;;100");
            funnel.add(KEY + ";DEPARTEMENT;" + one[0] + ";2026;NUMERATEUR;;" + one[1]);
        }
        Staging.write(folder, List.of(values), funnel, List.of());
        publish();

        Map<String, String> steps = new TreeMap<>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT territoire_code, etape_code, affichage FROM restitution.entonnoir WHERE audience = 'partenaire'")) {
            while (rows.next()) {
                steps.put(rows.getString(1) + " " + rows.getString(2), rows.getString(3));
            }
        }

        assertEquals("<\u00a011", steps.get("34 NUMERATEUR"));
        assertEquals("s", steps.get("34 DENOMINATEUR"));
        assertEquals("50", steps.get("13 NUMERATEUR"));
        // With the denominator unknown, one other step must be: FAITS is their sum.
        long unknown = steps.entrySet().stream()
                .filter(one -> one.getKey().startsWith("34 ")
                        && !one.getKey().equals("34 NUMERATEUR")
                        && !one.getValue().matches("\\d+"))
                .count();
        assertTrue(unknown >= 2, steps.toString());
    }

    /** Cells drawn at random and summed here; no equation that a reader can write over shown totals has exactly one unknown. */
    @Test
    void noEquationOverShownTotalsHasOneUnknown() throws IOException {
        List<String> departements =
                List.of("09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82");
        List<String> ages = List.of("16-44", "65-74", "85+");
        List<String> sexes = List.of("F", "M");
        Random random = new Random(20261123);
        Map<String, long[]> cells = new TreeMap<>();
        for (String departement : departements) {
            for (int month = 1; month <= 12; month++) {
                for (String age : ages) {
                    for (String sexe : sexes) {
                        long denominator = random.nextInt(4) == 0 ? random.nextInt(12) : random.nextInt(90);
                        long numerator = denominator == 0 ? 0 : random.nextInt((int) denominator + 1);
                        String quarter = "2026-T" + (1 + (month - 1) / 3);
                        String semester = "2026-S" + (month < 7 ? 1 : 2);
                        for (String place : List.of("DEPARTEMENT:" + departement, "REGION:76", "ENSEMBLE:ENSEMBLE")) {
                            for (String period : List.of("2026-%02d".formatted(month), quarter, semester, "2026")) {
                                for (String by :
                                        List.of("", "age=" + age, "sexe=" + sexe, "age=" + age + "|sexe=" + sexe)) {
                                    long[] sum =
                                            cells.computeIfAbsent(place + " " + period + " " + by, none -> new long[2]);
                                    sum[0] += numerator;
                                    sum[1] += denominator;
                                }
                            }
                        }
                    }
                }
            }
        }
        List<String> rows = new ArrayList<>();
        cells.forEach((name, sums) -> {
            String[] words = name.split(" ", -1);
            if (sums[1] > 0) {
                rows.add(value(KEY, words[0], words[1], words[2], (int) sums[0], (int) sums[1], percent(sums)));
            }
        });
        stage(rows.toArray(String[]::new));

        Map<String, ValueRow> read =
                read("partenaire").stream().collect(Collectors.toMap(DisclosureIT::place, Function.identity()));

        long hidden =
                read.values().stream().filter(one -> one.numerateur() == null).count();
        assertTrue(
                hidden > 100 && hidden < read.size() / 2,
                hidden + " of " + read.size() + " masked: the draw must try the rule");
        assertNotNull(read.get("REGION:76 2026 ").numerateur());
        for (Map.Entry<String, ValueRow> one : read.entrySet()) {
            long[] truth = cells.get(one.getKey());
            if (one.getValue().numerateur() != null) {
                for (long count : new long[] {truth[0], truth[1], truth[1] - truth[0]}) {
                    assertTrue(count == 0 || count >= 11, one.getKey() + " shows " + count);
                }
                assertEquals(truth[0], one.getValue().numerateur());
            }
        }
        Map<String, List<String>> equations = new HashMap<>();
        for (String name : read.keySet()) {
            String[] words = name.split(" ", -1);
            if (!words[0].startsWith("ENSEMBLE")) {
                equations
                        .computeIfAbsent("place " + words[1] + " " + words[2], none -> new ArrayList<>())
                        .add(name);
            }
            for (String equation : new TreeSet<>(breakdowns(words[2]))) {
                equations
                        .computeIfAbsent("by " + words[0] + " " + words[1] + " " + equation, none -> new ArrayList<>())
                        .add(name);
            }
            for (String equation : periods(words[1])) {
                equations
                        .computeIfAbsent(
                                "time " + words[0] + " " + words[2] + " " + equation, none -> new ArrayList<>())
                        .add(name);
            }
        }
        equations.forEach((equation, names) -> {
            long unknown = names.stream()
                    .filter(name -> read.get(name).numerateur() == null)
                    .count();
            assertTrue(unknown != 1 || names.size() == 1, equation + " gives away " + names);
        });
    }

    private static List<String> breakdowns(String by) {
        if (by.isEmpty()) {
            return List.of("age", "sexe");
        }
        String[] parts = by.split("\\|");
        return parts.length == 1 ? List.of(by.startsWith("age") ? "age" : "sexe", by) : List.of(parts[0], parts[1]);
    }

    private static List<String> periods(String period) {
        if (period.length() == 4) {
            return List.of("year");
        }
        if (period.contains("S")) {
            return List.of("year", period);
        }
        if (period.contains("T")) {
            return List.of("2026-S" + (period.charAt(6) < '3' ? 1 : 2), period);
        }
        return List.of("2026-T" + (1 + (Integer.parseInt(period.substring(5)) - 1) / 3));
    }

    private static String percent(long[] sums) {
        return BigDecimal.valueOf(100 * sums[0])
                .divide(BigDecimal.valueOf(sums[1]), 4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String row(String place, int numerator, int denominator) {
        return value(KEY, place, "2026", "", numerator, denominator, percent(new long[] {numerator, denominator}));
    }

    private static String place(ValueRow row) {
        return row.territoireType() + ":" + row.territoireCode() + " " + row.periode() + " " + row.ventilation();
    }

    private Map<String, ValueRow> publish(String audience, String... rows) throws IOException {
        stage(rows);
        return read(audience).stream()
                .collect(Collectors.toMap(
                        row -> row.territoireType() + ":" + row.territoireCode(), Function.identity()));
    }

    private void stage(String... rows) throws IOException {
        Staging.write(folder, List.of(List.of(rows)), List.of(), List.of());
        publish();
    }

    private void publish() {
        new Publisher(database)
                .publish(folder, AS_OF, Catalogue.read(Optional.empty()), new StopDates(Map.of(), Map.of(), List.of()));
    }

    private List<ValueRow> read(String audience) {
        Question all = new Question(
                List.of(), List.of(), List.of(), List.of(List.of("age"), List.of("sexe"), List.of("age", "sexe")));
        return new PublicationReader(database.reader()).values(1, all, audience);
    }
}
