package fr.vigie.batch.cli;

import static fr.vigie.batch.FakeWorker.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code values --with-change}, and an indicator of an existing kind that is one new file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangeIT {

    private static final String COUNT = """
            code: TEST-01
            version: 1
            label: Rendez-vous honorés
            question: Combien de rendez-vous ont été honorés ?
            source: "domaine 0.7"
            since: 2015-01-01
            direction: higher
            unit: rendez-vous
            attribution: RESIDENCE
            feeds: [rendez_vous]
            measure:
              kind: count
              fact: rendez_vous
              population:
                - {reason: NON_HONORE, keep: "statut = HONORE"}
              exclusions: []
            breakdowns: [age]
            smart:
              specific: tous les rendez-vous
              measurable: honorés
              achievable: hausse
              relevant: activité
              time_bound: revue trimestrielle
            """;

    private Path definitions;
    private FakeInstance vigie;

    @BeforeAll
    void publish(@TempDir Path folder) throws IOException, SQLException {
        vigie = FakeInstance.in(folder);
        definitions = Files.createDirectories(folder.resolve("definitions"));
        Files.writeString(definitions.resolve("TEST-01.yaml"), COUNT);
        String two = COUNT.replace("TEST-01", "TEST-02");
        Files.writeString(
                definitions.resolve("TEST-02.v1.yaml"),
                two.replace("since: 2015-01-01", "since: 2015-01-01\nuntil: 2025-12-31"));
        Files.writeString(
                definitions.resolve("TEST-02.yaml"),
                two.replace("version: 1", "version: 2").replace("since: 2015-01-01", "since: 2026-01-01"));
        // One of the product's own, of an older age.
        Files.writeString(
                definitions.resolve("CAD-02.yaml"),
                Resources.text("definitions/CAD-02.yaml").replace("age_min: {value: 65", "age_min: {value: 70"));
        vigie.worker()
                .findsValues(
                        value("CAD-04", "CPTS:CPTS-7", "2024-T4", "", 20, 50, "40"),
                        value("CAD-04", "CPTS:CPTS-7", "2025-T4", "", 12, 40, "30"),
                        value("CAD-04", "CPTS:CPTS-7", "2025-T3", "", 1, 3, "33.3333"),
                        value("CAD-04", "CPTS:CPTS-7", "2025-T4", "sexe=F", 2, 3, "66.6667"),
                        value("CAD-04", "CPTS:CPTS-7", "2025-T3", "sexe=F", 1, 3, "33.3333"),
                        // 50.5 h, then 48 h: a median is no share of its two integers.
                        value("CAD-02", "CPTS:CPTS-7", "2025-11", "", 5, 9, "50.5"),
                        value("CAD-02", "CPTS:CPTS-7", "2025-12", "", 6, 9, "48"),
                        count("2024", 4),
                        count("2025", 5),
                        count("2025", 5).replace("TEST-01", "TEST-02"),
                        // A month of nothing has no row (contrat.md 4).
                        count("2025-12", 5),
                        count("2026-01", 4),
                        count("2026-02", 2).replace("PUBLIE", "EN_COURS"))
                .findsTerritories("CPTS;CPTS-7;Thau", "CPTS;CPTS-8;Autre");
        Screen run = vigie.call(
                "run",
                vigie.rendezVous("rendez_vous.csv", 5).toString(),
                "--as-of",
                "2026-02-28T12:00",
                "--complete-to",
                "2026-02-28",
                "--definitions",
                definitions.toString());
        assertEquals(0, run.code(), run.err());
    }

    @AfterAll
    void close() throws SQLException {
        vigie.close();
    }

    @Test
    void case34_theChangeInAYearIsInPoints() {
        assertEquals(
                List.of(
                        "indicateur;version;territoire_type;territoire_code;territoire_libelle;periode;ventilation;numerateur;denominateur;"
                                + "valeur;evolution_precedente;evolution_an;ic_bas;ic_haut;cible;verdict;statut;publication",
                        // 30 - 100/3 = -3.3333; 30 - 40 = -10.
                        "CAD-04;1;CPTS;CPTS-7;Nom de CPTS-7;2025-T4;;12;40;30;-3.3333;-10;;;;SANS_CIBLE;PUBLIE;1"),
                csv("--indicator", "CAD-04", "--period", "2025-T4"));
    }

    @Test
    void case64_aCountThatWasNothingHasNoChangeForProgramsAndIsNotKnownForPeople() {
        assertEquals(List.of("5", "", ""), changes("--indicator", "TEST-01", "--period", "2025-12"));
        Screen table = vigie.call(
                "values", "--with-change", "--indicator", "TEST-01", "--period", "2025-12", "--format", "table");
        assertTrue(table.lines().get(2).contains("  n.d.  "), table.out());
    }

    @Test
    void explainTellsTheDefinitionThatWasPublishedAndNotThatOfTheProduct() {
        String[] asked = {"--territory", "CPTS:CPTS-7", "--period", "2025-11", "--format", "table"};
        Screen screen = vigie.call(
                Stream.concat(Stream.of("explain", "CAD-02"), Stream.of(asked)).toArray(String[]::new));
        assertTrue(screen.out().contains("  age_min = 70 (âge révolu minimal, borne incluse)"), screen.out());
        // What the folder says nothing of is the product's.
        screen = vigie.call(Stream.concat(Stream.of("explain", "CAD-01/B"), Stream.of(asked))
                .toArray(String[]::new));
        assertTrue(screen.out().startsWith("CAD-01/B — "), screen.out());
        assertTrue(screen.out().contains("  age_min = 65 (âge révolu minimal, borne incluse)"), screen.out());
        assertTrue(screen.out().contains("  Unité comptée\u00a0: "), screen.out());
    }

    @Test
    void explainGivesNoWordsOfAVersionThatDidNotCount() {
        Screen screen =
                vigie.call("explain", "TEST-02", "--territory", "CPTS:CPTS-7", "--period", "2025", "--format", "table");
        assertEquals(0, screen.code(), screen.err());
        assertTrue(screen.err().contains("comptée par la version 1 de la fiche"), screen.err());
        assertFalse(screen.out().contains("Question"), screen.out());
    }

    @Test
    void aCountChangesInPercents() {
        assertEquals(List.of("5", "25", "25"), changes("--indicator", "TEST-01", "--period", "2025"));
        assertEquals(List.of("4", "-20", ""), changes("--indicator", "TEST-01", "--period", "2026-01"));
    }

    @Test
    void aPeriodThatIsNotOverHasNoChange() {
        assertEquals(List.of("2", "", ""), changes("--indicator", "TEST-01", "--period", "2026-02"));
    }

    @Test
    void aDelayChangesByItsMedian() {
        assertEquals(List.of("48", "-2.5", ""), changes("--indicator", "CAD-02", "--period", "2025-12"));
    }

    @Test
    void aBreakdownIsComparedWithItsOwn() {
        List<String> rows = csv("--indicator", "CAD-04", "--period", "2025-T4", "--by", "sexe");

        assertEquals(3, rows.size(), rows.toString());
        assertTrue(rows.get(2).contains(";sexe=F;2;3;66.6667;33.3333;;"), rows.toString());
    }

    @Test
    void withoutAPeriodEveryRowIsThereOnceWithItsChange() {
        List<String> rows = csv("--indicator", "CAD-04");

        assertEquals(4, rows.size(), rows.toString());
        assertTrue(rows.get(3).contains(";2025-T4;;12;40;30;-3.3333;-10;"), rows.toString());
    }

    @Test
    void aMissingRowAskedForExactlyHasEmptyChanges() {
        assertEquals(
                "CAD-04;1;CPTS;CPTS-8;Autre;2025-T4;;;;;;;;;;SANS_OBJET;SO;1",
                csv("--indicator", "CAD-04", "--territory", "CPTS:CPTS-8", "--period", "2025-T4")
                        .get(1));
    }

    @Test
    void peopleReadSignsAndUnitsAndProgramsReadNumbers() throws IOException {
        String[] asked = {"values", "--with-change", "--indicator", "CAD-04", "--period", "2025-T4", "--format"};
        String table = vigie.call(with(asked, "table")).out();
        JsonNode json =
                new ObjectMapper().readTree(vigie.call(with(asked, "json")).out());

        assertTrue(table.contains("\u22123,3\u00a0pt"), table);
        assertTrue(table.contains("\u221210,0\u00a0pt"), table);
        assertEquals("-10", json.get(0).get("evolution_an").asText());
        assertTrue(json.get(0).get("evolution_an").isNumber());
    }

    @Test
    void theWorkbookIsWrittenWithItsChanges() {
        Screen screen = vigie.call("values", "--with-change", "--format", "xlsx", "--audience", "interne");

        assertEquals(0, screen.code(), screen.err());
        assertEquals("", screen.err());
        assertTrue(screen.out().startsWith("PK"), "not a workbook");
    }

    @Test
    void withoutTheOptionTheColumnsOfTheContractAreAlone() {
        assertFalse(vigie.call("values", "--format", "csv").out().contains("evolution"));
    }

    @Test
    void aNewIndicatorOfAnExistingKindIsOneFile() throws IOException {
        assertEquals(
                definitions.toString(),
                vigie.worker()
                        .requests()
                        .get(0)
                        .refresh()
                        .orElseThrow()
                        .definitions()
                        .orElseThrow());
        assertTrue(vigie.worker()
                .requests()
                .get(0)
                .refresh()
                .orElseThrow()
                .limits()
                .containsKey("TEST-01"));
        assertEquals(
                6,
                vigie.call("values", "--indicator", "TEST-01", "--format", "csv")
                        .lines()
                        .size());
    }

    @Test
    void wrongDefinitionsAreAllToldBeforeAnyDataIsRead(@TempDir Path wrong) throws IOException {
        Files.writeString(wrong.resolve("TEST-02.yaml"), COUNT.replace("fact: rendez_vous", "fact: rendezvous"));
        Files.writeString(
                wrong.resolve("TEST-03.yaml"),
                COUNT.replace("TEST-01", "TEST-03")
                        .replace("statut =", "etat =")
                        .replace("[age]", "[taille]"));
        int before = vigie.worker().requests().size();

        Screen screen = vigie.call("refresh", "--as-of", "2026-02-28", "--definitions", wrong.toString());

        assertEquals(2, screen.code(), screen.err());
        for (String said : List.of("TEST-02.yaml", "rendezvous", "TEST-03.yaml", "etat", "taille")) {
            assertTrue(screen.err().contains(said), said + " is not in\n" + screen.err());
        }
        assertEquals(before, vigie.worker().requests().size());
    }

    private static String count(String period, int number) {
        return "TEST-01;1;CPTS;CPTS-7;Thau;" + period + ";;" + number + ";;" + number + ";;;;SANS_CIBLE;PUBLIE";
    }

    private List<String> csv(String... arguments) {
        Screen screen = vigie.call(with(with(new String[] {"values", "--with-change"}, arguments), "--format", "csv"));
        assertEquals(0, screen.code(), screen.err());
        return screen.lines();
    }

    /** Value, change from the previous period and in a year, of the only row. */
    private List<String> changes(String... arguments) {
        List<String> rows = csv(arguments);
        assertEquals(2, rows.size(), rows.toString());
        return Arrays.asList(rows.get(1).split(";", -1)).subList(9, 12);
    }

    private static String[] with(String[] first, String... last) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
    }
}
