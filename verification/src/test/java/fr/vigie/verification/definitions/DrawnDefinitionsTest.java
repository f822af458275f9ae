package fr.vigie.verification.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawn definitions are read, and of each that is broken the file and the place are told before any data is there. */
class DrawnDefinitionsTest {

    private static final long SEED = Long.getLong("vigie.seed", 20261128L);
    private static final int DRAWN = 60;
    private static final int BROKEN = Integer.getInteger("vigie.broken", 6);

    @TempDir
    private Path folder;

    @Test
    void everyDrawnDefinitionIsReadAndTogetherTheyHoldEveryKindAndOption() throws IOException {
        for (int number = 0; number < DRAWN; number++) {
            for (Map.Entry<String, String> file :
                    RandomDefinition.files(SEED, number).entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        }
        Catalogue catalogue = Catalogue.read(Optional.of(folder));
        Set<String> met = new TreeSet<>();
        for (int number = 0; number < DRAWN; number++) {
            List<Definition> versions = catalogue.versions("T-" + number);
            met.add(versions.size() + " versions");
            for (Definition version : versions) {
                version.until().ifPresent(day -> met.add("until"));
                met.add(version.attribution());
                met.add(version.variants().size() + " variants");
                version.breakdowns().forEach(one -> met.add(one.size() + " dimensions"));
                for (Variant variant : version.variants()) {
                    met.add(variant.measure().getClass().getSimpleName());
                    met.add(variant.measure().selection().fact());
                    variant.measure().selection().maturity().ifPresent(one -> met.add("mature " + one.clock()));
                    variant.target()
                            .ifPresent(one -> met.add("target " + one.operator().symbol()));
                    if (!variant.measure().selection().exclusions().isEmpty()) {
                        met.add("exclusions");
                    }
                }
            }
        }
        assertEquals(
                new TreeSet<>(Set.of(
                        "1 versions",
                        "2 versions",
                        "until",
                        "RESIDENCE",
                        "LIEU",
                        "1 variants",
                        "2 variants",
                        "3 variants",
                        "1 dimensions",
                        "2 dimensions",
                        "Proportion",
                        "Ratio",
                        "Count",
                        "Delay",
                        "Persons",
                        "State",
                        "chaine",
                        "creneau",
                        "etape",
                        "orientation",
                        "passage",
                        "personne_mois",
                        "rendez_vous",
                        "rendez_vous_de_sortie",
                        "rupture",
                        "sortie",
                        "mature SECONDS",
                        "mature DAYS",
                        "target <",
                        "target <=",
                        "target >",
                        "target >=",
                        "exclusions")),
                met,
                "seed " + SEED);
    }

    @Test
    void everyBrokenDefinitionIsRefusedWithItsFileAndItsPlace() throws IOException {
        List<String> accepted = new ArrayList<>();
        Map<String, Integer> tried = new TreeMap<>();
        for (int number = 0; number < BROKEN; number++) {
            for (BrokenDefinition broken : BrokenDefinition.of(SEED, number)) {
                tried.merge(broken.what(), 1, Integer::sum);
                if (!isTold(broken)) {
                    accepted.add(broken.what() + ", seed " + SEED + ", definition " + number + "\n" + broken.yaml());
                }
            }
        }
        assertEquals(List.of(), accepted.stream().limit(3).toList());
        assertEquals(BrokenDefinition.mistakes(), tried.size(), "every mistake is made in some definition");
    }

    private boolean isTold(BrokenDefinition broken) throws IOException {
        Path own = Files.createTempDirectory(folder, "une");
        Files.writeString(own.resolve(broken.file()), broken.yaml());
        try {
            Catalogue.read(Optional.of(own));
            return false;
        } catch (Catalogue.DefinitionProblem problem) {
            String where = broken.file() + " : " + (broken.path().isEmpty() ? "" : broken.path() + " : ");
            return String.valueOf(problem.getMessage())
                    .lines()
                    .anyMatch(line -> line.startsWith(where) && line.length() > where.length());
        }
    }

    @Test
    void aFileThatIsNoYamlIsRefused() throws IOException {
        Files.writeString(folder.resolve("T-0.yaml"), "code: [");
        Catalogue.DefinitionProblem problem =
                assertThrows(Catalogue.DefinitionProblem.class, () -> Catalogue.read(Optional.of(folder)));
        assertTrue(String.valueOf(problem.getMessage()).startsWith("T-0.yaml : YAML illisible"), problem.getMessage());
    }
}
