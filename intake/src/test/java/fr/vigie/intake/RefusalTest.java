package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {

    private static final String PATIENTS = "patient_id;date_naissance;sexe;commune_insee\n";

    @TempDir
    Path folder;

    private String refusal(byte[] content) throws IOException {
        Door door = new Door(folder);
        IntakeResult result = door.put("patients.csv", content).take().get(0);
        assertEquals(Status.REFUSE, result.status());
        assertEquals(Optional.empty(), result.staged());
        assertEquals(0, result.linesKept());
        assertEquals(result.linesRead(), result.linesRejected());
        assertTrue(result.refusal().orElseThrow().length() > 20);
        try (Stream<Path> left = Files.list(door.staging)) {
            assertEquals(1, left.count(), "only the rejects stay");
        }
        return Door.rejects(result).get(0).at("code");
    }

    private String refusal(String text) throws IOException {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        assertEquals("FICHIER_VIDE", refusal(""));
    }

    @Test
    void refusesAFileOfBlankLines() throws IOException {
        assertEquals("FICHIER_VIDE", refusal("\uFEFF\r\n  \r\n"));
    }

    @Test
    void case93_refusesAFileWithoutAHeader() throws IOException {
        assertEquals("SANS_EN_TETE", refusal("C1;01/01/1950;F;34301\n"));
    }

    @Test
    void refusesAMissingMandatoryColumn() throws IOException {
        assertEquals("COLONNE_OBLIGATOIRE_ABSENTE", refusal("patient_id;sexe\nC1;F\n"));
    }

    @Test
    void refusesAColumnThatStandsTwice() throws IOException {
        assertEquals(
                "COLONNE_EN_DOUBLE", refusal("patient_id;date_naissance;sexe;commune_insee;Sexe\nC1;;F;34301;M\n"));
    }

    @Test
    void refusesWhatIsNotText() throws IOException {
        byte[] bytes = new byte[10_240];
        IntStream.range(0, bytes.length).forEach(index -> bytes[index] = (byte) index);
        assertEquals("PAS_DU_TEXTE", refusal(bytes));
    }

    @Test
    void refusesAQuoteThatSwallowsTheRestOfTheFile() throws IOException {
        assertEquals(
                "GUILLEMET_OUVERT",
                refusal(PATIENTS + "C1;01/01/1950;F;34301\nC2;\"01/01/1950;F;34301\nC3;01/01/1950;F;34301\n"));
    }

    @Test
    void refusesAFileWithMoreThanATenthOfWrongLinesAndKeepsThemReadable() throws IOException {
        Door door = new Door(folder);
        StringBuilder text = new StringBuilder(PATIENTS);
        IntStream.range(0, 20).forEach(n -> text.append("C" + n + ";31/02/1950;F;34301\n"));
        IntakeResult result = door.takeOne("patients.csv", text.toString());
        assertEquals(Status.REFUSE, result.status());
        assertEquals(List.of(20L, 0L, 20L), List.of(result.linesRead(), result.linesKept(), result.linesRejected()));
        assertEquals(20, Door.rejects(result).size());
        assertEquals(Map.of(), door.vault);
    }

    @Test
    void keepsAFileWithATenthOfWrongLinesExactlyOrOnlyTwo() throws IOException {
        StringBuilder tenth = new StringBuilder(PATIENTS);
        IntStream.range(0, 27).forEach(n -> tenth.append("C" + n + ";01/02/1950;F;34301\n"));
        IntStream.range(0, 3).forEach(n -> tenth.append("D" + n + ";31/02/1950;F;34301\n"));
        Door door = new Door(folder);
        assertEquals(
                Status.CHARGE, door.takeOne("patients.csv", tenth.toString()).status());
        IntakeResult two =
                door.takeBeside("patients-2.csv", PATIENTS + "C1;31/02/1950;F;34301\nC2;31/02/1950;F;34301\n");
        assertEquals(Status.CHARGE, two.status());
        assertEquals(2, two.linesRejected());
        tenth.append("D4;31/02/1950;F;34301\n");
        assertEquals(
                Status.REFUSE,
                door.takeBeside("patients-3.csv", tenth.toString()).status());
    }

    @Test
    void refusesAFileWithoutAKnownFeedAndTakesTheOneBeside() throws IOException {
        Door door = new Door(folder);
        door.put("divers.csv", "a;b\n1;2\n")
                .put("sous/patients.csv", PATIENTS)
                .put(".cache/patients.csv", "x")
                .put("notes.txt", "x");
        List<IntakeResult> results = door.take();
        assertEquals(
                List.of("divers.csv", "sous/patients.csv"),
                results.stream().map(IntakeResult::displayName).toList());
        assertEquals(
                List.of(Status.REFUSE, Status.CHARGE),
                results.stream().map(IntakeResult::status).toList());
        assertEquals("", results.get(0).feed());
    }

    @Test
    void refusesAMissingOrDamagedFileWithASentence() throws IOException {
        Door door = new Door(folder);
        byte[] gzip = gzip(PATIENTS);
        door.put("patients.csv.gz", Arrays.copyOf(gzip, gzip.length - 12)).put("a.zip", "PK is not enough");
        door.given.addAll(List.of(door.inbox, door.inbox.resolve("absent.csv")));
        assertEquals(
                List.of(Status.REFUSE, Status.REFUSE, Status.REFUSE),
                door.take().stream().map(IntakeResult::status).toList());
    }

    @Test
    void readsThroughLinksAndTellsThoseThatLeadNowhere() throws IOException {
        Door door = new Door(folder);
        door.put("patients.csv", PATIENTS);
        Path elsewhere = Files.createDirectories(folder.resolve("ailleurs"));
        Files.writeString(elsewhere.resolve("rendez_vous.csv"), "rien");
        Files.createSymbolicLink(door.inbox.resolve("mai"), elsewhere);
        Files.createSymbolicLink(door.inbox.resolve("communes.csv"), folder.resolve("parti.csv"));
        // No rows, nor a name that is awaited: somebody else's.
        Files.createSymbolicLink(door.inbox.resolve("photo.png"), folder.resolve("parti.png"));
        door.given.add(door.inbox);
        assertEquals(
                Map.of("patients.csv", "CHARGE", "mai/rendez_vous.csv", "REFUSE", "communes.csv", "REFUSE"),
                door.take().stream()
                        .collect(Collectors.toMap(
                                IntakeResult::displayName,
                                result -> result.status().name())));
    }

    @Test
    void aLinkThatMakesItsFolderEndlessIsToldAndTheFilesAreTaken() throws IOException {
        Door door = new Door(folder);
        door.put("mai/patients.csv", PATIENTS);
        Files.createSymbolicLink(door.inbox.resolve("mai/encore"), door.inbox);
        door.given.add(door.inbox);
        assertEquals(
                Map.of(
                        "mai/patients.csv",
                        "",
                        "mai/encore",
                        "Ce lien mène à un dossier qui le contient\u00a0: retirez-le."),
                door.take().stream()
                        .collect(Collectors.toMap(
                                IntakeResult::displayName,
                                result -> result.refusal().orElse(""))));
    }

    @Test
    void refusesAnArchiveThatLeavesItsFolderOrHoldsAnother() throws IOException {
        for (String name :
                List.of("../patients.csv", "/patients.csv", "a/../../patients.csv", "C:\\patients.csv", "autre.zip")) {
            Door door = new Door(folder.resolve("d" + Math.abs(name.hashCode())));
            List<IntakeResult> results =
                    door.put("a.zip", zip(Map.of(name, PATIENTS))).take();
            assertEquals(1, results.size());
            assertEquals("ZIP_DANGEREUX", Door.rejects(results.get(0)).get(0).at("code"), name);
        }
    }

    @Test
    void refusesABombWhateverItsKind() throws IOException {
        String bomb = PATIENTS + " ".repeat(200_000);
        Door door = new Door(folder);
        door.limits = new Limits(1 << 20, 1 << 20, 50, 100_000, 10);
        door.put("patients.csv.gz", gzip(bomb)).put("a.zip", zip(Map.of("patients.csv", bomb)));
        List<IntakeResult> results = door.take();
        assertEquals(
                List.of(Status.REFUSE, Status.REFUSE),
                results.stream().map(IntakeResult::status).toList());
        for (IntakeResult result : results) {
            assertEquals("ZIP_DANGEREUX", Door.rejects(result).get(0).at("code"));
        }
    }

    @Test
    void readsGzipAndZipEntriesUnderTheirOwnNames() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("lot/rendez_vous-2.csv", "rdv_id;source;patient_id;date_heure_debut;statut;mode;profession\n");
        entries.put("lot/LISEZMOI.txt", "bonjour");
        entries.put("patients.csv", PATIENTS + "C1;01/02/1950;F;34301\n");
        Door door = new Door(folder)
                .put("depot/a.zip", zip(entries))
                .put("patients-b.csv.gz", gzip(PATIENTS + "C2;01/02/1950;F;34301\n"));
        List<IntakeResult> results = door.take();
        assertEquals(
                List.of("depot/a.zip!/lot/rendez_vous-2.csv", "depot/a.zip!/patients.csv", "patients-b.csv.gz"),
                results.stream().map(IntakeResult::displayName).toList());
        assertEquals(
                List.of(0L, 1L, 1L),
                results.stream().map(IntakeResult::linesKept).toList());
    }

    @Test
    void readsAnArchiveMadeOnAnOldWindows() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, Charset.forName("IBM437"))) {
            zip.putNextEntry(new ZipEntry("données/patients-été.csv"));
            zip.write(PATIENTS.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        IntakeResult result =
                new Door(folder).put("a.zip", bytes.toByteArray()).take().get(0);
        assertEquals("a.zip!/données/patients-été.csv CHARGE", result.displayName() + " " + result.status());
    }

    @Test
    void case84_knowsADeliveryAgainAndStillTellsItsCompleteness() throws IOException {
        Door door = new Door(folder);
        String text = PATIENTS + "C1;01/02/1950;F;34301\n";
        IntakeResult first = door.takeOne("patients.csv", text);
        door.loaded = id -> Optional.of(new Loaded("", Optional.empty(), 1, true, Optional.empty()))
                .filter(known -> id.equals(first.deliveryId()));
        List<IntakeResult> again = door.put("patients-copie.csv", text).take();
        assertEquals(
                List.of(Status.DEJA_CHARGE, Status.DEJA_CHARGE),
                again.stream().map(IntakeResult::status).toList());
        assertEquals(Optional.of(Door.COMPLETE), again.get(0).completeUntil());
        door.loaded = id -> Optional.empty();
        assertEquals(
                List.of(Status.CHARGE, Status.DEJA_CHARGE),
                door.take().stream().map(IntakeResult::status).toList().stream()
                        .sorted()
                        .toList());
        assertFalse(first.deliveryId().isEmpty());
    }

    @Test
    void anEmptyFileOfAnotherSourceOrPeriodIsAnotherDelivery() throws IOException {
        Door door = new Door(folder);
        // The same bytes, a header alone: what they say is who has nothing to tell, and of which days.
        String january = "mode: COMPLET\nperiode_debut: 2026-01-01\nperiode_fin: 2026-01-31\n";
        List<String> manifests = List.of(
                "source: A\n",
                "source: B\n",
                "source: A\n" + january,
                "source: A\n" + january.replace("01-31", "01-15"),
                "source: B\n");
        for (int number = 0; number < manifests.size(); number++) {
            door.put("patients-" + number + ".csv", PATIENTS)
                    .put("patients-" + number + ".csv.manifeste.yaml", manifests.get(number));
        }
        List<IntakeResult> results = door.take();
        assertEquals(
                List.of(Status.CHARGE, Status.CHARGE, Status.CHARGE, Status.CHARGE, Status.DEJA_CHARGE),
                results.stream().map(IntakeResult::status).toList());
        assertEquals(
                4, results.stream().map(IntakeResult::deliveryId).distinct().count());
        assertEquals(results.get(1).deliveryId(), results.get(4).deliveryId());

        // Another command knows each of them again, and one that was taken back leaves its place to itself only.
        door.loaded = id -> results.stream()
                .filter(result -> result.deliveryId().equals(id))
                .findFirst()
                .map(result -> new Loaded(
                        result.source(), result.replaced(), 0, !result.source().equals("A"), Optional.empty()));
        List<IntakeResult> again = door.take();
        assertEquals(
                List.of(Status.CHARGE, Status.DEJA_CHARGE, Status.CHARGE, Status.CHARGE, Status.DEJA_CHARGE),
                again.stream().map(IntakeResult::status).toList());
        assertEquals(
                results.stream().map(IntakeResult::deliveryId).toList(),
                again.stream().map(IntakeResult::deliveryId).toList());
    }

    @Test
    void linesLoadedOfOneSourceAreNotTakenAgainOfAnother() throws IOException {
        Door door = new Door(folder);
        door.put("patients.csv", PATIENTS + "C1;01/02/1950;F;34301\n");
        door.source = Optional.of("A");
        IntakeResult first = door.take().get(0);
        door.loaded = id -> Optional.of(new Loaded("A", Optional.empty(), 1, true, Optional.empty()))
                .filter(known -> id.equals(first.deliveryId()));
        door.source = Optional.of("B");
        IntakeResult other = door.take().get(0);
        assertEquals(Status.DEJA_CHARGE, other.status());
        // Nobody may believe that B is complete, nor A until the day that B tells.
        assertEquals(Optional.empty(), other.completeUntil());
        assertTrue(
                other.refusal().orElseThrow().contains("de la source A"),
                other.refusal().orElseThrow());

        // A complete delivery of A in the same bytes replaces what came before it.
        door.source = Optional.of("A");
        door.put("patients.csv.manifeste.yaml", "mode: COMPLET\n");
        IntakeResult complete = door.take().get(0);
        assertEquals(Status.CHARGE, complete.status());
        assertNotEquals(first.deliveryId(), complete.deliveryId());
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static byte[] zip(Map<String, String> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
