package fr.vigie.schema;

import fr.vigie.schema.FeedColumn.Requirement;
import fr.vigie.schema.FeedColumn.Time;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The exchange contract of one feed: drives parsing, checking, the messages of the rejects and the documentation (domaine 3.4, 3.5).
 *
 * @param feed the feed's name, also the start of its file names and the name of its bronze and silver tables
 * @param reference whether the feed is reference data, which has no completeness date
 * @param key the natural key (contrat.md 2); may name {@code source}, which a feed without such a column takes from the delivery, and
 *     {@code medecin}, which stands for rpps or finess
 * @param factDate the column that dates the fact, for feeds of facts
 */
public record FeedContract(
        String feed,
        String label,
        boolean reference,
        List<String> key,
        Optional<String> factDate,
        List<FeedColumn> columns) {

    public FeedContract {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    public Optional<FeedColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** Whether the lines name a person, and so carry a pseudonym. */
    public boolean isAboutPersons() {
        return columns.stream().anyMatch(column -> column.type() == ColumnType.PERSON);
    }

    /** Every feed of the product, by name. */
    public static Map<String, FeedContract> all() {
        return Known.ALL;
    }

    /** Read once: facts ask for contracts, and contracts of their columns, dozens of times in a run. */
    private static final class Known {
        private static final Map<String, FeedContract> ALL = Collections.unmodifiableMap(read());
    }

    private static Map<String, FeedContract> read() {
        YamlNode.Problems problems = new YamlNode.Problems();
        Map<String, FeedContract> contracts = new TreeMap<>();
        Resources.texts("feeds", ".yaml").forEach((file, text) -> {
            FeedContract contract = read(YamlNode.read(file, text, problems));
            contracts.put(contract.feed(), contract);
        });
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems.sentences()));
        }
        return contracts;
    }

    private static FeedContract read(YamlNode node) {
        node.onlyKeys("feed", "label", "reference", "key", "fact_date", "columns");
        List<FeedColumn> columns = new ArrayList<>();
        for (YamlNode column : node.at("columns").list()) {
            columns.add(readColumn(column));
        }
        return new FeedContract(
                node.at("feed").text(),
                node.at("label").text(),
                node.at("reference").flag(false),
                node.at("key").texts(),
                node.at("fact_date").optionalText(),
                columns);
    }

    private static FeedColumn readColumn(YamlNode node) {
        node.onlyKeys(
                "name",
                "type",
                "required",
                "time",
                "may_lie_ahead",
                "may_be_empty",
                "codes",
                "open",
                "birth",
                "counted");
        return new FeedColumn(
                node.at("name").text(),
                ColumnType.valueOf(node.at("type").text().toUpperCase(Locale.ROOT)),
                node.at("required")
                        .optionalText()
                        .map(text -> Requirement.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(Requirement.OPTIONAL),
                Time.valueOf(node.at("time").textOr("any").toUpperCase(Locale.ROOT)),
                conditions(node.at("may_lie_ahead")),
                conditions(node.at("may_be_empty")),
                node.at("codes").texts(),
                node.at("open").flag(false),
                node.at("birth").flag(false),
                node.at("counted").flag(false));
    }

    private static Map<String, List<String>> conditions(YamlNode node) {
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        node.entries().forEach((column, codes) -> conditions.put(column, codes.texts()));
        return conditions;
    }
}
