package fr.vigie.verification.oracle;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.schema.Resources;
import fr.vigie.schema.YamlNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An example that a definition file works out by hand: rows, a date d'arrêt, and what each reading gives in one territory and period. Both engines
 * must find it.
 */
public record WorkedExample(
        String code,
        String name,
        Instant limit,
        String territory,
        String period,
        CurrentRows silver,
        List<Given> gives) {

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

    /** Definitions that are here for their examples: a kind of measure with an option that no indicator of the product has. */
    private static final String ESSAIS = "essais";

    /** The product's definitions and those, copied into a folder. */
    public static Catalogue catalogue(Path folder) throws IOException {
        for (Map.Entry<String, String> file : Resources.texts(ESSAIS, ".yaml").entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return Catalogue.read(Optional.of(folder));
    }

    /** The examples of one version of an indicator, in the order of its file. */
    public static List<WorkedExample> of(Definition version) {
        Map<String, String> texts = new TreeMap<>(Resources.texts("definitions", ".yaml"));
        texts.putAll(Resources.texts(ESSAIS, ".yaml"));
        String past = version.code() + ".v" + version.version() + ".yaml";
        String file = texts.containsKey(past) ? past : version.code() + ".yaml";
        String code = version.code();
        YamlNode.Problems problems = new YamlNode.Problems();
        List<WorkedExample> examples = new ArrayList<>();
        for (YamlNode node : YamlNode.read(file, texts.getOrDefault(file, ""), problems)
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
