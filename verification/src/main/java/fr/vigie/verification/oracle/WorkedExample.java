package fr.vigie.verification.oracle;

import fr.vigie.schema.Resources;
import fr.vigie.schema.YamlNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An example that a definition file works out by hand: rows, a date d'arrêt, and what each reading gives in one territory and period. Both engines
 * must find it.
 */
public record WorkedExample(
        String code, String name, Instant limit, String territory, String period, Silver silver, List<Given> gives) {

    public WorkedExample {
        gives = List.copyOf(gives);
    }

    /**
     * What one reading gives; the reasons that are not named are met by no fact.
     *
     * @param median of a delay, in its unit; null when the curve does not reach it, and for the other measures
     */
    public record Given(
            String variant,
            long numerator,
            long denominator,
            long immature,
            long undetermined,
            Map<String, Long> excluded,
            Map<String, Long> outOfPopulation,
            @Nullable BigDecimal median) {

        public Given {
            median = median == null ? null : median.stripTrailingZeros();
            excluded = Map.copyOf(excluded);
            outOfPopulation = Map.copyOf(outOfPopulation);
        }

        public static Given of(Result result) {
            return new Given(
                    result.variant().contains("/") ? result.variant().split("/")[1] : "",
                    result.numerator(),
                    result.denominator(),
                    result.immature(),
                    result.undetermined(),
                    result.excluded(),
                    result.outOfPopulation(),
                    result.median());
        }
    }

    /** The examples of one definition, in the order of its file. */
    public static List<WorkedExample> of(String code) {
        YamlNode.Problems problems = new YamlNode.Problems();
        List<WorkedExample> examples = new ArrayList<>();
        for (YamlNode node : YamlNode.read(code + ".yaml", Resources.text("definitions/" + code + ".yaml"), problems)
                .at("examples")
                .list()) {
            node.onlyKeys("name", "as_of", "territory", "period", "gives", "rows");
            examples.add(new WorkedExample(
                    code,
                    node.at("name").text(),
                    Tables.limit(node.at("as_of").text()),
                    node.at("territory").text(),
                    node.at("period").text(),
                    Tables.read(node.at("rows").text()),
                    node.at("gives").list().stream().map(WorkedExample::given).toList()));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems.sentences()));
        }
        return examples;
    }

    private static Given given(YamlNode node) {
        node.onlyKeys("variant", "numerator", "denominator", "immature", "undetermined", "excluded", "out", "median");
        return new Given(
                node.at("variant").textOr(""),
                node.at("numerator").whole(),
                node.at("denominator").whole(),
                number(node.at("immature")),
                number(node.at("undetermined")),
                counts(node.at("excluded")),
                counts(node.at("out")),
                node.at("median").isPresent() ? new BigDecimal(node.at("median").text()) : null);
    }

    private static long number(YamlNode node) {
        return node.isPresent() ? node.whole() : 0;
    }

    private static Map<String, Long> counts(YamlNode node) {
        Map<String, Long> counts = new TreeMap<>();
        node.entries().forEach((reason, count) -> counts.put(reason, count.whole()));
        return counts;
    }
}
