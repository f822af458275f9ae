package fr.vigie.schema;

import fr.vigie.schema.GoldColumn.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The contract of one gold fact: what definitions may name, what the pipelines must compute and what the oracle computes by itself.
 *
 * @param grain what one row is
 * @param columns its own columns after those common to every fact
 */
public record GoldTable(String name, String grain, List<GoldColumn> columns) {

    private static final String COMMON = "_commun.yaml";

    public GoldTable {
        columns = List.copyOf(columns);
    }

    public Optional<GoldColumn> column(String wanted) {
        return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
    }

    /** The names of the stored columns, in the order of the contract. */
    public List<String> storedNames() {
        return columns.stream().flatMap(column -> column.storedNames().stream()).toList();
    }

    /** Every gold fact, by name. */
    public static Map<String, GoldTable> all() {
        YamlNode.Problems problems = new YamlNode.Problems();
        Map<String, String> texts = Resources.texts("gold", ".yaml");
        List<GoldColumn> common = readColumns(YamlNode.read(COMMON, texts.getOrDefault(COMMON, ""), problems));
        Map<String, GoldTable> tables = new TreeMap<>();
        texts.forEach((file, text) -> {
            if (!file.equals(COMMON)) {
                YamlNode node = YamlNode.read(file, text, problems).onlyKeys("table", "grain", "feeds", "columns");
                List<GoldColumn> columns = new ArrayList<>(common);
                columns.addAll(readColumns(node));
                GoldTable table =
                        new GoldTable(node.at("table").text(), node.at("grain").text(), columns);
                tables.put(table.name(), table);
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems.sentences()));
        }
        return tables;
    }

    private static List<GoldColumn> readColumns(YamlNode node) {
        return node.at("columns").list().stream()
                .map(column -> new GoldColumn(
                        column.at("name").text(),
                        Type.valueOf(column.at("type").text().toUpperCase(Locale.ROOT)),
                        column.at("means").text()))
                .toList();
    }
}
