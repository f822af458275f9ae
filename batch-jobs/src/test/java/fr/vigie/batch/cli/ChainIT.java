package fr.vigie.batch.cli;

import static fr.vigie.batch.FakeWorker.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.RunLock;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.Resources;
import fr.vigie.schema.WorkerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writing commands from door to publication, with everything real but Spark. */
class ChainIT {

    private static final String LOADED = "fichier;flux;lues;gardees;rejetees;avertissements;statut;motif";

    @TempDir
    private Path folder;

    private FakeInstance vigie;

    @BeforeEach
    void open() throws IOException, SQLException {
        vigie = FakeInstance.in(folder);
    }

    @AfterEach
    void close() throws SQLException {
        vigie.close();
    }

    @Test
    void loadHandsTheStagedFileToTheWorkerThenWritesTheLedger() throws IOException {
        Path file = vigie.rendezVous("rendez_vous.csv", 4);

        Screen screen = vigie.call("load", file.toString(), "--complete-to", "2026-02-28", "--format", "csv");

        assertEquals(List.of(LOADED, "rendez_vous.csv;rendez_vous;4;4;0;0;CHARGE;"), screen.lines());
        assertEquals(0, screen.code(), screen.err());
        Delivery delivery = vigie.worker().requests().get(0).deliveries().get(0);
        assertEquals("rendez_vous", delivery.feed());
        assertTrue(delivery.staged().isPresent());
        assertEquals("2026-02-28", delivery.completeUntil().orElseThrow().toString());
    }

