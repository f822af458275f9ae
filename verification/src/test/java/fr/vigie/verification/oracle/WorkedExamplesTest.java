package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every worked example of every definition, through the oracle: what a file says that it gives, it gives. */
class WorkedExamplesTest {

    private static final Catalogue CATALOGUE = Catalogue.read(Optional.empty());

    @TestFactory
    List<DynamicTest> everyReadingOfEveryExampleGivesWhatItsFileSays() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Definition definition : CATALOGUE.definitions()) {
            for (WorkedExample example : WorkedExample.of(definition.code())) {
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
        for (Definition definition : CATALOGUE.definitions()) {
            Set<String> given = WorkedExample.of(definition.code()).stream()
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
