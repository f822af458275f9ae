package fr.vigie.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.pipelines.WorkerBeside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Control and the worker's own code together: one instance, whose commands follow each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ControlAndWorkerIT {

    private static final String HEADER =
            "rdv_id;source;patient_id;date_heure_debut;statut;mode;profession;rdv_remplace_id\n";

    private static final List<String> CYCLE = List.of("CYCLE_REPORT 42", "CYCLE_REPORT 43");

    private Path folder;
    private WorkerBeside worker;
    private Instance vigie;

    @BeforeAll
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        worker = new WorkerBeside(temporary.resolve("programme"));
        vigie = new Instance(temporary.resolve("instance"), worker.root());
    }

    @AfterAll
    void close() throws IOException {
        vigie.close();
        worker.close();
    }

    @Test
    @Order(1)
    void aFactWhosePatientsWereRefusedCounts() throws Exception {
        Path evenements = Files.writeString(
                folder.resolve("evenements.csv"),
                "evenement_id;source;patient_id;type;date_heure;mode_entree;mode_sortie\n"
                        + "E1;ORU;P1;URG_PASSAGE;12/05/2026 10:00;8;8\n");
        Path patients = Files.writeString(folder.resolve("patients.csv"), "nom;prenom\nA;B\n");

        List<String> printed = vigie.call(
                3,
                "run",
                evenements.toString(),
                patients.toString(),
                "--as-of",
                "2026-10-31T23:59",
                "--complete-to",
                "2026-10-31",
                "--format",
                "csv");

        assertEquals("evenements.csv;evenements;1;1;0;1;CHARGE;", printed.get(1));
        assertTrue(printed.get(2).startsWith("patients.csv;patients;0;0;0;0;REFUSE;"), printed.get(2));
        assertEquals("1", value("URG-04", "2026-05", "valeur"));
        // What needs a feed that was never received says so.
        assertEquals("ND", value("CAD-01", "2026-05", "statut"));
    }

    @Test
    @Order(2)
    void aCycleOfReportsIsToldByTheLoad() throws Exception {
        // Forty rendez-vous, then two that replace each other.
        String rows = IntStream.rangeClosed(1, 40)
                .mapToObj(day -> "R" + day + ";AGENDA;P1;" + String.format("%02d/03/2026", 1 + day % 28)
                        + " 09:00;HONORE;PRES;MG;\n")
                .collect(Collectors.joining());
        Files.writeString(
                folder.resolve("rendez_vous.csv"),
                HEADER + rows + "C1;AGENDA;P1;05/04/2026 09:00;HONORE;PRES;MG;C2\n"
                        + "C2;AGENDA;P1;06/04/2026 09:00;HONORE;PRES;MG;C1\n");

        assertEquals("rendez_vous.csv;rendez_vous;42;40;2;40;CHARGE;", load(0, "rendez_vous.csv"));
        assertEquals(CYCLE, errors());
    }

    @Test
    @Order(3)
    void aRefreshLeavesTheRejectsAsTheyAre() throws Exception {
        vigie.call(0, "refresh", "--as-of", "2026-10-31T23:59");

        assertEquals(CYCLE, errors());
        assertEquals("42;40;2", counts("rendez_vous.csv"));
        // The cycle is of April: of March all forty count.
        assertEquals("40", value("CAD-04", "2026-03", "denominateur"));
        assertEquals("SO", value("CAD-04", "2026-04", "statut"));
    }

    @Test
    @Order(4)
    void theSameFileAgainTellsWhatItToldBefore() throws Exception {
        assertEquals("rendez_vous.csv;rendez_vous;42;40;2;40;DEJA_CHARGE;", load(0, "rendez_vous.csv"));
    }

    @Test
    @Order(5)
    void aCorrectionThatBreaksTheCycleTakesItsRejectsAway() throws Exception {
        Files.writeString(
                folder.resolve("rendez_vous-corrige.csv"), HEADER + "C1;AGENDA;P1;05/04/2026 09:00;HONORE;PRES;MG;\n");

        assertEquals("rendez_vous-corrige.csv;rendez_vous;1;1;0;1;CHARGE;", load(0, "rendez_vous-corrige.csv"));
        assertEquals(List.of(), errors());
        assertEquals("42;42;0", counts("rendez_vous.csv"));
    }

    @Test
    @Order(6)
    void aFileThatClosesACycleIsToldOnTheLinesOfBothDeliveries() throws Exception {
        // C1 follows C3, which follows C1: one line of each file.
        Files.writeString(
                folder.resolve("rendez_vous-suite.csv"),
                HEADER + "C3;AGENDA;P1;07/04/2026 09:00;HONORE;PRES;MG;C2\n"
                        + "C1;AGENDA;P1;05/04/2026 09:00;HONORE;PRES;MG;C3\n");

        vigie.call(0, "load", folder.resolve("rendez_vous-suite.csv").toString(), "--complete-to", "2026-11-01");

        // C2 still follows C1, by the first file.
        assertEquals(List.of("CYCLE_REPORT 2", "CYCLE_REPORT 3", "CYCLE_REPORT 43"), errors());
        assertEquals("42;41;1", counts("rendez_vous.csv"));
        assertEquals("2;0;2", counts("rendez_vous-suite.csv"));
    }

    @Test
    @Order(7)
    void whatIsWithdrawnLeavesTheOthersAsTheyWere() throws Exception {
        vigie.call(0, "withdraw", "rendez_vous-suite.csv");

        assertEquals("42;42;0", counts("rendez_vous.csv"));
        // What the withdrawn file was told stays told.
        assertEquals("2;0;2", counts("rendez_vous-suite.csv"));
        assertEquals(List.of("CYCLE_REPORT 2", "CYCLE_REPORT 3"), errors());
        // No file of the lake holds what it brought: those that count are the first one and its correction.
        assertEquals(2, deliveriesOnDisk("rendez_vous"));
    }

    @Test
    @Order(8)
    void aFileThatCyclesRefuseIsNeverKept() throws Exception {
        Files.writeString(
                folder.resolve("rendez_vous-boucle.csv"),
                HEADER + "X1;AGENDA;P1;05/04/2026 09:00;HONORE;PRES;MG;X2\n"
                        + "X2;AGENDA;P1;06/04/2026 09:00;HONORE;PRES;MG;X3\n"
                        + "X3;AGENDA;P1;07/04/2026 09:00;HONORE;PRES;MG;X1\n");

        assertTrue(load(3, "rendez_vous-boucle.csv").startsWith("rendez_vous-boucle.csv;rendez_vous;3;0;3;"));
        assertEquals("3;0;3", counts("rendez_vous-boucle.csv"));
        assertEquals(5, errors().size());
        assertEquals("42;42;0", counts("rendez_vous.csv"));
    }

    @Test
    @Order(9)
    void aSourceThatSendsNoMoreHoldsBackWhatFollows() throws Exception {
        Path sent = Files.createDirectory(folder.resolve("envoi"));
        Files.writeString(
                sent.resolve("rendez_vous-sud.csv"),
                HEADER + "S1;SUD;P2;10/11/2026 09:00;NON_HONORE;PRES;MG;\n"
                        + "S2;SUD;P2;11/11/2026 09:00;HONORE;PRES;MG;\n");
        Files.writeString(
                sent.resolve("rendez_vous-sud.csv.manifeste.yaml"),
                "flux: rendez_vous\nsource: SUD\ndate_completude: 2026-11-15\n");
        Files.writeString(
                sent.resolve("rendez_vous-hiver.csv"),
                HEADER + "H1;AGENDA;P1;12/11/2026 09:00;NON_HONORE;PRES;MG;\n"
                        + "H2;AGENDA;P1;08/12/2026 09:00;NON_HONORE;PRES;MG;\n");

        Files.writeString(
                sent.resolve("rendez_vous-hiver.csv.manifeste.yaml"),
                "flux: rendez_vous\ndate_completude: 2026-12-31\n");

        vigie.call(0, "run", sent.toString(), "--as-of", "2026-12-31T23:59");

        assertEquals("EN_COURS 2/3", read("CAD-04", "2026-11"));
        // Nothing of December is known to be whole.
        assertEquals("SO /", read("CAD-04", "2026-12"));
    }

    @Test
    @Order(10)
    void closedItHoldsNothingBackAndItsFactsStay() throws Exception {
        vigie.call(0, "source", "close", "sud", "--on", "2026-11-15");

        vigie.call(0, "refresh", "--as-of", "2026-12-31T23:59");

        assertEquals("PUBLIE 2/3", read("CAD-04", "2026-11"));
        assertEquals("PUBLIE 1/1", read("CAD-04", "2026-12"));
    }

    @Test
    @Order(11)
    void itOpensAgainWithWhatItSends() throws Exception {
        Files.writeString(
                folder.resolve("rendez_vous-sud-2.csv"), HEADER + "S3;SUD;P2;18/11/2026 09:00;HONORE;PRES;MG;\n");

        Instance.Ended ended = vigie.call(
                "run",
                file("rendez_vous-sud-2.csv"),
                "--source",
                "SUD",
                "--complete-to",
                "2026-11-20",
                "--as-of",
                "2026-12-31T23:59");

        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.err().contains("elle compte de nouveau comme ouverte"), ended.err());
        assertEquals("EN_COURS 2/4", read("CAD-04", "2026-11"));
        assertEquals("SO /", read("CAD-04", "2026-12"));
    }

    /** The deliveries that the files of a feed hold, whether or not they still count. */
    private long deliveriesOnDisk(String feed) throws Exception {
        String files;
        try (Stream<Path> paths = Files.walk(vigie.lake().resolve("bronze").resolve(feed))) {
            files = paths.map(Path::toString)
                    .filter(path -> path.endsWith(".parquet") && !path.contains("_delta_log"))
                    .collect(Collectors.joining("', '"));
        }
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(DISTINCT _livraison) FROM read_parquet(['" + files + "'])")) {
            row.next();
            return row.getLong(1);
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** « statut numerateur/denominateur » of everybody, in a month. */
    private String read(String indicator, String month) throws Exception {
        Map<String, String> row = row(indicator, month);
        return row.get("statut") + " " + row.get("numerateur") + "/" + row.get("denominateur");
    }

    private String load(int code, String file) throws Exception {
        return vigie.call(
                        code, "load", folder.resolve(file).toString(), "--complete-to", "2026-10-31", "--format", "csv")
                .get(1)
                .replaceFirst("(;REFUSE;).*", "$1");
    }

    /** « code line » of every error. */
    private List<String> errors() throws Exception {
        return vigie.call(0, "rejects", "--format", "csv").stream()
                .skip(1)
                .map(line -> line.split(";"))
                .filter(cells -> cells[4].equals("E") && cells[1].equals("rendez_vous"))
                .map(cells -> cells[5] + " " + cells[2])
                .sorted()
                .toList();
    }

    /** « lues;gardees;rejetees » of a file, by the ledger. */
    private String counts(String file) throws Exception {
        return vigie.call(0, "status", "--format", "csv").stream()
                .map(line -> line.split(";"))
                .filter(cells -> cells[0].equals(file))
                .map(cells -> String.join(";", Arrays.asList(cells).subList(2, 5)))
                .collect(Collectors.joining("\n"));
    }

    private String value(String indicator, String period, String column) throws Exception {
        return String.valueOf(row(indicator, period).get(column));
    }

    private Map<String, String> row(String indicator, String period) throws Exception {
        List<String> printed = vigie.call(
                0,
                "values",
                "--indicator",
                indicator,
                "--territory",
                "ENSEMBLE",
                "--period",
                period,
                "--format",
                "csv");
        String[] columns = printed.get(0).split(";");
        String[] cells = printed.get(1).split(";", -1);
        return IntStream.range(0, columns.length)
                .boxed()
                .collect(Collectors.toMap(column -> columns[column], column -> cells[column]));
    }
}
