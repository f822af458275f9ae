package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every worked example of every definition, through the oracle: what a file says that it gives, it gives. */
class WorkedExamplesTest {

    @TempDir
    private static Path folder;

    private static Catalogue catalogue;

    @BeforeAll
    static void read() throws IOException {
        catalogue = WorkedExample.catalogue(folder);
    }

    private static List<Definition> versions() {
        return catalogue.definitions().stream()
                .flatMap(last -> catalogue.versions(last.code()).stream())
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyReadingOfEveryExampleGivesWhatItsFileSays() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Definition definition : versions()) {
            for (WorkedExample example : WorkedExample.of(definition)) {
                Oracle oracle = new Oracle(example.silver(), example.limit());
                for (WorkedExample.Given given : example.gives()) {
                    tests.add(DynamicTest.dynamicTest(
                            definition.code() + "/" + given.variant() + ", " + example.name(),
                            () -> assertEquals(given, found(oracle, definition, example, given.variant()))));
                }
            }
        }
        return tests;
    }

    @Test
    void everyReadingIsWorkedOutBySomeExample() {
        List<String> without = new ArrayList<>();
        for (Definition definition : versions()) {
            Set<String> given = WorkedExample.of(definition).stream()
                    .flatMap(example -> example.gives().stream())
                    .map(WorkedExample.Given::variant)
                    .collect(Collectors.toSet());
            definition.variants().stream()
                    .filter(variant -> !given.contains(variant.name()))
                    .map(Variant::key)
                    .forEach(without::add);
        }
        assertEquals(List.of(), without, "architecture.md 5: at least one worked example");
    }

    private static WorkedExample.Given found(
            Oracle oracle, Definition definition, WorkedExample example, String variant) {
        return oracle.evaluate(definition.variant(variant).orElseThrow(), List.of()).stream()
                .filter(one -> (one.territoryType() + ":" + one.territoryCode()).equals(example.territory()))
                .filter(one -> one.period().equals(example.period()))
                .findFirst()
                .map(WorkedExample.Given::of)
                .orElseThrow();
    }
}
