package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import fr.vigie.schema.Delivery.Replacement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

    private static final String RENDEZ_VOUS =
            "rdv_id;patient_id;date_heure_debut;statut;mode;profession\nR1;C1;01/02/2026;HONORE;PRES;MG\n";

    @TempDir
    Path folder;

    @Test
    void tellsTheFeedTheSourceTheCompletenessAndThePeriodReplaced() throws IOException {
        Door door = new Door(folder);
        door.completeTo = Optional.empty();
        door.put(
                "export.csv.manifeste.yaml",
                "source: MAIIA\nflux: rendez_vous\nperiode_debut: 2026-02-01\nperiode_fin: 28/02/2026\n"
                        + "date_completude: 2026-03-02\nlignes: 1\nmode: COMPLET\n");
        IntakeResult result = door.takeOne("export.csv", RENDEZ_VOUS);
        assertEquals(Status.CHARGE, result.status());
        assertEquals(List.of("rendez_vous", "MAIIA"), List.of(result.feed(), result.source()));
        assertEquals(Optional.of(LocalDate.of(2026, 3, 2)), result.completeUntil());
        assertEquals(
                Optional.of(
                        new Replacement(Optional.of(LocalDate.of(2026, 2, 1)), Optional.of(LocalDate.of(2026, 2, 28)))),
                result.replaced());
        assertEquals("MAIIA", Door.staged(result).get(0).at("source"));
    }

    @Test
    void speaksForItsFolderInJsonOrInsideAnArchive() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("a.csv", RENDEZ_VOUS);
        entries.put("manifeste.json", "{\"flux\": \"rendez_vous\", \"source\": \"KELDOC\", \"fichier\": \"a.csv\"}");
        IntakeResult result =
                new Door(folder).put("lot.zip", RefusalTest.zip(entries)).take().get(0);
        assertEquals(Status.CHARGE, result.status());
        assertEquals("KELDOC", result.source());
    }

    @Test
    void ofAFileComesBeforeTheOneThatNamesItAndThatOneBeforeTheOneOfTheFolder() throws IOException {
        Door door = new Door(folder)
                .put("rendez_vous-a.csv.manifeste.yaml", "source: PROPRE\n")
                .put("manifest.yaml", "source: NOMMANT\nfichier: rendez_vous-b.csv\n")
                .put("manifeste.json", "{\"source\": \"COMMUN\"}");
        for (String name : List.of("rendez_vous-a.csv", "rendez_vous-b.csv", "rendez_vous-c.csv")) {
            door.put(name, RENDEZ_VOUS.replace("R1", name));
            door.given.add(door.inbox.resolve(name));
        }
        assertEquals(
                List.of("PROPRE", "NOMMANT", "COMMUN"),
                door.take().stream().map(IntakeResult::source).toList());
    }

    @Test
    void standsBesideAFileGivenAlone() throws IOException {
        Door door = new Door(folder).put("a.csv", RENDEZ_VOUS).put("manifest.yaml", "flux: rendez_vous\nsource: SAS\n");
        door.given.add(door.inbox.resolve("a.csv"));
        assertEquals(
                List.of("SAS"), door.take().stream().map(IntakeResult::source).toList());
    }

    @Test
    void aManifestOfAFileThatIsNotThereIsToldInAFolderAndInAnArchive() throws IOException {
        Door door = new Door(folder)
                .put("rendez_vous.csv", RENDEZ_VOUS)
                .put("manifeste.yaml", "fichier: rendez-vous.csv\nsource: SAS\nmode: COMPLET\n")
                .put(
                        "envoi.zip",
                        RefusalTest.zip(Map.of(
                                "rendez_vous.csv",
                                RENDEZ_VOUS,
                                "RENDEZ_VOUS.CSV.manifeste.yaml",
                                "source: SAS\n",
                                "patients.csv.manifeste.yaml",
                                "")));
        door.source = Optional.of("SAS");
        assertEquals(
                List.of(
                        "envoi.zip!/patients.csv.manifeste.yaml REFUSE",
                        "envoi.zip!/rendez_vous.csv CHARGE",
                        "manifeste.yaml REFUSE",
                        "rendez_vous.csv DEJA_CHARGE"),
                door.take().stream()
                        .map(result -> result.displayName() + " " + result.status())
                        .sorted()
                        .toList());
        // Beside a file that is given alone, the manifests of others may stand.
        door.given.add(door.inbox.resolve("rendez_vous.csv"));
        assertEquals(
                List.of(Status.CHARGE),
                door.take().stream().map(IntakeResult::status).toList());
    }

    @Test
    void refusesAFileThatIsNotTheOneDescribed() throws IOException {
        Map<String, String> wrong = Map.of(
                "lignes: 2", "MANIFESTE_LIGNES",
                "sha256: 00ff", "MANIFESTE_SHA256",
                "mode: TOUT", "MANIFESTE_INVALIDE",
                // It was read as 2 March, and what March held was taken back.
                "mode: COMPLET\nperiode_fin: 2026-02-30", "MANIFESTE_INVALIDE",
                "date_completude: 2026-13-01", "MANIFESTE_INVALIDE",
                "lines: 2", "MANIFESTE_INVALIDE",
                "flux: inconnu", "FLUX_INCONNU");
        for (Map.Entry<String, String> manifest : wrong.entrySet()) {
            Door door = new Door(folder.resolve(manifest.getKey().replaceAll("\\W", "")));
            door.source = Optional.of("SAS");
            door.put("rendez_vous.csv.manifeste.yaml", manifest.getKey() + "\n");
            IntakeResult result = door.takeOne("rendez_vous.csv", RENDEZ_VOUS);
            assertEquals(Status.REFUSE, result.status());
            assertEquals(manifest.getValue(), Door.rejects(result).get(0).at("code"), manifest.getKey());
            assertTrue(door.vault.isEmpty());
        }
    }

    @Test
    void takesTheHashOfTheUncompressedBytes() throws IOException {
        Door door = new Door(folder);
        door.source = Optional.of("SAS");
        String sha = door.takeOne("rendez_vous.csv", RENDEZ_VOUS).sha256();
        Door other = new Door(folder.resolve("autre"));
        other.source = Optional.of("SAS");
        other.put("rendez_vous.csv.gz", RefusalTest.gzip(RENDEZ_VOUS));
        other.put("rendez_vous.csv.gz.manifeste.yaml", "sha256: " + sha.toUpperCase(java.util.Locale.ROOT) + "\n");
        assertEquals(
                List.of(Status.CHARGE),
                other.take().stream().map(IntakeResult::status).toList());
    }
}
