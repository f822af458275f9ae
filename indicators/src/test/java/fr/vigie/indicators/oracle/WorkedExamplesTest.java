package fr.vigie.indicators.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.schema.Resources;
import fr.vigie.schema.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every worked example of every definition, through the oracle: what a file says that it gives, it gives. */
class WorkedExamplesTest {

    private static final Catalogue CATALOGUE = Catalogue.read(Optional.empty());

    @TestFactory
    List<DynamicTest> everyReadingOfEveryExampleGivesWhatItsFileSays() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Definition definition : CATALOGUE.definitions()) {
            for (YamlNode example : examples(definition.code())) {
                Oracle oracle = new Oracle(
                        Tables.read(example.at("rows").text()),
                        Tables.limit(example.at("as_of").text()));
                for (YamlNode given : example.at("gives").list()) {
                    String name = given.at("variant").textOr("");
                    tests.add(DynamicTest.dynamicTest(
                            definition.code() + "/" + name + ", "
                                    + example.at("name").text(),
                            () -> check(oracle, definition, example, given)));
                }
            }
        }
        assertFalse(tests.isEmpty(), "no worked example was found");
        return tests;
    }

    private static void check(Oracle oracle, Definition definition, YamlNode example, YamlNode given) {
        given.onlyKeys("variant", "numerator", "denominator", "immature", "undetermined", "excluded", "out");
        Result result =
                oracle
                        .evaluate(
                                definition
                                        .variant(given.at("variant").textOr(""))
                                        .orElseThrow(),
                                List.of())
                        .stream()
                        .filter(one -> (one.territoryType() + ":" + one.territoryCode())
                                .equals(example.at("territory").text()))
                        .filter(one -> one.period().equals(example.at("period").text()))
                        .findFirst()
                        .orElseThrow();
        Map<String, Object> expected = new TreeMap<>();
        expected.put("numerator", given.at("numerator").whole());
        expected.put("denominator", given.at("denominator").whole());
        expected.put("immature", number(given.at("immature")));
        expected.put("undetermined", number(given.at("undetermined")));
        expected.put("excluded", counts(given.at("excluded")));
        expected.put("out", counts(given.at("out")));
        Map<String, Object> actual = Map.of(
                "numerator", result.numerator(),
                "denominator", result.denominator(),
                "immature", result.immature(),
                "undetermined", result.undetermined(),
                "excluded", result.excluded(),
                "out", result.outOfPopulation());
        assertEquals(expected, new TreeMap<>(actual));
    }

    private static long number(YamlNode node) {
        return node.isPresent() ? node.whole() : 0;
    }

    private static Map<String, Long> counts(YamlNode node) {
        return node.entries().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().whole(), (one, other) -> one, TreeMap::new));
    }

    /** The rows of one example of an indicator, in the form of {@link Tables}. */
    static String rows(String code, String name) {
        return examples(code).stream()
                .filter(example -> example.at("name").text().equals(name))
                .findFirst()
                .orElseThrow()
                .at("rows")
                .text();
    }

    private static List<YamlNode> examples(String code) {
        return YamlNode.read(code + ".yaml", Resources.text("definitions/" + code + ".yaml"), new YamlNode.Problems())
                .at("examples")
                .list();
    }
}
