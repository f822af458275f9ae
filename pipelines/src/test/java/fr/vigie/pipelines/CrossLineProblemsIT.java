package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.oracle.Silver;
import fr.vigie.indicators.oracle.SilverRow;
import fr.vigie.indicators.oracle.Tables;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.RunRequest;
import fr.vigie.schema.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        spark = Session.lean(Session.configured(
                        SparkSession.builder().master("local[2]").appName("vigie-test")))
                .getOrCreate();
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
                        .read(fr.vigie.pipelines.Silver.LAYER, "rendez_vous").collectAsList().stream()
                                .map(row -> row.<String>getAs("rdv_id"))
                                .toList());
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

    /** « line column level code » of each problem but unknown names, in order of lines. */
    private List<String> problems(String table) throws IOException {
        String feed = table.strip().lines().findFirst().orElseThrow();
        List<SilverRow> rows = Tables.read(table).rows(feed);
        List<Delivery> deliveries = StagedWorld.write(new Silver(Map.of(feed, rows)), folder.resolve("depot"));
        Path exchange = Files.createDirectories(folder.resolve("echange"));
        new Run(
                        spark,
                        new RunRequest(
                                folder.resolve("lake").toString(), exchange.toString(), deliveries, Optional.empty()),
                        Progress.silent())
                .execute();
        return Files.readAllLines(exchange.resolve(RunResult.REJECTS)).stream()
                .skip(1)
                .map(line -> line.split(";"))
                .filter(cells -> !cells[4].endsWith("_INCONNU"))
                .map(cells -> cells[1] + " " + cells[2] + " " + cells[3] + " " + cells[4])
                .sorted()
                .toList();
    }
}
