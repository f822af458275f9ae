package fr.vigie.intake;

import fr.vigie.intake.MappedValue.DateChange;
import fr.vigie.intake.Mapping.MappedBlock;
import fr.vigie.intake.Mapping.MappedNote;
import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.YamlNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a mapping against the contracts of the feeds and gathers every problem before it gives up. */
final class MappingReader {

    private static final List<String> ORIGINS = List.of("from", "constant", "year_of", "first_of");

    private final Map<String, FeedContract> contracts;
    private final YamlNode.Problems problems = new YamlNode.Problems();

    MappingReader(Map<String, FeedContract> contracts) {
        this.contracts = contracts;
    }

    Mapping read(String file, String text) {
        YamlNode node = YamlNode.read(file, text, problems)
                .onlyKeys("name", "label", "source", "zone", "earliest", "ignored_files", "blocks");
        List<MappedBlock> blocks = new ArrayList<>();
        node.at("blocks").list().forEach(block -> blocks.add(block(block)));
        if (blocks.isEmpty()) {
            node.at("blocks").problem("au moins un bloc est attendu");
        }
        node.at("label").text();
        Mapping mapping = new Mapping(
                node.at("name").text(),
                text,
                node.at("source").optionalText(),
                zone(node.at("zone")),
                node.at("earliest").isPresent() ? day(node.at("earliest")) : CheckOptions.EARLIEST,
                globs(node.at("ignored_files")),
                blocks);
        if (!problems.isEmpty()) {
            throw new Mapping.Unusable(problems.sentences());
        }
        return mapping;
    }

    private MappedBlock block(YamlNode node) {
        node.onlyKeys("feed", "files", "when", "columns", "notes");
        String feed = node.at("feed").text();
        FeedContract contract = contracts.get(feed);
        if (contract == null) {
            node.at("feed").problem("flux inconnu (connus : " + String.join(", ", contracts.keySet()) + ")");
            return new MappedBlock(feed, List.of(), List.of(), Map.of(), false, List.of());
        }
        Map<String, MappedValue> columns = new LinkedHashMap<>();
        boolean opaque = false;
        for (Map.Entry<String, YamlNode> entry : node.at("columns").entries().entrySet()) {
            Optional<FeedColumn> column = contract.column(entry.getKey());
            if (column.isEmpty()) {
                entry.getValue().problem("colonne inconnue du flux « " + feed + " »");
                continue;
            }
            columns.put(entry.getKey(), value(entry.getValue(), column.get()));
            opaque |= entry.getValue().at("opaque").isPresent()
                    && entry.getValue().at("opaque").flag(false);
        }
        for (List<String> alternatives : Plan.neededColumns(contract)) {
            if (alternatives.stream().noneMatch(columns::containsKey) && !alternatives.equals(List.of("source"))) {
                node.at("columns").problem("colonne obligatoire absente : " + String.join(" ou ", alternatives));
            }
        }
        List<MappedNote> notes = new ArrayList<>();
        node.at("notes").list().forEach(note -> notes.add(note(note, contract)));
        return new MappedBlock(
                feed, globs(node.at("files")), conditions(node.at("when")), Map.copyOf(columns), opaque, notes);
    }

    private static MappedNote note(YamlNode node, FeedContract contract) {
        node.onlyKeys("when", "column", "code", "message");
        String column = node.at("column").text();
        if (contract.column(column).isEmpty()) {
            node.at("column").problem("colonne inconnue du flux « " + contract.feed() + " »");
        }
        return new MappedNote(
                conditions(node.at("when")),
                column,
                Finding.warning(node.at("code").text(), node.at("message").text()));
    }

    private static List<Condition> conditions(YamlNode node) {
        return node.list().stream().map(Condition::read).toList();
    }

