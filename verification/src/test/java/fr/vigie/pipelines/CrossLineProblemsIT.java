package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.schema.WorkerResult;
import fr.vigie.verification.oracle.CurrentRows;
import fr.vigie.verification.oracle.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lines say of each other, on the worker's own way from staged files to silver. */
class CrossLineProblemsIT {

    private static SparkSession spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        spark = LocalSession.start();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void case27_aCycleOfReportsIsAnErrorOnEachOfItsLines() throws IOException {
        assertEquals(List.of("2 rdv_remplace_id E CYCLE_REPORT", "3 rdv_remplace_id E CYCLE_REPORT"), problems("""
            rendez_vous
            rdv_id | patient_id | date_heure_debut | statut  | rdv_remplace_id
            R1     | A          | 02/02/2026 10:00 | REPORTE | R2
            R2     | A          | 03/02/2026 10:00 | HONORE  | R1
            R3     | A          | 04/02/2026 10:00 | HONORE  | R2
            """));
        assertEquals(
                List.of("R3"),
                new Lake(spark, folder.resolve("lake").toString())
                        .read(Silver.LAYER, "rendez_vous").collectAsList().stream()
                                .map(row -> row.<String>getAs("rdv_id"))
                                .toList());
    }

    @Test
    void aCycleIsSeenOverTheFactsOfSeveralPersonsAndOfOneAlone() throws IOException {
        assertEquals(
                List.of(
                        "2 rdv_remplace_id E CYCLE_REPORT",
                        "3 rdv_remplace_id E CYCLE_REPORT",
                        "6 rdv_remplace_id E CYCLE_REPORT"),
                problems("""
            rendez_vous
            rdv_id | patient_id | date_heure_debut | statut  | rdv_remplace_id
            R1     | A          | 02/02/2026 10:00 | REPORTE | R2
            R2     | B          | 03/02/2026 10:00 | HONORE  | R1
            R3     | A          | 04/02/2026 10:00 | HONORE  | R2
            R4     | C          | 04/02/2026 10:00 | HONORE  | R3
            R5     | D          | 05/02/2026 10:00 | HONORE  | R5
            R6     | D          | 06/02/2026 10:00 | HONORE  | R0
            """));
    }

    @Test
    void case21_aDeclarationThatBeginsWhileAnotherRunsIsOneWarning() throws IOException {
        assertEquals(List.of("3 date_debut A CHEVAUCHEMENT_MT", "7 date_debut A CHEVAUCHEMENT_MT"), problems("""
            declarations_mt
            patient_id | rpps        | date_debut | date_fin
            A          | 10002909371 | 01/01/2020 |
            A          | 99700245667 | 01/03/2024 |
            B          | 10002909371 | 01/01/2020 | 31/12/2021
            B          | 99700245667 | 01/01/2022 |
            C          | 10002909371 | 01/01/2020 | 31/12/2021
            C          | 99700245667 | 31/12/2021 |
            """));
    }

    @Test
    void aRendezVousToldByTwoSourcesIsOneWarningOnTheOneThatDoesNotCount() throws IOException {
        assertEquals(List.of("2 date_heure_debut A RDV_DOUBLE_SOURCE"), problems("""
            rendez_vous
            rdv_id | source   | patient_id | date_heure_debut | statut | rpps
            R1     | SPICO    | A          | 02/02/2026 10:15 | HONORE | 10002909371
            R2     | DOCTOLIB | A          | 02/02/2026 10:00 | HONORE | 10002909371
            R3     | SPICO    | A          | 03/02/2026 10:16 | HONORE | 10002909371
            R4     | DOCTOLIB | A          | 03/02/2026 10:00 | HONORE | 10002909371
            R5     | SPICO    | A          | 04/02/2026 10:00 | HONORE |
            R6     | DOCTOLIB | A          | 04/02/2026 10:00 | HONORE |
            R7     | SPICO    | A          | 05/02/2026 10:00 | ERREUR | 10002909371
            R8     | DOCTOLIB | A          | 05/02/2026 10:00 | HONORE | 10002909371
            """));
    }

    @Test
    void aSortieTypedBeforeTheAdmissionThatItNamesIsOneWarningOfOneDayOrOfTwo() throws IOException {
        // Line 9: of the day alone, the admission may come first. Line 11 names the admission of somebody else.
        assertEquals(
                List.of("3 lien_evenement_id A SEJOUR_INVERSE", "5 lien_evenement_id A SEJOUR_INVERSE"), problems("""
            evenements
            evenement_id | patient_id | type            | date_heure       | mode_entree | mode_sortie | lien_evenement_id
            A1           | A          | HOSPI_ADMISSION | 09/07/2026 09:00 | 8           |             |
            S1           | A          | HOSPI_SORTIE    | 08/07/2026 10:00 |             | 8           | A1
            A2           | B          | HOSPI_ADMISSION | 08/07/2026 12:00 | 8           |             |
            S2           | B          | HOSPI_SORTIE    | 08/07/2026 10:00 |             | 8           | A2
            A3           | C          | HOSPI_ADMISSION | 08/07/2026 09:00 | 8           |             |
            S3           | C          | HOSPI_SORTIE    | 08/07/2026 10:00 |             | 8           | A3
            A4           | D          | HOSPI_ADMISSION | 08/07/2026 12:00 | 8           |             |
            S4           | D          | HOSPI_SORTIE    | 08/07/2026       |             | 8           | A4
            A5           | E          | HOSPI_ADMISSION | 09/07/2026 09:00 | 8           |             |
            S5           | F          | HOSPI_SORTIE    | 08/07/2026 10:00 |             | 8           | A5
            """));
    }