    @Test
    void aFolderWithoutCsvIsSaidToHoldNothing() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("depot-vide"));

        Screen screen = vigie.call("load", empty.toString(), "--format", "csv");

        assertEquals(0, screen.code(), screen.err());
        assertEquals(List.of(LOADED), screen.lines());
        assertTrue(screen.err().contains("Aucun fichier CSV dans " + empty), screen.err());
    }

    @Test
    void theSameFileAgainIsKnownAndNeedsNoWorker() throws IOException {
        Path file = vigie.rendezVous("rendez_vous.csv", 4);
        vigie.call("load", file.toString(), "--complete-to", "2026-02-28");

        Screen again = vigie.call("load", file.toString(), "--complete-to", "2026-02-28", "--format", "csv");

        assertEquals(List.of(LOADED, "rendez_vous.csv;rendez_vous;4;4;0;0;DEJA_CHARGE;"), again.lines());
        assertEquals(0, again.code());
        assertEquals(1, vigie.worker().requests().size());
    }

    @Test
    void theSameFileAgainStillAdvancesCompleteness() throws IOException {
        Path file = vigie.rendezVous("rendez_vous.csv", 4);
        vigie.call("load", file.toString(), "--complete-to", "2026-02-28");

        vigie.call("load", file.toString(), "--complete-to", "2026-03-31");
        vigie.call("load", file.toString(), "--complete-to", "2026-01-31");

        assertTrue(
                vigie.call("status", "--format", "csv").out().contains(";CHARGE;;2026-03-31"),
                vigie.call("status", "--format", "csv").out());
    }

    @Test
    void theSameLinesOfAnotherSourceAreNotTakenNorCompleteAndSaySo() throws IOException {
        String file = vigie.rendezVous("rendez_vous.csv", 4).toString();
        vigie.call("load", file, "--complete-to", "2026-02-28", "--source", "SAS");

        Screen other = vigie.call("load", file, "--complete-to", "2026-03-31", "--source", "MAIIA", "--format", "csv");

        assertEquals(0, other.code(), other.err());
        String told = other.lines().get(1).replaceFirst(".*;DEJA_CHARGE;", "");
        Matcher number = Pattern.compile(
                        "Contenu déjà chargé, de la source SAS\u00a0: rien n’est repris, ni noté de la source MAIIA. Pour corriger la source,"
                                + " retirez-le \\(vigie withdraw ([0-9a-f]{12})\\) et rechargez-le\\.")
                .matcher(told);
        assertTrue(number.matches(), told);
        assertEquals(List.of(LOADED, "rendez_vous.csv;rendez_vous;4;4;0;0;DEJA_CHARGE;" + told), other.lines());
        assertTrue(other.err().contains("rendez_vous.csv\u202f: " + told), other.err());
        assertEquals(
                List.of("source;flux;complet_jusqu_au;close_le", "SAS;rendez_vous;2026-02-28;"),
                vigie.call("source", "list", "--format", "csv").lines());

        // What the sentence says to do works.
        assertEquals(0, vigie.call("withdraw", number.group(1)).code());
        vigie.call("load", file, "--complete-to", "2026-03-31", "--source", "MAIIA");
        assertEquals(
                List.of("source;flux;complet_jusqu_au;close_le", "MAIIA;rendez_vous;2026-03-31;"),
                vigie.call("source", "list", "--format", "csv").lines());
    }

    @Test
    void eachSourceThatHasNothingToTellIsCompleteUntilItsOwnDay() throws IOException {
        Path nothing = vigie.rendezVous("rendez_vous.csv", 0);
        vigie.call("load", nothing.toString(), "--complete-to", "2026-01-31", "--source", "SAS");
        vigie.call("load", nothing.toString(), "--complete-to", "2026-02-28", "--source", "MAIIA");

        assertEquals(
                List.of(
                        "source;flux;complet_jusqu_au;close_le",
                        "MAIIA;rendez_vous;2026-02-28;",
                        "SAS;rendez_vous;2026-01-31;"),
                vigie.call("source", "list", "--format", "csv").lines());
    }

    @Test
    void aRefusedFileStaysInTheLedgerWithItsRejectsAndBringsNothing() throws IOException {
        Path refused = vigie.refused("rendez_vous.csv");

        Screen screen = vigie.call("load", refused.toString(), "--complete-to", "2026-02-28", "--format", "csv");

        assertEquals(3, screen.code());
        assertTrue(screen.lines().get(1).startsWith("rendez_vous.csv;rendez_vous;0;0;0;0;REFUSE;"), screen.out());
        assertTrue(screen.err().contains("Fichier refusé"), screen.err());
        assertEquals(0, vigie.worker().requests().size());
        assertTrue(vigie.call("rejects", "--format", "csv").lines().size() > 1);
        assertTrue(vigie.call("status", "--format", "json").out().contains("\"statut\" : \"REFUSE\""));
    }

    @Test
    void aRefusedFileIsTakenOnceItIsGood() throws IOException {
        vigie.call("load", vigie.refused("rendez_vous.csv").toString(), "--complete-to", "2026-02-28");

        Screen screen = vigie.call(
                "load",
                vigie.rendezVous("rendez_vous.csv", 2).toString(),
                "--complete-to",
                "2026-02-28",
                "--format",
                "csv");

        assertEquals(List.of(LOADED, "rendez_vous.csv;rendez_vous;2;2;0;0;CHARGE;"), screen.lines());
    }

    @Test
    void refusedFilesOfTheSameContentEachStayListedUntilTheirOwnIsTaken() throws IOException {
        Path one = vigie.refused("rendez_vous-un.csv");
        Path two = vigie.refused("rendez_vous-deux.csv");

        Screen both = vigie.call("load", one.toString(), two.toString(), "--complete-to", "2026-02-28");
        vigie.call("load", two.toString(), "--complete-to", "2026-02-28");

        assertEquals(3, both.code());
        assertEquals(
                List.of("rendez_vous-deux.csv", "rendez_vous-un.csv"),
                vigie.call("rejects", "--format", "csv").lines().stream()
                        .skip(1)
                        .map(line -> line.split(";")[0])
                        .sorted()
                        .toList());
        assertEquals(3, vigie.call("status", "--format", "csv").lines().size());
    }

    @Test
    void aFileThatCyclesRefuseStopsAStrictRunAndItsTwinIsRefusedWithIt() throws IOException {
        Path one = vigie.rendezVous("rendez_vous-1.csv", 4);
        Path twin = vigie.rendezVous("rendez_vous-2.csv", 4);
        vigie.call("load", one.toString(), "--complete-to", "2026-02-28");
        String id = vigie.worker().requests().get(0).deliveries().get(0).id();
        vigie.call("withdraw", "rendez_vous-1.csv");
        vigie.worker().refuses(id);

        Screen screen = vigie.call(
                with(FakeInstance.STOP, "run", one.toString(), twin.toString(), "--strict", "--format", "csv"));

        assertEquals(3, screen.code(), screen.err());
        assertEquals(
                List.of("rendez_vous-1.csv;rendez_vous;4;0;4;0;REFUSE", "rendez_vous-2.csv;rendez_vous;4;0;4;0;REFUSE"),
                screen.lines().stream()
                        .skip(1)
                        .map(line -> line.substring(0, line.lastIndexOf(';')))
                        .toList());
        assertTrue(screen.err().contains("rien n’a été calculé (--strict)"), screen.err());
        assertTrue(vigie.worker().requests().get(2).refresh().orElseThrow().isStrict());
        assertEquals(1, vigie.call("values").code());
    }

    @Test
    void aFileThatCyclesRefuseHasNoSayInTheDateDArret() throws IOException {
        vigie.worker().findsValues(value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026-02", "", 1, 4, "25"));
        Path good = complete(vigie.rendezVous("rendez_vous-bon.csv", 4), "SAS", "2026-03-31");
        Path late = complete(vigie.rendezVous("rendez_vous-cycles.csv", 3), "LENT", "2026-02-28");
        vigie.call("load", late.toString());
        String id = vigie.worker().requests().get(0).deliveries().get(0).id();
        vigie.call("withdraw", "rendez_vous-cycles.csv");
        vigie.worker().refuses(id);

        Screen screen = vigie.call("run", good.toString(), late.toString(), "--as-of", "2026-03-31T23:59");

        assertEquals(3, screen.code(), screen.err());
        List<WorkerRequest> requests = vigie.worker().requests();
        assertEquals(4, requests.size());
        // Both files held the first computation back; what is published comes of the good one, as « load » then «
        // refresh » would have it.
        assertEquals(
                List.of(Instant.parse("2026-02-28T23:00:00Z"), Instant.parse("2026-03-31T22:00:00Z")),
                requests.subList(2, 4).stream()
                        .map(request -> request.refresh().orElseThrow().limits().get("CAD-04"))
                        .toList());
        assertEquals(
                List.of("SAS"),
                requests.get(3).deliveries().stream().map(Delivery::source).toList());
        assertFalse(screen.err().contains("Date d’arrêt ramenée"), screen.err());
        assertTrue(screen.err().contains("Publication 1 en place\u202f: 1 valeurs"), screen.err());
    }

    private static Path complete(Path file, String source, String until) throws IOException {
        Files.writeString(
                file.resolveSibling(file.getFileName() + ".manifeste.yaml"),
                "source: " + source + "\ndate_completude: " + until + "\n");
        return file;
    }

    @Test
    void whatTheWorkerRejectsAcrossLinesIsCountedAndListed() throws IOException {
        Path file = vigie.rendezVous("rendez_vous.csv", 4);
        vigie.call("load", file.toString(), "--complete-to", "2026-02-28");
        String id = vigie.worker().requests().get(0).deliveries().get(0).id();
        vigie.call("withdraw", "rendez_vous.csv");
        vigie.worker()
                .findsRejects(
                        "livraison;ligne;colonne;niveau;code;message;valeur",
                        id + ";3;rdv_remplace_id;E;CYCLE;Remplacement en boucle;",
                        id + ";4;patient_id;A;PATIENT_INCONNU;Patient pas encore connu;P4");

        Screen screen = vigie.call("load", file.toString(), "--complete-to", "2026-02-28", "--format", "csv");

        assertEquals(List.of(LOADED, "rendez_vous.csv;rendez_vous;4;3;1;1;CHARGE;"), screen.lines());
        assertEquals(
                List.of(
                        "fichier;flux;ligne;colonne;niveau;code;message;valeur",
                        "rendez_vous.csv;rendez_vous;3;rdv_remplace_id;E;CYCLE;Remplacement en boucle;",
                        "rendez_vous.csv;rendez_vous;4;patient_id;A;PATIENT_INCONNU;Patient pas encore connu;"),
                vigie.call("rejects", "--format", "csv").lines());
    }

    @Test
    void aWorkerThatFailsLeavesTheLedgerAsItWasAndTheSameCommandGoesOn() throws IOException {
        Path file = vigie.rendezVous("rendez_vous.csv", 4);
        vigie.worker().fails();

        Screen failed = vigie.call("load", file.toString(), "--complete-to", "2026-02-28");

        assertEquals(1, failed.code());
        assertTrue(failed.err().contains("Le calcul s’est arrêté avant la fin (code 1)"), failed.err());
        assertFalse(failed.err().contains("\tat "), failed.err());
        assertFalse(vigie.call("status", "--format", "csv").out().contains("rendez_vous"));

        vigie.worker().behavesAgain();
        Screen again = vigie.call("load", file.toString(), "--complete-to", "2026-02-28", "--format", "csv");

        assertEquals(0, again.code(), again.err());
        assertEquals(List.of(LOADED, "rendez_vous.csv;rendez_vous;4;4;0;0;CHARGE;"), again.lines());
        assertEquals(
                List.of("COMPLETED", "FAILED"),
                vigie.jdbc()
                        .sql("SELECT e.status FROM batch.batch_job_execution e JOIN batch.batch_job_instance i"
                                + " USING (job_instance_id) WHERE (SELECT count(*) FROM batch.batch_job_instance) = 1"
                                + " ORDER BY e.status")
                        .query(String.class)
                        .list());
    }

    @Test
    void whatRelaunchingAloneWouldNotChangeHasItsOwnRemedy() throws IOException {
        Path file = vigie.rendezVous("rendez_vous.csv", 4);
        vigie.worker().failsSaying("java.lang.OutOfMemoryError: Java heap space");
        Screen tooSmall = vigie.call("load", file.toString(), "--complete-to", "2026-02-28");
        vigie.worker().failsSaying("java.io.IOException: No space left on device");
        Screen full = vigie.call("load", file.toString(), "--complete-to", "2026-02-28");

        assertEquals(1, tooSmall.code());
        assertTrue(tooSmall.err().contains("Le calcul a manqué de mémoire (3g)"), tooSmall.err());
        assertTrue(tooSmall.err().contains("VIGIE_WORKER_MEMORY=6g"), tooSmall.err());
        assertEquals(1, full.code());
        assertTrue(full.err().contains("Le disque est plein. Rien n’est publié"), full.err());
    }

    @Test
    void anotherCommandAfterAFailedOneIsARunOfItsOwn() throws IOException {
        vigie.worker().fails();
        vigie.call("load", vigie.rendezVous("rendez_vous-1.csv", 4).toString(), "--complete-to", "2026-02-28");
        vigie.worker().behavesAgain();

        Screen other = vigie.call(
                "load",
                vigie.rendezVous("rendez_vous-2.csv", 2).toString(),
                "--complete-to",
                "2026-02-28",
                "--format",
                "csv");

        assertEquals(List.of(LOADED, "rendez_vous-2.csv;rendez_vous;2;2;0;0;CHARGE;"), other.lines());
    }

    @Test
    void linesOfPatientsDoNotStayInTheFoldersOfRuns() throws IOException {
        vigie.worker().fails();
        vigie.call("load", vigie.rendezVous("rendez_vous-1.csv", 4).toString(), "--complete-to", "2026-02-28");
        vigie.worker().behavesAgain();

        vigie.call("load", vigie.rendezVous("rendez_vous-2.csv", 2).toString(), "--complete-to", "2026-02-28");

        try (Stream<Path> paths = Files.walk(vigie.home().run("."))) {
            assertEquals(
                    List.of(),
                    paths.filter(Files::isRegularFile)
                            .filter(path -> path.getFileName().toString().endsWith(".csv")
                                    || path.getFileName().toString().endsWith(".coffre"))
                            .toList());
        }
    }

    @Test
    void theFoldersOfTheLastTenRunsStay() throws IOException {
        Path runs = vigie.home().run(".");
        for (int number = 10; number < 25; number++) {
            Path old = Files.createDirectories(runs.resolve("20260101-0000" + number + "-abcd"));
            Files.writeString(old.resolve("worker.log"), "journal");
        }

        vigie.call("load", vigie.rendezVous("rendez_vous.csv", 1).toString(), "--complete-to", "2026-02-28");

        try (Stream<Path> left = Files.list(runs)) {
            List<String> names =
                    left.map(path -> path.getFileName().toString()).sorted().toList();
            // The ten last of those that had ended, and the run itself.
            assertEquals(11, names.size(), names.toString());
            assertEquals("20260101-000015-abcd", names.get(0));
            assertFalse(names.get(10).startsWith("20260101-"), names.toString());
        }
    }

    @Test
    void aDamagedKeyIsToldWithItsRemedyAndNothingIsLoaded() throws IOException {
        vigie.call("load", vigie.rendezVous("rendez_vous-1.csv", 1).toString(), "--complete-to", "2026-02-28");
        Files.writeString(vigie.home().key(), "AAEC");

        Screen screen =
                vigie.call("load", vigie.rendezVous("rendez_vous-2.csv", 2).toString(), "--complete-to", "2026-02-28");

        assertEquals(1, screen.code());
        assertTrue(screen.err().contains("La clé des pseudonymes est abîmée"), screen.err());
        assertTrue(screen.err().contains(vigie.home().key().toString()), screen.err());
        assertTrue(screen.err().contains("Remettez en place sa copie"), screen.err());
        assertEquals(1, vigie.worker().requests().size());
        assertEquals("AAEC", Files.readString(vigie.home().key()));
    }

    /** Four of May and one of the 30th, complete to the 29th: once the day has passed the same file brings the fifth. */
    @Test
    void aLineThatLayAheadIsTakenOnceItsDayHasPassed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("evenements.csv"),
                Stream.of("01", "02", "03", "04", "30")
                        .map(day -> "E" + day + ";ORU;P1;URG_PASSAGE;" + day + "/05/2026 10:00;8;8\n")
                        .reduce(
                                "evenement_id;source;patient_id;type;date_heure;mode_entree;mode_sortie\n",
                                String::concat));
        for (int number = 1; number <= 40; number++) {
            Files.writeString(
                    file,
                    "F" + number + ";ORU;P1;URG_PASSAGE;05/05/2026 10:00;8;8\n",
                    java.nio.file.StandardOpenOption.APPEND);
        }
        Screen early = completeTo("2026-05-29", file);
        long place = vigie.worker().requests().get(0).deliveries().get(0).rank();
        Screen same = completeTo("2026-05-29", file);
        Screen later = completeTo("2026-05-31", file);
        Screen again = completeTo("2026-06-01", file);

        assertTrue(early.out().contains(";45;44;1;"), early.out() + early.err());
        assertTrue(same.out().contains(";45;44;1;") && same.out().contains(";DEJA_CHARGE;"), same.out());
        assertTrue(later.out().contains(";45;45;0;") && later.out().contains(";CHARGE;"), later.out() + later.err());
        assertTrue(again.out().contains(";45;45;0;") && again.out().contains(";DEJA_CHARGE;"), again.out());
        // It comes once, staged, and in the place that it had: a correction loaded meanwhile still corrects it.
        for (WorkerRequest asked : vigie.worker().requests().subList(1, 3)) {
            assertEquals(
                    List.of(place),
                    asked.deliveries().stream().map(Delivery::rank).toList());
        }
        assertTrue(vigie.worker().requests().get(1).deliveries().get(0).staged().isPresent());
        assertEquals(
                1,
                vigie.call("rejects", "--format", "csv")
                        .out()
                        .lines()
                        .filter(line -> !line.contains("PATIENT_INCONNU"))
                        .count());
    }

    private Screen completeTo(String day, Path file) {
        return vigie.call("load", file.toString(), "--complete-to", day, "--format", "csv");
    }

    @Test
    void aRefreshWithoutTheDefinitionsOfTheLastOneNamesWhatItNoLongerCounts() throws IOException {
        Path own = Files.createDirectories(folder.resolve("definitions"));
        Files.writeString(
                own.resolve("LOC-01.yaml"),
                Resources.text("definitions/CAD-04.yaml").replaceFirst("code: CAD-04", "code: LOC-01"));
        vigie.worker().findsValues(value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026-02", "", 1, 4, "25"));
        Path file = vigie.rendezVous("rendez_vous.csv", 4);
        Screen first = vigie.call(with(FakeInstance.STOP, "run", file.toString(), "--definitions", own.toString()));
        assertEquals(0, first.code(), first.err());

        Screen again = vigie.call("refresh", "--as-of", "2026-02-28T23:59", "--definitions", own.toString(), "--full");
        List<String> listed = vigie.call("indicators", "--format", "csv")
                .out()
                .lines()
                .filter(row -> row.matches("(CAD-04|LOC-01);.*"))
                .map(row -> row.substring("CAD-04".length()))
                .toList();
        Screen without = vigie.call("refresh", "--as-of", "2026-02-28T23:59");

        assertFalse(again.err().contains("Ne sont plus comptés"), again.err());
        assertEquals(2, listed.size());
        assertEquals(listed.get(0), listed.get(1), "a definition of a folder is told like one of the product");
        assertTrue(
                without.err().contains("Ne sont plus comptés, faute de leur définition\u202f: LOC-01."), without.err());
    }

    @Test
    void aSourceIsNotClosedWhileARunReadsWhichOnesAre() throws IOException, SQLException {
        vigie.call(
                "load",
                vigie.rendezVous("rendez_vous.csv", 4).toString(),
                "--complete-to",
                "2026-02-28",
                "--source",
                "SAS");
        try (RunLock run = RunLock.take(Database.open(vigie.home(), Optional.of(vigie.databaseUrl())), "refresh")) {
            run.ensureHeld();
            Screen refused = vigie.call("source", "close", "SAS", "--on", "2026-02-28");
            assertEquals(1, refused.code(), refused.err());
            assertTrue(refused.err().contains("Une écriture est déjà en cours"), refused.err());
        }
        assertEquals(
                0, vigie.call("source", "close", "SAS", "--on", "2026-02-28").code());
    }

    @Test
    void runPublishesAndTheSameValuesMakeNoNewPublication() throws IOException {
        vigie.worker().findsValues(value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026-02", "", 1, 4, "25"));
        Path file = vigie.rendezVous("rendez_vous.csv", 4);

        Screen first = vigie.call(with(FakeInstance.STOP, "run", file.toString()));
        Screen same = vigie.call("refresh", "--as-of", "2026-02-28T23:59", "--full");
        vigie.worker().findsValues(value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026-02", "", 2, 4, "50"));
        Screen other = vigie.call("refresh", "--as-of", "2026-02-28");

        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains("Publication 1 en place\u202f: 1 valeurs"), first.err());
        assertEquals(
                List.of("étape 1/3\u00a0: bronze", "étape 2/3\u00a0: valeurs", "étape 3/3\u00a0: publication"),
                first.err().lines().filter(line -> line.startsWith("étape ")).toList(),
                "the publication is a step of the run, counted from the first one");
        assertTrue(same.err().contains("Rien n’a changé\u202f: la publication 1 reste en place."), same.err());
        assertTrue(other.err().contains("Publication 2 en place"), other.err());
        assertEquals(
                "CAD-04;1;ENSEMBLE;ENSEMBLE;Nom de ENSEMBLE;2026-02;;2;4;50;;;;SANS_CIBLE;PUBLIE;2", row("values"));
        assertEquals(
                "CAD-04;1;ENSEMBLE;ENSEMBLE;Nom de ENSEMBLE;2026-02;;1;4;25;;;;SANS_CIBLE;PUBLIE;1",
                row("values", "--publication", "1"));
    }

    @Test
    void whatWasComputedLastIsNotComputedAgain() throws IOException {
        vigie.worker().findsValues(value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026-02", "", 1, 4, "25"));
        Path file = vigie.rendezVous("rendez_vous.csv", 4);
        Path own = Files.createDirectories(folder.resolve("definitions"));
        Path definition = Files.writeString(
                own.resolve("LOC-01.yaml"),
                Resources.text("definitions/CAD-04.yaml").replaceFirst("code: CAD-04", "code: LOC-01"));
        String[] refresh = {"refresh", "--as-of", "2026-02-28T23:59", "--definitions", own.toString()};

        assertEquals(List.of(1, 0), workers("run", file.toString(), "--as-of", "2026-02-28T23:59"));
        Screen same = vigie.call("refresh", "--as-of", "2026-02-28T23:59");
        assertEquals(0, same.code(), same.err());
        assertTrue(same.err().contains("Rien n’a changé depuis la publication 1, qui reste en place"), same.err());
        // A file that is known is no change, a warning is told again.
        Screen known = vigie.call("run", file.toString(), "--as-of", "2026-02-28T23:59");
        assertTrue(known.out().contains(";DEJA_CHARGE;"), known.out());
        assertTrue(known.err().contains("Rien n’a changé depuis la publication 1"), known.err());
        assertEquals(1, vigie.worker().requests().size());

        vigie.call("refresh", "--as-of", "2026-02-28T23:59", "--full");
        assertEquals(2, vigie.worker().requests().size());
        assertEquals(List.of(1, 0), workers("refresh", "--as-of", "2026-02-28T23:59", "--depth", "4"));
        assertEquals(List.of(1, 0), workers("refresh", "--as-of", "2026-02-27T23:59"));
        assertEquals(List.of(1, 0), workers(refresh));
        Files.writeString(definition, Files.readString(definition).replaceFirst("(?m)^label: .*$", "label: Autre"));
        assertEquals(List.of(1, 0), workers(refresh));
        // A rule of a linked folder.
        Path rules = Files.createDirectories(folder.resolve("regles"));
        Path rule = Files.writeString(rules.resolve("RUP-01.yaml"), Resources.text("ruptures/RUP-01.yaml"));
        Path linked = Files.createSymbolicLink(folder.resolve("lien"), own);
        Files.createSymbolicLink(own.resolve("ruptures"), rules);
        String[] withRules = {"refresh", "--as-of", "2026-02-28T23:59", "--definitions", linked.toString()};
        Files.writeString(rule, Files.readString(rule) + "# autre\n");
        assertEquals(List.of(1, 0), workers(withRules));
        Files.writeString(rule, Files.readString(rule) + "# autre encore\n");
        assertEquals(List.of(1, 0), workers(withRules));
        // A library that was replaced.
        Files.writeString(
                vigie.worker()
                        .root()
                        .resolve("pipelines")
                        .resolve("target")
                        .resolve("lib")
                        .resolve("spark-5.jar"),
                "");
        assertEquals(List.of(1, 0), workers(refresh));
    }

    /** Whatever touched the lake since is looked at by the next refresh, also where what counts is what it was. */
    @Test
    void aLakeThatWasTouchedIsLookedAt() throws IOException {
        vigie.worker().findsValues(value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026-02", "", 1, 4, "25"));
        String file = vigie.rendezVous("rendez_vous.csv", 4).toString();
        String other = vigie.rendezVous("rendez_vous-2.csv", 5).toString();
        String[] refresh = {"refresh", "--as-of", "2026-02-28T23:59"};
        vigie.call("load", file, "--complete-to", "2026-02-28");
        assertEquals(List.of(1, 0), workers(refresh));

        vigie.call("load", other, "--complete-to", "2026-02-28");
        assertEquals(0, vigie.call("withdraw", "rendez_vous-2.csv").code());
        assertEquals(List.of(1, 0), workers(refresh));

        vigie.worker().fails();
        assertEquals(1, vigie.call("load", other, "--complete-to", "2026-02-28").code());
        vigie.worker().behavesAgain();
        assertEquals(List.of(1, 0), workers(refresh));

        vigie.worker().fails();
        assertEquals(1, vigie.call("refresh", "--as-of", "2026-02-26T23:59").code());
        vigie.worker().behavesAgain();
        assertEquals(List.of(1, 0), workers(refresh));

        // A lake that is ahead of its database, which was restored from an older copy.
        Path mark = vigie.home().lake().resolve("_derniere-execution");
        Files.writeString(mark, Integer.parseInt(Files.readString(mark).strip()) + 1 + "\n");
        assertEquals(List.of(1, 0), workers(refresh));
    }

    /** A home forgotten on the command line, or a lake that is gone: nothing of what the register counts is there. */
    @Test
    void aLakeThatIsNotThereIsNoneToCountFrom() throws IOException {
        vigie.worker().findsValues(value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026-02", "", 1, 4, "25"));
        String file = vigie.rendezVous("rendez_vous.csv", 4).toString();
        assertEquals(0, vigie.call(with(FakeInstance.STOP, "run", file)).code());
        Path mark = vigie.home().lake().resolve("_derniere-execution");
        String marked = Files.readString(mark);
        Files.delete(mark);

        for (String[] command : List.of(
                new String[] {"refresh", "--as-of", "2026-02-27T23:59"},
                new String[] {"refresh", "--as-of", "2026-02-28T23:59", "--full"},
                new String[] {"withdraw", "rendez_vous.csv"},
                new String[] {"run", file, "--as-of", "2026-02-28T23:59"})) {
            Screen refused = vigie.call(command);
            assertEquals(1, refused.code(), refused.err());
            assertTrue(refused.err().contains("Vérifiez --home et --database"), refused.err());
        }
        assertTrue(vigie.call("doctor", "--format", "csv").out().contains("lac;MANQUE;"));
        assertTrue(row("values").endsWith(";PUBLIE;1"), row("values"));

        // Another home, with a key of its own.
        byte[] key = Files.readAllBytes(vigie.home().key());
        Files.writeString(mark, "999999");
        Files.writeString(vigie.home().key(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        Screen other = vigie.call("refresh", "--as-of", "2026-02-27T23:59");
        assertEquals(1, other.code(), other.err());
        assertTrue(other.err().contains("La clé des pseudonymes n’est pas celle"), other.err());
        Files.write(vigie.home().key(), key);
        Files.delete(mark);

        // A lake of before there were marks holds lines.
        Files.createDirectories(vigie.home().lake().resolve("bronze"));
        assertEquals(0, vigie.call("refresh", "--as-of", "2026-02-27T23:59").code());
        assertTrue(Integer.parseInt(Files.readString(mark).strip()) > Integer.parseInt(marked.strip()));
    }

    @Test
    void aSourceThatIsClosedOrGoesFurtherChangesWhatIsComputed() throws IOException {
        vigie.worker().findsValues(value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026-02", "", 1, 4, "25"));
        String early = vigie.rendezVous("rendez_vous.csv", 4).toString();
        String late = vigie.rendezVous("rendez_vous-2.csv", 5).toString();
        vigie.call("load", early, "--source", "SAS", "--complete-to", "2026-02-10");
        vigie.call("load", late, "--source", "DAC", "--complete-to", "2026-02-20");
        String[] refresh = {"refresh", "--as-of", "2026-02-28T23:59"};
        assertEquals(List.of(1, 0), workers(refresh));
        vigie.call("source", "close", "SAS", "--on", "2026-02-10");
        assertEquals(List.of(1, 0), workers(refresh));
        vigie.call("load", late, "--source", "DAC", "--complete-to", "2026-02-25");
        assertEquals(List.of(1, 0), workers(refresh));
    }

    /** How often the worker runs for a command, and for the same one again. */
    private List<Integer> workers(String... command) throws IOException {
        List<Integer> runs = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            int before = vigie.worker().requests().size();
            Screen screen = vigie.call(command);
            assertEquals(0, screen.code(), screen.err());
            runs.add(vigie.worker().requests().size() - before);
        }
        return runs;
    }

    @Test
    void anAsOfLaterThanTheSourceIsBroughtBackAndTheSourceNamed() throws IOException {
        vigie.worker().findsValues();
        Path file = vigie.rendezVous("rendez_vous.csv", 4);

        Screen screen = vigie.call(
                "run",
                file.toString(),
                "--as-of",
                "2026-03-31",
                "--complete-to",
                "2026-02-28",
                "--source",
                "DOCTOLIEN");

        assertTrue(
                screen.err()
                        .contains(
                                "Date d’arrêt ramenée au 28/02/2026 pour CAD-04, RUP-00, TLC-01\u202f: le flux «\u00a0rendez_vous\u00a0»"
                                        + " de la source DOCTOLIEN n’est complet que jusqu’à ce jour."),
                screen.err());
        WorkerRequest.Refresh asked = vigie.worker().requests().get(0).refresh().orElseThrow();
        // Exclusive ends, Paris: the 28th of February ends at 23:00 UTC, the 31st of March at 22:00 UTC.
        assertEquals(
                Map.of(
                        "CAD-04",
                        Instant.parse("2026-02-28T23:00:00Z"),
                        // RUP-05 needs nothing but rendez-vous.
                        "RUP-00",
                        Instant.parse("2026-02-28T23:00:00Z"),
                        "TLC-01",
                        Instant.parse("2026-02-28T23:00:00Z")),
                asked.limits());
        assertEquals(Instant.parse("2026-03-31T22:00:00Z"), asked.asOf());
    }

    @Test
    void runWithARefusedFileGoesOnWithTheOthersAndStrictDoesNot() throws IOException {
        vigie.worker().findsValues(value("CAD-04", "ENSEMBLE:ENSEMBLE", "2026-02", "", 1, 4, "25"));
        String good = vigie.rendezVous("rendez_vous.csv", 4).toString();
        String bad = vigie.refused("rendez_vous-mauvais.csv").toString();

        Screen strict = vigie.call(with(FakeInstance.STOP, "run", good, bad, "--strict"));
        boolean isPublished = vigie.call("values").code() == 0;
        Screen screen = vigie.call(with(FakeInstance.STOP, "run", good, bad));

        assertEquals(3, strict.code(), strict.err());
        assertTrue(strict.err().contains("rien n’a été calculé (--strict)"), strict.err());
        assertFalse(isPublished);
        assertEquals(3, screen.code(), screen.err());
        assertTrue(screen.err().contains("le calcul s’est fait avec les autres"), screen.err());
        assertEquals(0, vigie.call("values").code());
    }

    @Test
    void withdrawTakesTheFileOutOfTheLakeAndItCanComeBack() throws IOException {
        vigie.call("load", vigie.rendezVous("rendez_vous-1.csv", 4).toString(), "--complete-to", "2026-02-28");
        vigie.call("load", vigie.rendezVous("rendez_vous-2.csv", 2).toString(), "--complete-to", "2026-02-28");

        Screen screen = vigie.call("withdraw", "rendez_vous-1.csv");

        assertEquals(0, screen.code(), screen.err());
        List<WorkerRequest> requests = vigie.worker().requests();
        assertEquals(1, requests.get(2).deliveries().size());
        assertEquals(2, requests.get(2).deliveries().get(0).linesRead());
        Screen back = vigie.call(
                "load",
                vigie.rendezVous("rendez_vous-1.csv", 4).toString(),
                "--complete-to",
                "2026-02-28",
                "--format",
                "csv");
        assertEquals(List.of(LOADED, "rendez_vous-1.csv;rendez_vous;4;4;0;0;CHARGE;"), back.lines());
    }

    @Test
    void aWithdrawalThatFailsIsEndedByTheSameCommand() throws IOException {
        vigie.call("load", vigie.rendezVous("rendez_vous.csv", 4).toString(), "--complete-to", "2026-02-28");
        vigie.worker().fails();
        Screen failed = vigie.call("withdraw", "rendez_vous.csv");
        vigie.worker().behavesAgain();

        Screen again = vigie.call("withdraw", "rendez_vous.csv");

        assertEquals(1, failed.code());
        assertEquals(0, again.code(), again.err());
        List<WorkerRequest> requests = vigie.worker().requests();
        assertEquals(3, requests.size());
        assertEquals(List.of(), requests.get(2).deliveries());
    }

    @Test
    void withdrawAsksWhichWhenSeveralFilesAnswerToTheName() throws IOException {
        Path one = Files.createDirectories(folder.resolve("depot/un"));
        Path two = Files.createDirectories(folder.resolve("depot/deux"));
        Files.move(vigie.rendezVous("rendez_vous.csv", 1), one.resolve("rendez_vous.csv"));
        Files.move(vigie.rendezVous("rendez_vous.csv", 2), two.resolve("rendez_vous.csv"));
        vigie.call("load", folder.resolve("depot").toString(), "--complete-to", "2026-02-28");

        Screen ambiguous = vigie.call("withdraw", "rendez_vous.csv");
        Screen unknown = vigie.call("withdraw", "absent.csv");

        assertEquals(2, ambiguous.code());
        assertTrue(ambiguous.err().contains("un/rendez_vous.csv ("), ambiguous.err());
        assertTrue(ambiguous.err().contains("deux/rendez_vous.csv ("), ambiguous.err());
        assertEquals(2, unknown.code());
        assertEquals(0, vigie.call("withdraw", "un/rendez_vous.csv").code());
    }

    @Test
    void ofTwoSourcesThatSaidNothingInTheSameWordsOneIsWithdrawn() throws IOException {
        Path empty = folder.resolve("depot/rendez_vous.csv");
        Files.createDirectories(empty.getParent());
        Files.writeString(empty, "rdv_id;source;patient_id;date_heure_debut;statut;mode;profession\n");
        for (String source : List.of("NORD", "SUD")) {
            Screen loaded = vigie.call("load", empty.toString(), "--source", source, "--complete-to", "2026-02-28");
            assertEquals(0, loaded.code(), loaded.err());
        }

        Screen ambiguous = vigie.call("withdraw", "rendez_vous.csv");
        Matcher number = Pattern.compile("rendez_vous\\.csv \\((\\w+), source SUD, complet jusqu’au 28/02/2026\\)")
                .matcher(ambiguous.err());
        assertTrue(ambiguous.code() == 2 && number.find(), ambiguous.err());
        Screen withdrawn = vigie.call("withdraw", number.group(1));

        assertEquals(0, withdrawn.code(), withdrawn.err());
        String sources = vigie.call("source", "list", "--format", "csv").out();
        assertTrue(sources.contains("NORD;") && !sources.contains("SUD;"), sources);
    }

    @Test
    void anArchiveIsListedAndWithdrawnByItsNameWithAllThatItHolds() throws IOException {
        Path archive = folder.resolve("depot/envoi.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Path file :
                    List.of(vigie.rendezVous("rendez_vous-1.csv", 1), vigie.rendezVous("rendez_vous-2.csv", 2))) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                zip.write(Files.readAllBytes(file));
            }
            zip.putNextEntry(new ZipEntry("inconnu.csv"));
        }
        vigie.call("load", archive.toString(), "--complete-to", "2026-02-28");
        Path other = vigie.rendezVous("rendez_vous-3.csv", 3);
        vigie.call("load", other.toString(), "--complete-to", "2026-02-28");

        Screen rejects = vigie.call("rejects", "envoi.zip", "--format", "csv");
        Screen withdrawn = vigie.call("withdraw", "envoi.zip");

        assertEquals(2, rejects.lines().size(), rejects.out());
        assertTrue(rejects.lines().get(1).startsWith("envoi.zip!/inconnu.csv;"), rejects.out());
        assertEquals(0, withdrawn.code(), withdrawn.err());
        List<WorkerRequest> requests = vigie.worker().requests();
        assertEquals(
                List.of(3L),
                requests.get(2).deliveries().stream().map(Delivery::linesRead).toList());
    }

    @Test
    void whatTheWorkerSaysOfItsStepsReachesPeopleAndTheRestItsLog() throws IOException {
        Screen screen =
                vigie.call("load", vigie.rendezVous("rendez_vous.csv", 1).toString(), "--complete-to", "2026-02-28");

        assertTrue(screen.err().contains("étape 1/2\u00a0: bronze"), screen.err());
        assertTrue(screen.err().contains("étape 2/2\u00a0: valeurs"), screen.err());
        assertFalse(screen.err().contains("une ligne qui n’est pas une étape"), screen.err());
        try (Stream<Path> runs = Files.list(vigie.home().run("."))) {
            Path log = runs.findFirst().orElseThrow().resolve("worker.log");
            List<String> lines = Files.readAllLines(log);
            assertTrue(lines.contains("détail pour le journal"), lines.toString());
            assertTrue(lines.contains("une ligne qui n’est pas une étape"), lines.toString());
            assertTrue(lines.stream().noneMatch(line -> line.startsWith("@etape")), lines.toString());
        }
    }

    private String row(String... arguments) {
        Screen screen = vigie.call(with(new String[] {"--format", "csv"}, arguments));
        assertEquals(2, screen.lines().size(), screen.out() + screen.err());
        return screen.lines().get(1);
    }

    private static String[] with(String[] last, String... first) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
    }
}
