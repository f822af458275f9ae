package fr.vigie.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong word is said in a French sentence, with exit code 2, before anything is opened (contrat.md 1). */
class UsageTest {

    private static final String NBSP = "\u00a0";
    private static final String NNBSP = "\u202f";

    @TempDir
    private Path folder;

    private static Arguments wrong(String sentence, String... words) {
        return Arguments.of(List.of(words), sentence);
    }

    static Stream<Arguments> wrongWords() {
        return Stream.of(
                wrong("Commande inconnue" + NNBSP + ": «" + NBSP + "nimporte" + NBSP + "».", "nimporte"),
                wrong(
                        "Option ou argument inconnu" + NNBSP + ": «" + NBSP + "--indicateur",
                        "values",
                        "--indicateur",
                        "X"),
                wrong(
                        "Indicateur inconnu" + NNBSP + ": «" + NBSP + "CAD-99" + NBSP + "»",
                        "values",
                        "--indicator",
                        "CAD-99"),
                wrong("Indicateur inconnu" + NNBSP + ": «" + NBSP + "CAD-01/Z", "values", "--indicator", "CAD-01/Z"),
                wrong(
                        "Indicateur inconnu" + NNBSP + ": «" + NBSP + "CAD-99",
                        "explain",
                        "CAD-99",
                        "--territory",
                        "ENSEMBLE",
                        "--period",
                        "2026"),
                wrong(
                        "--reference et --mapping ne vont pas ensemble",
                        "load",
                        "--reference",
                        "--mapping",
                        "m.yaml",
                        "x.csv"),
                wrong("Dites une chose à faire de ce compte", "superset", "account", "anne"),
                wrong(
                        "Dites une chose à faire de ce compte",
                        "superset",
                        "account",
                        "anne",
                        "--remove",
                        "--new-password"),
                wrong("--territory va avec --role", "superset", "account", "anne", "--remove", "--territory", "CPTS:1"),
                wrong("Nom de compte illisible ou réservé", "superset", "account", "Admin", "--role", "ars"),
                wrong("Rôle inconnu", "superset", "account", "anne", "--role", "prefet"),
                wrong("répond d’un territoire", "superset", "account", "anne", "--role", "dac"),
                wrong(
                        "répond d’un territoire",
                        "superset",
                        "account",
                        "anne",
                        "--role",
                        "dac",
                        "--territory",
                        "CPTS:1"),
                wrong(
                        "lit tous les territoires",
                        "superset",
                        "account",
                        "anne",
                        "--role",
                        "ars",
                        "--territory",
                        "CPTS:1"),
                wrong("Date illisible", "superset", "account", "anne", "--until", "demain"),
                wrong("est déjà passé", "superset", "account", "anne", "--role", "ars", "--until", "2020-01-01"),
                wrong("Période inconnue" + NNBSP + ": «" + NBSP + "2026-13", "values", "--period", "2026-13"),
                wrong("Période inconnue" + NNBSP + ": «" + NBSP + "2026-T5", "values", "--period", "2026-T5"),
                wrong(
                        "Période inconnue" + NNBSP + ": «" + NBSP + "février",
                        "explain",
                        "CAD-01",
                        "--territory",
                        "ENSEMBLE",
                        "--period",
                        "février"),
                wrong(
                        "Territoire inconnu" + NNBSP + ": «" + NBSP + "PLANETE:TERRE",
                        "values",
                        "--territory",
                        "PLANETE:TERRE"),
                wrong("Territoire inconnu" + NNBSP + ": «" + NBSP + "CPTS:", "values", "--territory", "CPTS:"),
                wrong("Dimension inconnue" + NNBSP + ": «" + NBSP + "taille", "values", "--by", "age,taille"),
                wrong("Dimension inconnue" + NNBSP + ": «", "values", "--by", "age,"),
                wrong("Dimension donnée deux fois" + NNBSP + ": «" + NBSP + "age,age", "values", "--by", "age,age"),
                wrong("Date illisible" + NNBSP + ": «" + NBSP + "hier", "refresh", "--as-of", "hier"),
                wrong("Date illisible" + NNBSP + ": «" + NBSP + "2026-02-30", "refresh", "--as-of", "2026-02-30"),
                wrong("Date illisible" + NNBSP + ": «" + NBSP + "demain", "load", "pom.xml", "--complete-to", "demain"),
                wrong("Il manque" + NNBSP + ": --as-of DATE.", "refresh"),
                wrong("--depth attend un nombre d’années", "refresh", "--as-of", "2026-02-28", "--depth", "0"),
                wrong(
                        "Valeur incorrecte pour --depth" + NNBSP + ": «" + NBSP + "cinq",
                        "refresh",
                        "--as-of",
                        "2026-02-28",
                        "--depth",
                        "cinq"),
                wrong("Aucun fichier donné", "load"),
                wrong("Fichier introuvable" + NNBSP + ": nulle/part.csv", "load", "nulle/part.csv"),
                wrong("Flux inconnu" + NNBSP + ": «" + NBSP + "malades", "load", "pom.xml", "--feed", "malades"),
                wrong("Valeur incorrecte pour --format" + NNBSP + ": «" + NBSP + "pdf", "values", "--format", "pdf"),
                wrong("--format xlsx n’existe que pour", "status", "--format", "xlsx"),
                wrong(
                        "--format xlsx n’existe que pour",
                        "explain",
                        "CAD-01",
                        "--territory",
                        "ENSEMBLE",
                        "--period",
                        "2026",
                        "--format",
                        "xlsx"),
                wrong("--format est donné deux fois", "values", "--format", "csv", "--format", "json"),
                wrong("Adresse de base de données illisible", "status", "--database", "postgres.example:5432"),
                wrong("Lecteur inconnu" + NNBSP + ": «" + NBSP + "voisin", "values", "--audience", "voisin"),
                wrong(
                        "dites à qui avec --audience. Au choix" + NBSP + ": interne (valeurs internes, non masquées"
                                + NBSP + ": à ne pas diffuser), partenaire (valeurs pour les partenaires",
                        "values",
                        "--format",
                        "xlsx"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongWords")
    void wrongWordsEndWithCodeTwoAndASentenceBeforeAnythingIsOpened(List<String> words, String sentence) {
        Path home = folder.resolve("instance");
        List<String> arguments = new ArrayList<>(words);
        arguments.addAll(List.of("--home", home.toString()));

        Screen screen = Screen.of(arguments.toArray(String[]::new));

        assertTrue(screen.err().contains(sentence), screen.err());
        assertEquals(2, screen.code());
        assertEquals("", screen.out());
        assertFalse(screen.err().contains("\tat "), screen.err());
        assertFalse(Files.exists(home), "the instance was opened before the words were read");
    }

    @Test
    void helpListsEveryCommandOfTheContractAtTheStartOfALine() {
        Screen screen = Screen.of("--help");

        List<String> firstWords =
                screen.lines().stream().map(line -> line.strip().split(" ")[0]).toList();
        for (String command : List.of(
                "demo",
                "load",
                "refresh",
                "run",
                "withdraw",
                "values",
                "explain",
                "indicators",
                "rejects",
                "status",
                "doctor",
                "stop")) {
            assertTrue(firstWords.contains(command), command + " is not listed in:\n" + screen.out());
        }
        assertEquals(0, screen.code());
    }

    @Test
    void everyCommandHasItsOwnHelpWithTheOptionsOfTheContract() {
        Screen refresh = Screen.of("refresh", "--help");

        for (String option :
                List.of("--as-of", "--full", "--depth", "--master", "--definitions", "--home", "--database")) {
            assertTrue(refresh.out().contains(option), option + " is not in:\n" + refresh.out());
        }
        assertEquals(0, refresh.code());
    }

    @Test
    void anOptionGivenBeforeTheCommandIsNotIgnored() {
        Path home = folder.resolve("instance");

        Screen screen = Screen.of("--home", home.toString(), "--database", "nimporte", "status");

        assertTrue(screen.err().contains("Adresse de base de données illisible"), screen.err());
        assertEquals(2, screen.code());
    }

    @Test
    void whereNothingWasWrittenReadingSaysSoAtOnceAndMakesNothing() {
        String home = folder.resolve("instanse").toString();

        Screen status = Screen.of("status", "--format", "json", "--home", home);
        Screen rejects = Screen.of("rejects", "--format", "csv", "--home", home);
        Screen indicators = Screen.of("indicators", "--format", "csv", "--home", home);
        Screen values = Screen.of("values", "--home", home);
        Screen older = Screen.of("values", "--publication", "3", "--home", home);
        Screen explain = Screen.of("explain", "CAD-01", "--territory", "ENSEMBLE", "--period", "2026", "--home", home);

        assertEquals(0, status.code(), status.err());
        assertTrue(status.out().contains("\"publication\" : null"), status.out());
        assertTrue(status.out().contains("\"etat\" : \"ARRETE\""), status.out());
        assertEquals(List.of("fichier;flux;ligne;colonne;niveau;code;message;valeur"), rejects.lines());
        assertTrue(indicators.out().contains("CAD-04;1;Rendez-vous non honorés;;;rendez_vous;N;rendez_vous"));
        for (Screen screen : List.of(values, explain)) {
            assertEquals(1, screen.code());
            assertTrue(screen.err().startsWith("Aucune publication pour l’instant"), screen.err());
        }
        assertEquals(2, older.code());
        assertFalse(Files.exists(folder.resolve("instanse")));
    }

    @Test
    void aHomeThatCannotBeAFolderIsToldEvenToReaders() throws IOException {
        Path file = Files.writeString(folder.resolve("fichier"), "");

        for (Path home : List.of(file, file.resolve("dessous"))) {
            Screen screen = Screen.of("status", "--home", home.toString());

            assertEquals(1, screen.code());
            assertTrue(screen.err().contains("ne peut pas être créé"), screen.err());
        }
    }

    @Test
    void stoppingAnInstanceThatNeverRanSaysSoAndIsNoFailure() {
        Screen screen = Screen.of("stop", "--home", folder.resolve("instance").toString());

        assertEquals("Rien ne tournait." + System.lineSeparator(), screen.err());
        assertEquals(0, screen.code());
    }
}