    @Test
    void aStayToldTwiceIsOneWarningOnEachLineThatDoesNotCount() throws IOException {
        // A: the line with the hour prevails, then the source, over one that knows no FINESS too. B: the same sortie
        // sent again. C: two places. D: two
        // hours of one source. E: entries two days apart. F: handed over on one day by one who names no FINESS.
        assertEquals(
                List.of(
                        "3 date_heure A SEJOUR_DOUBLE_SOURCE",
                        "5 date_heure A SEJOUR_DOUBLE_SOURCE",
                        "6 date_heure A SEJOUR_DOUBLE_SOURCE",
                        "8 date_heure A SORTIE_REPETEE"),
                problems("""
            evenements
            evenement_id | source | patient_id | type            | date_heure       | finess    | mode_entree | mode_sortie | lien_evenement_id
            X1           | PMSI   | A          | HOSPI_ADMISSION | 01/03/2026       | 340780477 | 8           |             |
            Y1           | PMSI   | A          | HOSPI_SORTIE    | 05/03/2026       | 340780477 |             | 8           | X1
            S1           | ADT    | A          | HOSPI_SORTIE    | 05/03/2026 10:00 | 340780477 |             | 8           |
            Z1           | SIH    | A          | HOSPI_SORTIE    | 05/03/2026 09:00 | 340780477 |             | 8           |
            D1           | DAC    | A          | HOSPI_SORTIE    | 05/03/2026 23:00 |           |             |             |
            S2           | SIH    | B          | HOSPI_SORTIE    | 05/03/2026 10:00 | 340780477 |             | 8           |
            S2b          | SIH    | B          | HOSPI_SORTIE    | 05/03/2026 10:00 | 340780477 |             | 8           |
            S3           | SIH    | C          | HOSPI_SORTIE    | 05/03/2026 10:00 | 340780477 |             | 8           |
            C3           | ADT    | C          | HOSPI_SORTIE    | 05/03/2026 10:00 | 300780038 |             | 8           |
            S4           | SIH    | D          | HOSPI_SORTIE    | 05/03/2026 10:00 | 340780477 |             | 8           |
            S4b          | SIH    | D          | HOSPI_SORTIE    | 05/03/2026 11:00 | 340780477 |             | 8           |
            A5           | SIH    | E          | HOSPI_ADMISSION | 01/03/2026 10:00 | 340780477 | 8           |             |
            S5           | SIH    | E          | HOSPI_SORTIE    | 05/03/2026 10:00 | 340780477 |             | 8           | A5
            X5           | PMSI   | E          | HOSPI_ADMISSION | 03/03/2026       | 340780477 | 8           |             |
            Y5           | PMSI   | E          | HOSPI_SORTIE    | 05/03/2026       | 340780477 |             | 8           | X5
            A6           | SIH    | F          | HOSPI_ADMISSION | 04/03/2026 10:00 | 340780477 | 8           |             |
            S6           | SIH    | F          | HOSPI_SORTIE    | 05/03/2026 10:00 | 340780477 |             | 7           | A6
            A6b          | ADT    | F          | HOSPI_ADMISSION | 05/03/2026 11:00 |           | 7           |             |
            S6b          | ADT    | F          | HOSPI_SORTIE    | 05/03/2026 20:00 |           |             | 8           | A6b
            """));
    }

    @Test
    void linesThatOnlyDifferByTheirPersonAreAConflictAndTheFactIsOfNobodyKnown() throws IOException {
        List<String> problems = problems("""
            rendez_vous
            rdv_id | patient_id                       | date_heure_debut | statut
            R1     | 00000000000000000000000000000001 | 02/02/2026 10:00 | HONORE
            R1     | 00000000000000000000000000000002 | 02/02/2026 10:00 | HONORE
            R2     | 00000000000000000000000000000001 | 02/02/2026 11:00 | HONORE
            R2     | 00000000000000000000000000000001 | 02/02/2026 11:00 | HONORE
            R3     | 00000000000000000000000000000001 | 02/02/2026 12:00 | HONORE
            R3     | 00000000000000000000000000000002 | 02/02/2026 12:30 | HONORE
            """);

        // Of R1, which line carries the warning depends on the pseudonyms; what is kept does not.
        assertEquals(2, problems.size(), problems.toString());
        assertTrue(problems.stream().allMatch(problem -> problem.endsWith("A CONFLIT_VERSION")), problems.toString());
        Map<String, String> persons = new TreeMap<>();
        new Lake(spark, folder.resolve("lake").toString())
                .read(Silver.LAYER, "rendez_vous")
                .collectAsList()
                .forEach(row -> persons.put(row.getAs("rdv_id"), row.getAs("patient_id")));
        assertEquals("00000000000000000000000000000001", persons.get("R2"));
        assertEquals("00000000000000000000000000000002", persons.get("R3"));
        assertTrue(String.valueOf(persons.get("R1")).matches("[0-9a-f]{32}"), persons.toString());
        assertFalse(String.valueOf(persons.get("R1")).startsWith("0000000000"), persons.toString());
    }

