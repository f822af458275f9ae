package fr.vigie.demonstration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.EmptyWords;
import fr.vigie.intake.Intake;
import fr.vigie.intake.IntakeRequest;
import fr.vigie.intake.IntakeResult;
import fr.vigie.intake.ProgressListener;
import fr.vigie.intake.Pseudonymiser;
import fr.vigie.schema.FeedContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration and the reference files pass the real door of the warehouse. */
class DemonstrationIntakeTest {

    private static final LocalDate END = LocalDate.of(2026, 6, 30);

    @TempDir
    Path folder;

    @Test
    void onlyTheLinesSpoiltOnPurposeAreRejected() throws IOException {
        Path facts = folder.resolve("facts");
        DemonstrationSummary summary =
                new DemonstrationGenerator(DemonstrationParameters.upTo(END, 11, 3_000)).write(facts);
        Map<String, Long> errors = new TreeMap<>();
        Map<String, Long> warnings = new TreeMap<>();
        long read = 0;
        long rejected = 0;
        for (IntakeResult result : take(facts)) {
            assertEquals(IntakeResult.Status.CHARGE, result.status(), () -> result.displayName() + result.refusal());
            count(result, "E", errors);
            count(result, "A", warnings);
            read += result.linesRead();
            rejected += result.linesRejected();
        }
        assertEquals(summary.totalRows(), read);
        assertEquals(
                List.of("ANNEE_2_CHIFFRES", "CODE_INCONNU", "COLONNES_EN_TROP", "DATE_INVALIDE"),
                List.copyOf(errors.keySet()),
                errors::toString);
        assertTrue(rejected > 20 && rejected * 200 < read, rejected + " rejected of " + read);
        assertEquals(
                List.of("COMMUNE_REPAREE", "HEURE_INEXISTANTE", "ISSUE_NON_RENSEIGNEE", "REALISEE_SANS_DATE"),
                List.copyOf(warnings.keySet()),
                warnings::toString);
    }

    @Test
    void everyLineOfTheReferenceFilesIsKept() throws IOException {
        Path reference = Files.createDirectories(folder.resolve("reference"));
        for (String name : List.of(
                "communes.csv.gz",
                "territoires.csv.gz",
                "demonstration/territoires_communes.csv.gz",
                "demonstration/dispositifs.csv",
                "demonstration/structures.csv")) {
            copy(name, reference.resolve(name.substring(name.indexOf('/') + 1)));
        }
        copy("demonstration/territoires.csv.gz", reference.resolve("territoires-demonstration.csv.gz"));
        Map<String, Long> kept = new TreeMap<>();
        for (IntakeResult result : take(reference)) {
            assertEquals(0, result.linesRejected(), result.displayName());
            assertEquals(0, result.warnings(), result.displayName());
            kept.put(result.displayName(), result.linesKept());
        }
        assertEquals(
                Map.of(
                        "communes.csv.gz", 34_963L,
                        "territoires.csv.gz", 1_386L,
                        "territoires-demonstration.csv.gz", 82L,
                        "territoires_communes.csv.gz", 4_425L,
                        "dispositifs.csv", 95L,
                        "structures.csv", 47L),
                kept);
    }

    private List<IntakeResult> take(Path inbox) throws IOException {
        Pseudonymiser pseudonymiser =
                new Pseudonymiser(new byte[Pseudonymiser.SECRET_BYTES], (pseudonym, source, encrypted) -> {});
        return new Intake(FeedContract.all(), pseudonymiser, folder.resolve("staging"))
                .take(
                        new IntakeRequest(
                                List.of(inbox),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("DEMO"),
                                Optional.of(END),
                                EmptyWords.NONE,
                                END,
                                delivery -> Optional.empty()),
                        ProgressListener.SILENT);
    }

    private static void count(IntakeResult result, String level, Map<String, Long> codes) throws IOException {
        for (String line : Files.readAllLines(result.rejects().orElseThrow())) {
            String[] cells = line.split(";", -1);
            if (level.equals(cells[2])) {
                codes.merge(cells[3], 1L, Long::sum);
            }
        }
    }

    private static void copy(String name, Path target) throws IOException {
        try (InputStream stream = DemonstrationIntakeTest.class.getResourceAsStream("/reference/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("reference file missing: " + name);
            }
            Files.copy(stream, target);
        }
    }
}
