package fr.vigie.indicators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fr.vigie.schema.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

    @TempDir
    private Path folder;

    @Test
    void aFileThatCannotBeReadHidesNoOtherProblem() throws IOException {
        String definition = Resources.text("definitions/CAD-04.yaml");
        Files.write(folder.resolve("LOC-01.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.createSymbolicLink(folder.resolve("LOC-02.yaml"), folder.resolve("ailleurs.yaml"));
        Files.writeString(folder.resolve("LOC-03.yml"), definition);
        Files.writeString(folder.resolve("LOC-04.yaml"), definition.replace("code: CAD-04", "code: loc 4"));
        Files.writeString(folder.resolve("lisez-moi.txt"), "Nos indicateurs");

        Catalogue.DefinitionProblem problem =
                assertThrows(Catalogue.DefinitionProblem.class, () -> Catalogue.read(Optional.of(folder)));

        String unreadable = "fichier illisible\u202f: vérifiez ses droits, et qu’il est écrit en UTF-8";
        assertEquals(
                List.of(
                        "LOC-01.yaml : " + unreadable,
                        "LOC-02.yaml : " + unreadable,
                        "LOC-03.yml : un fichier de définition finit par .yaml",
                        "LOC-04.yaml : code : un code s’écrit en lettres, chiffres et tirets, par exemple LOC-01"),
                String.valueOf(problem.getMessage()).lines().toList());
    }

    @Test
    void failuresAreThoseOfAProportionThatIsBetterHighOrLowAndNameReasonsOfItsExclusions() throws IOException {
        String definition = Resources.text("definitions/CAD-01.yaml").replaceFirst("(?s)\nexamples:.*", "\n");
        Files.writeString(
                folder.resolve("LOC-01.yaml"),
                definition.replace("code: CAD-01", "code: LOC-01").replace("failures: [DECES,", "failures: [DEPARTS,"));
        Files.writeString(
                folder.resolve("LOC-02.yaml"),
                definition
                        .replace("code: CAD-01", "code: LOC-02")
                        .replace("direction: higher", "direction: descriptive"));
        Files.writeString(
                folder.resolve("LOC-03.yaml"),
                definition.replace("code: CAD-01", "code: LOC-03").replace("{failures:", "{kind: count, failures:"));

        Catalogue.DefinitionProblem problem =
                assertThrows(Catalogue.DefinitionProblem.class, () -> Catalogue.read(Optional.of(folder)));

        String at = " : variants.risque-echec.measure.failures : ";
        assertEquals(
                List.of(
                        "LOC-01.yaml" + at + "« DEPARTS » n’est le motif d’aucune exclusion",
                        "LOC-02.yaml" + at + "un échec demande un sens : direction higher ou lower",
                        "LOC-03.yaml : variants.risque-echec.measure : clé inconnue « failures »"
                                + " (connues : exclusions, fact, kind, mature_after, population)"),
                String.valueOf(problem.getMessage()).lines().toList());
    }
}