    @Test
    void aCompleteDeliveryWithdrawsTheLinesThatNameItsSourceWhateverFileBroughtThem() throws IOException {
        List<Delivery> first = staged("un", """
            rendez_vous
            rdv_id | source   | patient_id | date_heure_debut | statut | date_maj
            R1     | MAIIA    | A          | 02/02/2026 10:00 | HONORE |
            R2     | MAIIA    | A          | 03/02/2026 10:00 | HONORE |
            R3     | MAIIA    | A          | 03/03/2026 10:00 | HONORE |
            R4     | DOCTOLIB | A          | 03/02/2026 10:00 | HONORE |
            R5     | MAIIA    | A          | 04/02/2026 10:00 | HONORE | 06/02/2026 10:00
            """);
        List<Delivery> deliveries = new ArrayList<>(first);
        deliveries.add(complete("deux", """
            rendez_vous
            rdv_id | source | patient_id | date_heure_debut | statut
            R1     | MAIIA  | A          | 02/02/2026 10:00 | HONORE
            """));
        // The other half of the same command: an older version of R5, which its line of before outlives.
        deliveries.add(complete("trois", """
            rendez_vous
            rdv_id | source | patient_id | date_heure_debut | statut | date_maj
            R5     | MAIIA  | A          | 04/02/2026 10:00 | HONORE | 05/02/2026 10:00
            """));

        run(deliveries);

        assertEquals(
                List.of("R1", "R3", "R4", "R5"),
                new Lake(spark, folder.resolve("lake").toString())
                        .read(Silver.LAYER, "rendez_vous").collectAsList().stream()
                                .map(row -> row.<String>getAs("rdv_id"))
                                .sorted()
                                .toList());
    }

    @Test
    void linesReceivedBeforeASourceHadOneNameAreOfThatSource() throws IOException {
        assertEquals(List.of(), problems("""
            rendez_vous
            rdv_id | source | patient_id | date_heure_debut | statut     | date_maj
            R1     | Maiia  | A          | 02/02/2026 10:00 | NON_HONORE | 05/02/2026 10:00
            R1     | MAIIA  | A          | 02/02/2026 10:00 | HONORE     | 06/02/2026 10:00
            R1     | maiia  | A          | 02/02/2026 10:00 | CONFIRME   | 04/02/2026 10:00
            R1     | SAS    | A          | 05/02/2026 10:00 | HONORE     | 04/02/2026 10:00
            """));
        assertEquals(
                List.of("MAIIA HONORE", "SAS HONORE"),
                new Lake(spark, folder.resolve("lake").toString())
                        .read(Silver.LAYER, "rendez_vous").collectAsList().stream()
                                .map(row -> row.getAs("source") + " " + row.getAs("statut"))
                                .sorted()
                                .toList());
    }

    /** The second load command, by MAIIA, of all that it knows of February. */
    private Delivery complete(String name, String table) throws IOException {
        Delivery whole = staged(name, table).get(0);
        Delivery.Replacement february =
                new Delivery.Replacement(Optional.of(LocalDate.of(2026, 2, 1)), Optional.of(LocalDate.of(2026, 2, 28)));
        return new Delivery(
                whole.id(), whole.feed(), "MAIIA", 2, Optional.empty(), Optional.of(february), whole.staged(), 1, 0);
    }

    private List<Delivery> staged(String name, String table) throws IOException {
        String feed = table.strip().lines().findFirst().orElseThrow();
        return StagedWorld.write(
                new CurrentRows(Map.of(feed, Tables.read(table).rows(feed))),
                folder.resolve("depot").resolve(name));
    }

    /** « line column level code » of each problem but unknown names, in order of lines. */
    private List<String> problems(String table) throws IOException {
        return Files.readAllLines(run(staged("un", table)).resolve(WorkerResult.REJECTS)).stream()
                .skip(1)
                .map(line -> line.split(";"))
                .filter(cells -> !cells[4].endsWith("_INCONNU"))
                .map(cells -> cells[1] + " " + cells[2] + " " + cells[3] + " " + cells[4])
                .sorted()
                .toList();
    }

    /** The folder where the worker left what it found. */
    private Path run(List<Delivery> deliveries) throws IOException {
        Path exchange = Files.createDirectories(folder.resolve("echange"));
        new WorkerSteps(
                        spark,
                        new WorkerRequest(
                                folder.resolve("lake").toString(), exchange.toString(), deliveries, Optional.empty()),
                        Progress.silent())
                .execute();
        return exchange;
    }
}
