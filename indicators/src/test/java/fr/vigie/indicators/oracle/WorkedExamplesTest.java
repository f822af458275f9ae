package fr.vigie.indicators.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
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
        assertFalse(tests.isEmpty(), "no worked example was found");
        return tests;
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
