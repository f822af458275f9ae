package fr.vigie.batch.cli;

import static fr.vigie.batch.FakeWorker.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the reading commands print of one publication (contrat.md 3 and 4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsultationIT {

    private static final String HEADER =
            "indicateur;version;territoire_type;territoire_code;territoire_libelle;periode;ventilation;numerateur;denominateur;valeur;"
                    + "ic_bas;ic_haut;cible;verdict;statut;publication";

    private FakeInstance vigie;

    @BeforeAll
    void publish(@TempDir Path folder) throws IOException, SQLException {
        vigie = FakeInstance.in(folder);
        vigie.worker()
                .findsValues(
                        value("CAD-04", "CPTS:CPTS-7", "2026-02", "", 1, 3, "33.3333"),
                        value("CAD-04", "CPTS:CPTS-7", "2026-02", "sexe=F", 1, 2, "50"),
                        value("CAD-04", "CPTS:CPTS-7", "2026-02", "age=65-74|sexe=F", 1, 1, "100"),
                        value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026", "", 1, 4, "25"))
                .findsFunnel(
                        "CAD-04;CPTS;CPTS-7;2026-02;NUMERATEUR;;1",
                        "CAD-04;CPTS;CPTS-7;2026-02;DENOMINATEUR;;3",
                        "CAD-04;CPTS;CPTS-7;2026-02;HORS_POPULATION;NI_HONORE_NI_MANQUE;2",
                        "CAD-04;CPTS;CPTS-7;2026-02;FAITS;;5")
                .findsTerritories("CPTS;CPTS-7;\"CPTS du Thau; Lido\"", "CPTS;CPTS-8;Autre");
        Screen run = vigie.call(
                "run",
                vigie.rendezVous("rendez_vous.csv", 5).toString(),
                "--as-of",
                "2026-02-28T23:59",
                "--complete-to",
                "2026-02-28");
        assertEquals(0, run.code(), run.err());
    }

    @AfterAll
    void close() throws SQLException {
        vigie.close();
    }

    @Test
    void valuesAreTotalsUnlessABreakdownIsAskedFor() {
        assertEquals(
                List.of(
                        HEADER,
                        "CAD-04;1;CPTS;CPTS-7;Nom de CPTS-7;2026-02;;1;3;33.3333;;;;SANS_CIBLE;PUBLIE;1",
                        "CAD-04;1;ENSEMBLE;ENSEMBLE;Nom de ENSEMBLE;2026;;1;4;25;;;;SANS_CIBLE;PUBLIE;1"),
                csv("values"));
    }

    @Test
    void breakdownsAddTheirRowsWhateverTheOrderOfTheirDimensions() {
        List<String> totalAndSexe = List.of("", "sexe=F");
        List<String> totalAndBoth = List.of("", "age=65-74|sexe=F");

        assertEquals(totalAndSexe, breakdowns("--by", "sexe"));
        assertEquals(totalAndBoth, breakdowns("--by", "age,sexe"));
        assertEquals(totalAndBoth, breakdowns("--by", "sexe,age"));
        assertEquals(List.of("", "age=65-74|sexe=F", "sexe=F"), breakdowns("--by", "sexe", "--by", "age,sexe"));
    }

    @Test
    void aMissingValueAskedForExactlyIsARowThatSaysWhy() {
        assertEquals(
                List.of(HEADER, "CAD-04;1;CPTS;CPTS-8;Autre;2026-02;;;;;;;;SANS_OBJET;SO;1"),
                csv("values", "--indicator", "CAD-04", "--territory", "CPTS:CPTS-8", "--period", "2026-02"));
        assertEquals(
                List.of(HEADER, "HOS-01;1;CPTS;CPTS-8;Autre;2026-02;;;;;;;;SANS_OBJET;ND;1"),
                csv("values", "--indicator", "HOS-01", "--territory", "CPTS:CPTS-8", "--period", "2026-02"));
        assertEquals(List.of(HEADER), csv("values", "--indicator", "CAD-04", "--territory", "CPTS:CPTS-8"));
    }

    @Test
    void aTerritoryThatThePublicationDoesNotKnowIsAWrongUsage() {
        Screen values = vigie.call("values", "--territory", "CPTS:CPTS-9");
        Screen explain = vigie.call("explain", "CAD-04", "--territory", "CPTS:CPTS-9", "--period", "2026-02");

        assertEquals(2, values.code());
        assertTrue(values.err().contains("Territoire inconnu"), values.err());
        assertEquals(2, explain.code());
        assertTrue(explain.err().contains("Territoire inconnu"), explain.err());
    }

    @Test
    void aPublicationThatDoesNotExistIsAWrongUsage() {
        Screen screen = vigie.call("values", "--publication", "7");

        assertEquals(2, screen.code());
        assertTrue(screen.err().contains("La publication 7 n’existe pas"), screen.err());
    }

    @Test
    void explainGivesTheFunnelInTheOrderOfTheContract() {
        assertEquals(
                List.of(
                        "etape;motif;effectif",
                        "FAITS;;5",
                        "HORS_POPULATION;NI_HONORE_NI_MANQUE;2",
                        "DENOMINATEUR;;3",
                        "NUMERATEUR;;1"),
                csv("explain", "CAD-04", "--territory", "CPTS:CPTS-7", "--period", "2026-02"));
    }

    @Test
    void explainOfWhatCountsNothingSaysSo() {
        Screen screen = vigie.call("explain", "CAD-04", "--territory", "CPTS:CPTS-7", "--period", "2019-02");

        assertEquals(0, screen.code(), screen.err());
        assertTrue(
                screen.err().contains("La publication 1 ne compte rien de CAD-04 pour ce territoire et cette période"),
                screen.err());
    }

    @Test
    void explainNamesTheFeedThatIsMissing() {
        Screen screen = vigie.call("explain", "HOS-01", "--territory", "CPTS:CPTS-7", "--period", "2026-02");

        assertTrue(screen.err().contains("aucun fichier chargé pour le flux evenements"), screen.err());
        assertEquals(0, screen.code());
    }

    @Test
    void explainForPeopleStartsWithTheDefinitionInWords() {
        Screen screen = vigie.call(
                "explain", "CAD-04", "--territory", "CPTS:CPTS-7", "--period", "2026-02", "--format", "table");

        assertTrue(screen.out().startsWith("CAD-04 — "), screen.out());
        assertTrue(screen.out().contains("Question\u00a0: Quelle part des rendez-vous"), screen.out());
    }

    @Test
    void jsonNumbersAreNumbersAndEmptyIsNull() throws IOException {
        JsonNode rows = new ObjectMapper()
                .readTree(vigie.call("values", "--territory", "CPTS:CPTS-7", "--format", "json")
                        .out());

        assertEquals(1, rows.size());
        assertTrue(rows.get(0).get("valeur").isNumber());
        assertEquals("33.3333", rows.get(0).get("valeur").asText());
        assertTrue(rows.get(0).get("ic_bas").isNull());
        assertEquals(
                List.of(HEADER.split(";")),
                Stream.of(rows.get(0).fieldNames())
                        .flatMap(names -> {
                            Stream.Builder<String> all = Stream.builder();
                            names.forEachRemaining(all::add);
                            return all.build();
                        })
                        .toList());
    }

    @Test
    void statusHasTheShapeOfTheContract() throws IOException {
        JsonNode status = new ObjectMapper()
                .readTree(vigie.call("status", "--format", "json").out());

        assertEquals(1, status.get("publication").get("numero").asInt());
        assertEquals(64, status.get("publication").get("empreinte").asText().length());
        assertEquals(
                "2026-02-28T23:59", status.get("publication").get("date_arret").asText());
        JsonNode file = status.get("fichiers").get(0);
        assertEquals("rendez_vous", file.get("flux").asText());
        assertEquals(5, file.get("lues").intValue());
        assertEquals("2026-02-28", file.get("complet_jusqu_au").asText());
        assertEquals("TERMINEE", status.get("executions").get(0).get("resultat").asText());
        assertTrue(status.get("services").isArray());
    }

    @Test
    void indicatorsTellWhatIsComputableHere() {
        List<String> rows = csv("indicators");

        assertTrue(rows.stream().anyMatch(row -> row.startsWith("CAD-04;") && row.contains(";O;")), rows.toString());
        assertTrue(
                rows.stream().anyMatch(row -> row.startsWith("HOS-01;") && row.contains(";N;evenements")),
                rows.toString());
    }

    @Test
    void anUnknownReaderIsAWrongUse() {
        Screen screen = vigie.call("values", "--audience", "voisin");

        assertEquals(2, screen.code());
        assertEquals("", screen.out());
        assertTrue(screen.err().contains("Lecteur inconnu"), screen.err());
    }

    @Test
    void internalFiguresForProgramsAreSaidNotToBeHandedOn() {
        String[] missing = {"values", "--indicator", "CAD-04", "--territory", "CPTS:CPTS-8", "--period", "2026-02"};
        String[] funnel = {"explain", "CAD-04", "--territory", "CPTS:CPTS-7", "--period", "2026-02"};
        String[] noFunnel = {"explain", "CAD-04", "--territory", "CPTS:CPTS-8", "--period", "2026-02"};
        String said = "Valeurs internes, non masquées\u00a0: à ne pas diffuser."
                + " Pour transmettre\u00a0: --audience partenaire ou public." + System.lineSeparator();

        for (String format : List.of("csv", "json")) {
            assertEquals(said, err("values", "--format", format));
            assertEquals(said, err("values", "--with-change", "--format", format));
            assertEquals("", err("values", "--format", format, "--audience", "partenaire"));
            assertEquals("", err("values", "--format", format, "--period", "2019"));
            assertEquals("", err(with(missing, "--format", format)));
            assertTrue(err(with(funnel, "--format", format)).startsWith("Effectifs internes, non masqués\u00a0: à ne"));
            assertFalse(err(with(noFunnel, "--format", format)).contains("internes"));
        }
        assertEquals("", err("values", "--format", "table"));
        assertEquals("", err(with(funnel, "--format", "table")));
    }

    private String err(String... arguments) {
        Screen screen = vigie.call(arguments);
        assertEquals(0, screen.code(), screen.err());
        return screen.err();
    }

    private static String[] with(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    private List<String> csv(String... arguments) {
        Screen screen = vigie.call(Stream.concat(Stream.of(arguments), Stream.of("--format", "csv"))
                .toArray(String[]::new));
        assertEquals(0, screen.code(), screen.err());
        return screen.lines();
    }

    private List<String> breakdowns(String... by) {
        return csv(Stream.concat(Stream.of("values", "--territory", "CPTS:CPTS-7"), Stream.of(by))
                        .toArray(String[]::new))
                .stream()
                .skip(1)
                .map(row -> row.split(";", -1)[6])
                .toList();
    }
}
