package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import fr.vigie.schema.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each real layout loads as published with the mapping that ships for it; the expected values were read from the files by hand. */
class RealLayoutsTest {

    private static final Path FILES = Path.of("src/test/resources/correspondances");

    @TempDir
    Path folder;

    private List<IntakeResult> take(String mapping, String file) throws IOException {
        Door door = new Door(folder);
        door.completeTo = Optional.of(LocalDate.of(2026, 2, 28));
        door.mapping = Optional.of(RealFiles.mapping(mapping));
        door.given.add(FILES.resolve(file));
        return door.take();
    }

    private static List<Long> counts(IntakeResult result) {
        return List.of(result.linesRead(), result.linesKept(), result.linesRejected(), result.warnings());
    }

    private static List<String> columns(IntakeResult result, String... columns) throws IOException {
        return Door.staged(result).stream()
                .map(row -> Stream.of(columns).map(row::at).collect(Collectors.joining(" ")))
                .toList();
    }

    private static String seen(IntakeResult result) {
        try {
            return Door.codes(result).toString();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Test
    void whatTheDocumentationShowsReads() throws IOException {
        for (Path shown : List.of(
                Path.of("../docs/correspondances.md"), Path.of("../warehouse-schema/feeds/mappings/README.md"))) {
            Matcher block = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(shown));
            assertTrue(block.find(), "no example in " + shown);
            YamlNode.Problems problems = new YamlNode.Problems();
            String text = block.group(1).replaceFirst("(?m)^commune_insee: \\{join.*\n", "");
            YamlNode.read(shown.toString(), text, problems);
            assertEquals(List.of(), problems.sentences());
            if (text.contains("blocks:")) {
                Mapping.read(shown.toString(), text, Door.CONTRACTS);
            }
        }
        try (Stream<Path> shipped = Files.list(Path.of("../warehouse-schema/feeds/mappings"))) {
            for (Path file :
                    shipped.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                RealFiles.mapping(file.getFileName().toString());
            }
        }
    }

    @Test
    void finessHasNoHeaderAndNumbersTheDepartementsOverseasInItsOwnWay() throws IOException {
        IntakeResult structures =
                take("finess.yaml", "etalab-cs1100502-stock-20260512-0339.csv").get(0);
        assertEquals(Status.CHARGE, structures.status());
        assertEquals(List.of(8L, 8L, 0L, 0L), counts(structures), () -> seen(structures));
        assertEquals(
                List.of(
                        "2 010000024 010780054 355 01451",
                        "3 970102018 970113015 223 97701",
                        "4 970100400 970100186 355 97801",
                        "5 970400024 970408589 101 97411",
                        "6 970409645 970463600 146 97408",
                        "7 980501506 980501498 462 97606",
                        "8 980600027 980600019 355 98613",
                        "9 970216057 590799730 340 97209"),
                columns(structures, "_ligne", "structure_id", "finess_ej", "categorie", "commune_insee"));
        assertEquals(
                List.of(
                        "CENTRE HOSPITALIER DE BOURG-EN-BRESSE FLEYRIAT",
                        "LIEU DE VIE ET D'ACCUEIL \"MAVOUNA MEMA 1\"",
                        "HOPITAL DE SIA",
                        "ALEFPA S.M.J.P.M"),
                columns(structures, "libelle").stream()
                        .filter(name -> name.matches("CENTRE HOSPITALIER DE B.*|LIEU.*|HOPITAL.*|ALEFPA.*"))
                        .toList());
    }

    @Test
    void finessGivesCorsicaByItsLetterAndTheMainlandByItsNumber() throws IOException {
        Door door = new Door(folder);
        door.mapping = Optional.of(RealFiles.mapping("finess.yaml"));
        IntakeResult structures = door.takeOne(
                "etalab-cs1100502-stock-20260601-0300.csv",
                "finess;etalab;112;2026-06-01\n" + structure("2A0000014", "004", "2A")
                        + structure("2B0000020", "033", "2B") + structure("340780477", "301", "34"));
        assertEquals(List.of("2A004", "2B033", "34301"), columns(structures, "commune_insee"));
    }

    private static String structure(String finess, String commune, String departement) {
        return "structureet;" + finess + ";" + finess + ";RS;;;;;;;;;" + commune + ";" + departement + ";".repeat(18)
                + "\n";
    }

    @Test
    void theAnnuaireTellsGeneralPractitionersByTheirSavoirFaire() throws IOException {
        IntakeResult professionnels = take("annuaire.yaml", "PS_LibreAcces_Personne_activite_202609230000.txt")
                .get(0);
        assertEquals(Status.CHARGE, professionnels.status());
        // 10000000014: 4 + 2×1 + 1 = 7, not a multiple of ten.
        assertEquals(List.of(4L, 4L, 0L, 1L), counts(professionnels), () -> seen(professionnels));
        assertEquals(List.of("5 rpps A RPPS_CLE"), Door.codes(professionnels));
        assertEquals(
                List.of(
                        "10002909371 MG SM54 34301 LIB",
                        "10002909371 MG SM54 34301 SAL",
                        "99700245667 IDE  34301 LIB",
                        "10000000014 SPE SM04 34172 LIB"),
                columns(professionnels, "rpps", "profession", "specialite", "commune_exercice", "mode_exercice"));
    }

    @Test
    void theParticipationsOfACollectiveRendezVousAreOneForEachPerson() throws IOException {
        List<IntakeResult> results = take("rdv-service-public.yaml", "participations.csv");
        IntakeResult patients = results.get(0);
        IntakeResult rendezVous = results.get(1);
        assertEquals(List.of(5L, 5L, 0L, 0L), counts(patients), () -> seen(patients));
        assertEquals(
                List.of(
                        "1950-01-01 34301 2026-01-05T11:50:00Z",
                        "1960-02-02 34301 2026-01-05T08:00:00Z",
                        "1970-03-03 34108 2026-01-06T09:15:00Z",
                        "1960-02-02 34301 2026-01-14T09:15:00Z",
                        "1990-05-05 34157 2026-01-15T10:00:00Z"),
                columns(patients, "date_naissance", "commune_insee", "date_maj"));
        List<String> persons = columns(patients, "patient_id");
        // « Usager DEUX » is two people: born in 1960 and in 1990.
        assertEquals(4, persons.stream().distinct().count());
        assertEquals(persons.get(1), persons.get(3));
        // Nobody has said yet what became of the last one, more than seven days ago.
        assertEquals(List.of(5L, 5L, 0L, 1L), counts(rendezVous), () -> seen(rendezVous));
        assertEquals(List.of("6 date_heure_debut A ISSUE_NON_RENSEIGNEE"), Door.codes(rendezVous));
        assertEquals(
                List.of(
                        "2026-01-12T13:30:00Z heure HONORE",
                        "2026-01-13T08:00:00Z heure HONORE",
                        "2026-01-13T08:00:00Z heure NON_HONORE",
                        "2026-01-20T15:00:00Z heure ANNULE_PATIENT",
                        "2026-01-21T15:00:00Z heure CONFIRME"),
                columns(rendezVous, "date_heure_debut", "date_heure_debut_precision", "statut"));
        assertEquals(
                List.of("101", "102", "102", "103", "104"),
                columns(rendezVous, "rdv_id").stream()
                        .map(id -> id.substring(0, id.indexOf('-')))
                        .toList());
        assertEquals(5, columns(rendezVous, "rdv_id").stream().distinct().count());
        for (IntakeResult result : results) {
            String written = Files.readString(result.staged().orElseThrow()).toLowerCase(Locale.ROOT);
            assertFalse(written.contains("usager") || written.contains("agent"), "a name entered the warehouse");
        }
    }
}