    /** A text alone is the name of a column. */
    private MappedValue value(YamlNode node, FeedColumn column) {
        if (!node.isMap()) {
            return new MappedValue.FromColumn(
                    HeaderLine.normalise(node.text()), DateChange.NONE, Map.of(), Optional.empty(), "");
        }
        node.onlyKeys(
                "from",
                "constant",
                "year_of",
                "minus",
                "first_of",
                "when",
                "codes",
                "otherwise",
                "prefix",
                "date_format",
                "day_only",
                "shift_years",
                "opaque");
        if (ORIGINS.stream().filter(key -> node.at(key).isPresent()).count() != 1) {
            node.problem("une seule des clés " + String.join(", ", ORIGINS) + " est attendue");
        }
        if (node.at("opaque").isPresent() && column.type() != ColumnType.PERSON) {
            node.at("opaque").problem("ne vaut que pour l’identifiant d’une personne");
        }
        MappedValue value = origin(node, column);
        List<Condition> conditions = conditions(node.at("when"));
        return conditions.isEmpty() ? value : new MappedValue.When(conditions, value);
    }

    private MappedValue origin(YamlNode node, FeedColumn column) {
        if (node.at("constant").isPresent()) {
            String text = node.at("constant").text();
            checkCode(node.at("constant"), text, column);
            return new MappedValue.Constant(text);
        }
        if (node.at("first_of").isPresent()) {
            return new MappedValue.FirstOf(node.at("first_of").list().stream()
                    .map(choice -> value(choice, column))
                    .toList());
        }
        if (node.at("year_of").isPresent()) {
            return new MappedValue.YearOf(
                    HeaderLine.normalise(node.at("year_of").text()),
                    dates(node),
                    HeaderLine.normalise(node.at("minus").text()));
        }
        Map<String, String> codes = new LinkedHashMap<>();
        node.at("codes").entries().forEach((code, translation) -> {
            codes.put(code, translation.text());
            checkCode(translation, translation.text(), column);
        });
        Optional<String> otherwise = node.at("otherwise").optionalText();
        otherwise.ifPresent(text -> checkCode(node.at("otherwise"), text, column));
        return new MappedValue.FromColumn(
                HeaderLine.normalise(node.at("from").textOr("")),
                dates(node),
                Map.copyOf(codes),
                otherwise,
                node.at("prefix").textOr(""));
    }

    private static void checkCode(YamlNode node, String code, FeedColumn column) {
        if (column.type() == ColumnType.CODE
                && !column.open()
                && !code.isEmpty()
                && !column.codes().contains(code)) {
            node.problem("code inconnu de la colonne « " + column.name() + " »");
        }
    }

    private static DateChange dates(YamlNode node) {
        DateTimeFormatter format = null;
        if (node.at("date_format").isPresent()) {
            try {
                format = DateTimeFormatter.ofPattern(node.at("date_format").text(), Locale.ROOT)
                        .withResolverStyle(ResolverStyle.STRICT);
            } catch (IllegalArgumentException wrong) {
                node.at("date_format").problem("modèle de date inconnu (exemple : uuuu-MM-dd HH:mm:ss)");
            }
        }
        int shift = node.at("shift_years").isPresent()
                ? Math.toIntExact(
                        Math.max(-1000, Math.min(1000, node.at("shift_years").whole())))
                : 0;
        return new DateChange(format, node.at("day_only").flag(false), shift);
    }

    private static ZoneId zone(YamlNode node) {
        try {
            return ZoneId.of(node.textOr("Europe/Paris"));
        } catch (DateTimeException unknown) {
            node.problem("fuseau horaire inconnu (exemple : Europe/Paris)");
            return DateReader.PARIS;
        }
    }

    static LocalDate day(YamlNode node) {
        WrittenDate written = WrittenDate.parse(node.text());
        if (written == null) {
            node.problem("une date aaaa-mm-jj est attendue");
            return CheckOptions.EARLIEST;
        }
        return written.day();
    }

    /** {@code *} stands for any text; case does not count. */
    private static List<Pattern> globs(YamlNode node) {
        return node.texts().stream()
                .map(glob -> Pattern.compile(
                        Pattern.quote(glob.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q")))
                .toList();
    }
}
