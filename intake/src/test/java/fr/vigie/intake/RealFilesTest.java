package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts are those of shared/data/README.md, taken from the raw files by another program. */
class RealFilesTest {

    @TempDir
    Path folder;

    @Test
    void takesTheRealAppointmentsAndExplainsEveryReject() throws IOException {
        Door door = new Door(folder);
        door.given.add(RealFiles.of("rendez-vous-reels/KaggleV2-May-2016.csv.gz"));
        door.mapping = Optional.of(RealFiles.mapping("noshow.yaml"));
        door.completeTo = Optional.of(LocalDate.of(2016, 6, 30));
        List<IntakeResult> results = door.take();
        assertEquals(
                List.of("patients", "rendez_vous"),
                results.stream().map(IntakeResult::feed).toList());
        IntakeResult patients = results.get(0);
        IntakeResult rendezVous = results.get(1);
        assertEquals(
                List.of(Status.CHARGE, Status.CHARGE),
                results.stream().map(IntakeResult::status).toList());
        assertEquals(List.of(110_527L, 110_527L), List.of(patients.linesRead(), rendezVous.linesRead()));
        assertEquals(Map.of("E NOTATION_SCIENTIFIQUE", 5L, "A ORDRE_DES_DATES", 5L), summary(rendezVous));
        assertEquals(Map.of("E NOTATION_SCIENTIFIQUE", 5L, "E NAISSANCE_INVALIDE", 1L), summary(patients));
        assertEquals(110_522L, rendezVous.linesKept());
        List<Door.Row> kept = Door.staged(rendezVous);
        assertEquals(
                22_319L,
                kept.stream()
                        .filter(row -> row.at("statut").equals("NON_HONORE"))
                        .count());
        assertEquals(
                62_299 - 5,
                kept.stream().map(row -> row.at("patient_id")).distinct().count());
        assertTrue(kept.stream()
                .allMatch(row -> row.at("date_heure_debut_precision").equals("jour")));
    }

    @Test
    void takesTheRealStaysAsFourKindsOfEvenements() throws IOException {
        Door door = new Door(folder);
        door.given.add(RealFiles.of("sejours-reels"));
        door.mapping = Optional.of(RealFiles.mapping("mimic3.yaml"));
        List<IntakeResult> results = door.take();
        assertEquals(
                List.of("evenements", "patients"),
                results.stream().map(IntakeResult::feed).toList());
        IntakeResult evenements = results.get(0);
        assertEquals(Map.of(), summary(evenements));
        assertEquals(129 + 129 + 92 + 40, evenements.linesRead());
        Map<String, Long> types = Door.staged(evenements).stream()
                .collect(Collectors.groupingBy(row -> row.at("type"), TreeMap::new, Collectors.counting()));
        assertEquals(Map.of("DECES", 40L, "HOSPI_ADMISSION", 129L, "HOSPI_SORTIE", 129L, "URG_PASSAGE", 92L), types);
        IntakeResult patients = results.get(1);
        assertEquals(List.of(100L, 100L, 8L), List.of(patients.linesRead(), patients.linesKept(), patients.warnings()));
        assertEquals(
                8,
                Door.staged(patients).stream()
                        .filter(row -> row.at("date_naissance").isEmpty())
                        .count());
    }

    /** The file also holds the code that joining is to give: 13 747 establishments of Occitanie. */
    @Test
    void joinsDepartementAndCommuneIntoTheCodeThatTheRealFileHolds() throws IOException {
        String mapping = """
            name: finess-occitanie
            label: FINESS, Occitanie
            source: FINESS
            blocks:
              - feed: structures
                columns:
                  structure_id: numero finess etablissement
                  finess_et: numero finess etablissement
                  libelle: {first_of: [rslongue, raison_sociale]}
                  commune_insee: %s
            """;
        List<List<String>> communes = new ArrayList<>();
        for (String value : List.of("{join: [departement, code commune]}", "code_insee")) {
            Door door = new Door(folder.resolve(Integer.toString(communes.size())));
            door.given.add(RealFiles.of("occitanie/finess_occitanie2.csv.gz"));
            door.mapping = Optional.of(Mapping.read("essai.yaml", mapping.formatted(value), Door.CONTRACTS));
            IntakeResult structures = door.take().get(0);
            assertEquals(List.of(13_747L, 13_747L), List.of(structures.linesRead(), structures.linesKept()));
            communes.add(Door.staged(structures).stream()
                    .map(row -> row.at("commune_insee"))
                    .toList());
        }
        assertEquals(communes.get(1), communes.get(0));
    }

    private static Map<String, Long> summary(IntakeResult result) throws IOException {
        return Door.rejects(result).stream()
                .collect(Collectors.groupingBy(
                        row -> row.at("niveau") + " " + row.at("code"), TreeMap::new, Collectors.counting()));
    }
}
