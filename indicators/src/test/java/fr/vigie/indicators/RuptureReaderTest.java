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

/** Rules of rupture are read from their folder, and a wrong file says all that is wrong with it. */
class RuptureReaderTest {

    @Test
    void theProductHasSevenRules() {
        assertEquals(
                List.of("RUP-01", "RUP-02", "RUP-03", "RUP-04", "RUP-05", "RUP-06", "RUP-07"),
                Catalogue.read(Optional.empty()).ruptures().stream()
                        .map(RuptureRule::code)
                        .toList());
    }

    @Test
    void aWrongFileSaysAllItsProblemsAtOnce(@TempDir Path folder) throws IOException {
        Path own = Files.createDirectories(folder.resolve("ruptures"));
        Files.writeString(
                own.resolve("RUP-01.yaml"),
                Resources.text("ruptures/RUP-01.yaml")
                        .replace("feeds: [evenements, rendez_vous]", "feeds: [rendez_vous]")
                        .replace("severity: 2", "severity: 7")
                        .replace("keep: est_sortie_index", "keep: est_index")
                        .replace("prevented_by: suivi_le", "prevented_by: nuits")
                        .replace("rule: RUP-07", "rule: RUP-77"));
        Catalogue.DefinitionProblem problem =
                assertThrows(Catalogue.DefinitionProblem.class, () -> Catalogue.read(Optional.of(folder)));
        List<String> sentences = String.valueOf(problem.getMessage()).lines().toList();
        assertEquals(
                List.of("severity", "feeds", "prevented_by", "population[0].keep", "absorbed_by.rule"),
                sentences.stream().map(line -> line.split(" : ")[1]).toList());
    }

    @Test
    void aVersionThatLeavesADayWithoutRuleIsRefused(@TempDir Path folder) throws IOException {
        Path own = Files.createDirectories(folder.resolve("ruptures"));
        Files.writeString(
                own.resolve("RUP-01.yaml"),
                Resources.text("ruptures/RUP-01.yaml")
                                .replace("version: 1", "version: 2")
                                .replace("since: 1900-01-01", "since: 2026-03-02")
                        + "earlier:\n  - {version: 1, since: 2015-01-01, until: 2026-02-28, parameters: {delai: 7}}\n");
        Catalogue.DefinitionProblem problem =
                assertThrows(Catalogue.DefinitionProblem.class, () -> Catalogue.read(Optional.of(folder)));
        assertEquals("RUP-01.yaml : since : la version précédente finit la veille du 2026-03-01", problem.getMessage());
    }
}
