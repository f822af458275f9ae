package fr.vigie.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vigie mapping try} (contrat.md 1): what a mapping makes of a file, without an instance. */
class MappingCommandTest {

    private static final String MAPPING = """
        name: essai
        label: Essai
        source: ESSAI
        blocks:
          - feed: rendez_vous
            columns:
              rdv_id: numéro
              patient_id: {from: usager, opaque: true}
              date_heure_debut: jour
              statut: {from: état, codes: {venu: HONORE}}
              mode: {constant: PRES}
              profession: {constant: MG}
        """;

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void writesFiles() throws IOException {
        home = folder.resolve("instance");
        Files.writeString(folder.resolve("essai.yaml"), MAPPING);
        Files.writeString(
                folder.resolve("export.csv"),
                "numéro;usager;jour;état;note\n1;Jeanne DURAND;01/02/2026;Venu;x\n2;Paul MARTIN;02/02/2026;venu;x\n");
    }

    private Screen tried(String mapping, String file, String... options) {
        List<String> words = new ArrayList<>(List.of(
                "mapping",
                "try",
                folder.resolve(file).toString(),
                "--mapping",
                folder.resolve(mapping).toString(),
                "--home",
                home.toString()));
        words.addAll(List.of(options));
        return Screen.of(words.toArray(String[]::new));
    }

    @Test
    void showsBeforeAndAfterForPeopleAndOpensNothing() {
        Screen screen = tried("essai.yaml", "export.csv", "--format", "table", "--rows", "1");
        assertEquals(0, screen.code(), screen.err());
        assertTrue(screen.out().contains("── export.csv → rendez_vous ──"), screen.out());
        assertTrue(
                screen.lines().stream().anyMatch(line -> line.matches(" +statut +etat = Venu +HONORE")), screen.out());
        assertTrue(screen.out().contains("Colonnes du fichier qu’aucun flux ne lit\u202f: note."), screen.out());
        assertTrue(screen.err().contains("serait reçu (2\u00a0lignes lues, 0\u00a0rejetée)"), screen.err());
        assertFalse(Files.exists(home), "an instance was made for a trial");
    }

    @Test
    void givesProgramsOneTable() {
        Screen screen = tried("essai.yaml", "export.csv", "--format", "csv", "--rows", "1");
        assertEquals(
                "fichier;flux;ligne;colonne;avant;apres;niveau;code;message;nombre",
                screen.lines().get(0));
        assertTrue(screen.lines().contains("export.csv;rendez_vous;2;statut;etat = Venu;HONORE;;;;"), screen.out());
        assertTrue(
                screen.lines()
                        .contains("export.csv;rendez_vous;;;note;;I;COLONNE_NON_LUE;Colonne du fichier qu’aucun flux ne"
                                + " lit.;"),
                screen.out());
        assertTrue(tried("essai.yaml", "export.csv", "--format", "json").out().contains("\"apres\":\"HONORE\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json"})
    void neverPrintsAName(String format) {
        Screen screen = tried("essai.yaml", "export.csv", "--format", format);
        assertFalse((screen.out() + screen.err()).matches("(?s).*(DURAND|MARTIN|Jeanne|Paul).*"), screen.out());
    }

    @Test
    void endsWithThreeWhenTheFileWouldBeRefused() throws IOException {
        Files.writeString(folder.resolve("autre.csv"), "numéro;usager;jour\n1;A;01/02/2026\n");
        Screen screen = tried("essai.yaml", "autre.csv", "--format", "csv");
        assertEquals(3, screen.code());
        assertTrue(screen.err().contains("serait REFUSÉ"), screen.err());
        assertTrue(screen.out().contains(";E;COLONNE_ABSENTE;"), screen.out());
    }

    @Test
    void judgesDatesByTheDayToWhichTheFileIsComplete() {
        assertFalse(tried("essai.yaml", "export.csv", "--complete-to", "2026-02-28")
                .out()
                .contains("DATE_FUTURE"));
        Screen earlier = tried("essai.yaml", "export.csv", "--complete-to", "2026-01-31");
        assertTrue(earlier.out().contains("E;DATE_FUTURE;"), earlier.out());
    }

    @Test
    void endsWithTwoWhenTheWordsOrTheMappingAreWrong() throws IOException {
        Files.writeString(
                folder.resolve("faux.yaml"),
                MAPPING.replace("label", "labl").replace("HONORE", "HONORÉ").replace("mode:", "modes:"));
        Screen wrong = tried("faux.yaml", "export.csv");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("clé inconnue « labl », peut-être « label »"), wrong.err());
        assertTrue(wrong.err().contains("blocks[0].columns.statut.codes.venu : code inconnu"), wrong.err());
        assertTrue(
                wrong.err()
                        .contains("blocks[0].columns.modes : colonne inconnue du flux « rendez_vous », peut-être «"
                                + " mode »"),
                wrong.err());
        assertEquals("", wrong.out());
        assertEquals(2, tried("essai.yaml", "absent.csv").code());
        assertEquals(2, tried("essai.yaml", "export.csv", "--rows", "-1").code());
        assertEquals(2, Screen.of("mapping").code());
        assertEquals(
                2,
                Screen.of("mapping", "try", folder.resolve("export.csv").toString())
                        .code());
    }
}
