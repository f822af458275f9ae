package fr.vigie.intake;

import fr.vigie.intake.Mapping.MappedBlock;
import fr.vigie.intake.Mapping.MappedNote;
import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.Nearest;
import fr.vigie.schema.YamlNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a mapping against the contracts of the feeds and gathers every problem before it gives up. */
final class MappingReader {

    private static final int MOST_SKIPPED = 1000;

    /** Words of the names of columns that hold what a person is known by. */
    private static final Set<String> PERSON_WORDS = Set.of(
            "nom",
            "noms",
            "prenom",
            "prenoms",
            "name",
            "usager",
            "usagers",
            "patient",
            "patients",
            "personne",
            "beneficiaire",
            "assure",
            "naissance",
            "birth",
            "nir",
            "ins",
            "nss",
            "secu",
            "adresse",
            "telephone",
            "email",
            "courriel");

    /** Each way to make a value, with the keys that go with it, besides {@code when} and {@code opaque}. */
    private static final Map<String, Set<String>> ORIGINS = origins();

    private final Map<String, FeedContract> contracts;
    private final YamlNode.Problems problems = new YamlNode.Problems();

    MappingReader(Map<String, FeedContract> contracts) {
        this.contracts = contracts;
    }

    Mapping read(String file, String text) {
        YamlNode node = YamlNode.read(file, text, problems)
                .onlyKeys(
                        "name",
                        "label",
                        "source",
                        "zone",
                        "earliest",
                        "delimiter",
                        "skip_lines",
                        "header",
                        "empty",
                        "ignored_files",
                        "blocks");
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
                layout(node),
                EmptyWords.NONE.and(node.at("empty").texts()),
                globs(node.at("ignored_files")),
                blocks);
        if (!problems.isEmpty()) {
            throw new Mapping.Unusable(problems.sentences());
        }
        return mapping;
    }

    private static Map<String, Set<String>> origins() {
        Set<String> changes = Set.of("codes", "otherwise", "date_format", "shift_years", "day_only", "prefix");
        Set<String> joined = new TreeSet<>(changes);
        joined.add("separator");
        Map<String, Set<String>> origins = new LinkedHashMap<>();
        origins.put("from", changes);
        origins.put("join", joined);
        origins.put("constant", Set.of());
        origins.put("year_of", Set.of("minus", "date_format", "shift_years"));
        origins.put("first_of", Set.of());
        origins.put("postal_code", Set.of("commune"));
        origins.put("person", Set.of());
        return origins;
    }

    private static Layout layout(YamlNode node) {
        long skipped = node.at("skip_lines").isPresent() ? node.at("skip_lines").whole() : 0;
        if (skipped < 0 || skipped > MOST_SKIPPED) {
            node.at("skip_lines").problem("un nombre de lignes de 0 à " + MOST_SKIPPED + " est attendu");
            skipped = 0;
        }
        List<String> names =
                node.at("header").texts().stream().map(HeaderLine::normalise).toList();
        List<String> twice = new HeaderLine(names).duplicates();
        if (!twice.isEmpty()) {
            node.at("header").problem("nom donné deux fois : " + String.join(", ", twice));
        }
        return new Layout(delimiter(node.at("delimiter")), Math.toIntExact(skipped), names);
    }

    private static Optional<Character> delimiter(YamlNode node) {
        if (!node.isPresent()) {
            return Optional.empty();
        }
        String text = node.text().equals("tab") ? "\t" : node.text();
        if (text.length() == 1 && !Character.isLetterOrDigit(text.charAt(0)) && "\"\r\n ".indexOf(text.charAt(0)) < 0) {
            return Optional.of(text.charAt(0));
        }
        node.problem("un seul caractère est attendu (exemples : \"|\", \",\") ou tab");
        return Optional.empty();
    }

    private MappedBlock block(YamlNode node) {
        node.onlyKeys("feed", "files", "when", "columns", "notes");
        String feed = node.at("feed").text();
        FeedContract contract = contracts.get(feed);
        if (contract == null) {
            node.at("feed")
                    .problem("flux inconnu" + near(feed, contracts.keySet()) + " (connus : "
                            + String.join(", ", contracts.keySet()) + ")");
            return new MappedBlock(feed, List.of(), List.of(), Map.of(), false, List.of());
        }
        Map<String, MappedValue> columns = new LinkedHashMap<>();
        boolean opaque = false;
        for (Map.Entry<String, YamlNode> entry : node.at("columns").entries().entrySet()) {
            Optional<FeedColumn> column = contract.column(entry.getKey());
            if (column.isEmpty()) {
                entry.getValue().problem(unknownColumn(entry.getKey(), contract));
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
        checkIdentity(node.at("columns"), contract, columns);
        List<MappedNote> notes = new ArrayList<>();
        node.at("notes").list().forEach(note -> notes.add(note(note, contract)));
        return new MappedBlock(
                feed, globs(node.at("files")), conditions(node.at("when")), Map.copyOf(columns), opaque, notes);
    }

    /** Only the column of the person is replaced by a pseudonym: nothing else may carry what the person is known by. */
    private static void checkIdentity(YamlNode node, FeedContract contract, Map<String, MappedValue> values) {
        Set<String> identity = contract.columns().stream()
                .filter(column -> column.type() == ColumnType.PERSON && values.containsKey(column.name()))
                .flatMap(column -> columns(values, column))
                .collect(Collectors.toSet());
        for (FeedColumn column : contract.columns()) {
            if (column.type() != ColumnType.TEXT || identity.isEmpty()) {
                continue;
            }
            Set<String> carried =
                    columns(values, column).filter(identity::contains).collect(Collectors.toSet());
            if (carried.equals(identity) || carried.stream().anyMatch(MappingReader::saysAPerson)) {
                node.at(column.name())
                        .problem("« " + String.join(" », « ", carried)
                                + " » désigne la personne et entrerait en clair dans l’entrepôt : écrivez"
                                + " {person: true} à sa place");
            }
        }
    }

    private static Stream<String> columns(Map<String, MappedValue> values, FeedColumn column) {
        MappedValue value = values.get(column.name());
        return value == null ? Stream.empty() : value.columns();
    }

    /** @param column normalised name of a column of a file */
    static boolean saysAPerson(String column) {
        return Arrays.stream(column.split("_")).anyMatch(PERSON_WORDS::contains);
    }

    private static MappedNote note(YamlNode node, FeedContract contract) {
        node.onlyKeys("when", "column", "code", "message");
        String column = node.at("column").text();
        if (contract.column(column).isEmpty()) {
            node.at("column").problem(unknownColumn(column, contract));
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
            return column(node);
        }
        Set<String> keys = new TreeSet<>(ORIGINS.keySet());
        ORIGINS.values().forEach(keys::addAll);
        keys.addAll(List.of("when", "opaque"));
        node.onlyKeys(keys.toArray(String[]::new));
        List<String> origins = ORIGINS.keySet().stream()
                .filter(key -> node.at(key).isPresent())
                .toList();
        if (origins.size() != 1) {
            node.problem("une seule des clés " + String.join(", ", ORIGINS.keySet()) + " est attendue");
            return new MappedValue.Constant("");
        }
        checkCompanions(node, origins.get(0));
        if (node.at("opaque").isPresent() && column.type() != ColumnType.PERSON) {
            node.at("opaque").problem("ne vaut que pour l’identifiant d’une personne");
        }
        MappedValue value = origin(node, column);
        List<Condition> conditions = conditions(node.at("when"));
        return conditions.isEmpty() ? value : new MappedValue.When(conditions, value);
    }

    private static MappedValue column(YamlNode node) {
        return new MappedValue.Column(HeaderLine.normalise(node.text()));
    }

    /** A key that its neighbour makes useless would be a wish that nothing fulfils. */
    private static void checkCompanions(YamlNode node, String origin) {
        Set<String> useful = ORIGINS.getOrDefault(origin, Set.of());
        ORIGINS.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .sorted()
                .filter(key -> node.at(key).isPresent() && !useful.contains(key))
                .forEach(key -> node.at(key).problem("ne va pas avec « " + origin + " »"));
        if (node.at("otherwise").isPresent() && !node.at("codes").isPresent()) {
            node.at("otherwise").problem("ne va pas sans « codes »");
        }
        if (origin.equals("year_of") && !node.at("minus").isPresent()) {
            node.problem("« year_of » attend « minus », la colonne de l’âge");
        }
    }

    private MappedValue origin(YamlNode node, FeedColumn column) {
        if (node.at("constant").isPresent()) {
            String text = node.at("constant").text();
            checkCode(node.at("constant"), text, column);
            return new MappedValue.Constant(text);
        }
        if (node.at("first_of").isPresent()) {
            return new MappedValue.FirstOf(values(node.at("first_of"), column));
        }
        if (node.at("year_of").isPresent()) {
            return new MappedValue.YearOf(
                    HeaderLine.normalise(node.at("year_of").text()),
                    dates(node),
                    HeaderLine.normalise(node.at("minus").textOr("")));
        }
        if (node.at("postal_code").isPresent()) {
            if (column.type() != ColumnType.COMMUNE) {
                node.at("postal_code").problem("ne donne que le code INSEE d’une commune");
            }
            return new MappedValue.Commune(
                    HeaderLine.normalise(node.at("postal_code").text()),
                    node.at("commune").optionalText().map(HeaderLine::normalise));
        }
        if (node.at("person").isPresent()) {
            if (!node.at("person").flag(false)) {
                node.at("person").problem("true est attendu");
            }
            if (column.type() != ColumnType.TEXT) {
                node.at("person").problem("ne vaut que dans l’identifiant d’une ligne");
            }
            return new MappedValue.Person();
        }
        MappedValue written = node.at("join").isPresent()
                ? new MappedValue.Join(
                        values(node.at("join"), part(column)),
                        node.at("separator").textOr(""))
                : column(node.at("from"));
        return changed(node, column, written);
    }

    /** A part of a code is no code. */
    private static FeedColumn part(FeedColumn column) {
        ColumnType type = column.type() == ColumnType.CODE ? ColumnType.TEXT : column.type();
        return new FeedColumn(
                column.name(),
                type,
                column.requirement(),
                column.time(),
                column.mayLieAhead(),
                column.mayBeEmpty(),
                List.of(),
                true,
                column.birth(),
                column.counted());
    }

    private List<MappedValue> values(YamlNode node, FeedColumn column) {
        return node.list().stream().map(choice -> value(choice, column)).toList();
    }

    private static MappedValue changed(YamlNode node, FeedColumn column, MappedValue written) {
        Map<String, String> codes = new LinkedHashMap<>();
        node.at("codes").entries().forEach((code, translation) -> {
            String text = translation.text();
            checkCode(translation, text, column);
            String other = codes.put(FoldedText.of(code), text);
            if (other != null && !other.equals(text)) {
                translation.problem("deux traductions d’un même texte, à la casse, aux accents et aux espaces près");
            }
        });
        Optional<String> otherwise = node.at("otherwise").optionalText();
        otherwise.ifPresent(text -> checkCode(node.at("otherwise"), text, column));
        MappedValue.Changed changed = new MappedValue.Changed(
                written,
                Map.copyOf(codes),
                otherwise,
                dates(node),
                node.at("prefix").textOr(""));
        boolean isAsWritten = codes.isEmpty()
                && changed.dates().equals(DateChange.NONE)
                && changed.prefix().isEmpty();
        return isAsWritten ? written : changed;
    }

    private static String unknownColumn(String name, FeedContract contract) {
        return "colonne inconnue du flux « " + contract.feed() + " »"
                + near(name, contract.columns().stream().map(FeedColumn::name).toList());
    }

    private static String near(String written, Collection<String> known) {
        return Nearest.of(written, known)
                .map(one -> ", peut-être « " + one + " »")
                .orElse("");
    }

    private static void checkCode(YamlNode node, String code, FeedColumn column) {
        if (column.type() == ColumnType.CODE
                && !column.open()
                && !code.isEmpty()
                && !column.codes().contains(code)) {
            node.problem("code inconnu de la colonne « " + column.name() + " »" + near(code, column.codes())
                    + " (connus : " + String.join(", ", column.codes()) + ")");
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
