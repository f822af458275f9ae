package fr.vigie.schema;

import static java.util.Objects.requireNonNull;

import fr.vigie.schema.GoldColumn.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The contract of one gold fact: what definitions may name, what the pipelines must compute and what the oracle computes by itself.
 *
 * @param grain what one row is
 * @param feeds those that it is made of, without which it is not known
 * @param attribution where its rows are counted (domaine 0.6)
 * @param isState its rows tell how things stand on the last day of each month: over time they are never added up
 * @param columns its own columns after those common to every fact
 */
public record GoldTable(
        String name,
        String grain,
        List<String> feeds,
        Attribution attribution,
        boolean isState,
        List<GoldColumn> columns) {

    /** Whose commune gives the zone of a fact. */
    public enum Attribution {
        /** That of the person, on the day of the fact. */
        RESIDENCE,
        /** That of the place; the fact is nobody's. */
        LIEU
    }

    private static final String COMMON = "_commun.yaml";

    public GoldTable {
        feeds = List.copyOf(feeds);
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
        return Known.ALL;
    }

    /** Read once: facts ask for contracts, and contracts of their columns, dozens of times in a run. */
    private static final class Known {
        private static final Map<String, GoldTable> ALL = Collections.unmodifiableMap(read());
    }

    private static Map<String, GoldTable> read() {
        YamlNode.Problems problems = new YamlNode.Problems();
        Map<String, String> texts = Resources.texts("gold", ".yaml");
        List<GoldColumn> common = readColumns(YamlNode.read(COMMON, texts.getOrDefault(COMMON, ""), problems));
        Map<String, GoldTable> tables = new TreeMap<>();
        texts.forEach((file, text) -> {
            if (!file.equals(COMMON)) {
                YamlNode node = YamlNode.read(file, text, problems)
                        .onlyKeys("table", "grain", "feeds", "attribution", "state", "columns");
                List<GoldColumn> columns = new ArrayList<>(common);
                columns.addAll(readColumns(node));
                GoldTable table = new GoldTable(
                        node.at("table").text(),
                        node.at("grain").text(),
                        node.at("feeds").texts(),
                        Attribution.valueOf(node.at("attribution").textOr(Attribution.RESIDENCE.name())),
                        node.at("state").flag(false),
                        columns);
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
                        column.at("means").text(),
                        codes(column.at("codes")),
                        feed(column.at("feed"))))
                .toList();
    }

    private static Optional<String> feed(YamlNode node) {
        Optional<String> feed = node.optionalText();
        feed.filter(name -> !FeedContract.all().containsKey(name))
                .ifPresent(name -> node.problem("flux inconnu « " + name + " »"));
        return feed;
    }

    /** Codes, and those of the columns of feeds that are named: {@code [patients.pathologies, AUCUNE]}. */
    private static List<String> codes(YamlNode node) {
        return node.texts().stream()
                .flatMap(text -> {
                    int dot = text.indexOf('.');
                    return dot < 0
                            ? Stream.of(text)
                            : requireNonNull(FeedContract.all().get(text.substring(0, dot)), text)
                                    .column(text.substring(dot + 1))
                                    .orElseThrow()
                                    .codes()
                                    .stream();
                })
                .toList();
    }
}
