package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import fr.vigie.intake.CheckedLine.LineFinding;
import fr.vigie.intake.Mapping.MappedBlock;
import fr.vigie.intake.MappingTrial.Remark;
import fr.vigie.intake.MappingTrial.ShownCell;
import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedColumn.Requirement;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.Nearest;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a trial notes of one file read for one feed: the first lines, and what was not understood of all of them. */
final class TrialNotes {

    private static final int MOST_KEYS = 1_000_000;
    private static final DateTimeFormatter PARIS_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(DateReader.PARIS);

    private final FeedContract contract;
    private final Binding binding;
    private final List<MappedBlock> blocks;
    private final Mask mask;
    private final Map<String, Plan.Cell> sources = new HashMap<>();
    private final Set<String> filled = new TreeSet<>();
    private final List<Cell> cells = new ArrayList<>();
    private final Map<String, Set<String>> variety = new HashMap<>();
    private final List<Remark> header = new ArrayList<>();
    private final Map<Group, Seen> seen = new LinkedHashMap<>();
    private final List<String> keyColumns;
    private final Map<List<String>, Integer> contents = new HashMap<>();
    private boolean isExamined;
    private long repeated;
    private long firstRepeated;

    /** One value of a line that is shown, before it is known what may be shown of it. */
    private record Cell(long line, FeedColumn column, Map<String, String> texts, String after, List<String> codes) {}

    /** What is counted together. */
    private record Group(String column, Finding finding) {}

    /** How often, and which values. */
    private static final class Seen {
        private long count;
        private long firstLine;
        private final Map<String, Long> values = new LinkedHashMap<>();
    }

    TrialNotes(FeedContract contract, Mapping mapping, InputFile file, Binding binding) {
        this.contract = contract;
        this.binding = binding;
        this.blocks = mapping.blocks(contract.feed(), file);
        this.mask = new Mask(mapping, contract);
        Set<String> key = new HashSet<>(contract.key());
        if (key.contains("medecin")) {
            key.addAll(List.of("rpps", "finess"));
        }
        this.keyColumns = contract.columns().stream()
                .map(FeedColumn::name)
                .filter(key::contains)
                .toList();
    }

    /** What the names of the columns tell by themselves. */
    void header() {
        List<String> missing = binding.missing();
        if (binding.hasNone()) {
            header.add(whole(
                    "",
                    Level.E,
                    "SANS_EN_TETE",
                    "Aucune colonne de la correspondance n’est dans la première ligne\u00a0: le fichier a des lignes"
                            + " avant son en-tête (skip_lines), n’a pas d’en-tête (header), ou son séparateur est à donner"
                            + " (delimiter). Colonnes cherchées.",
                    String.join(", ", missing)));
            return;
        }
        for (String name : missing) {
            String near = code(name)
                    .map(one -> "\u202f; pour une valeur fixe, écrivez {constant: " + one + "}")
                    .or(() -> Nearest.of(name, binding.unused())
                            .map(one -> "\u202f; la plus proche\u00a0: «\u00a0" + one + "\u00a0»"))
                    .orElse("");
            header.add(whole("", Level.E, "COLONNE_ABSENTE", "Colonne que le fichier n’a pas" + near + ".", name));
        }
        for (String name : binding.twice()) {
            header.add(whole("", Level.E, "COLONNE_EN_DOUBLE", "Colonne présente deux fois dans le fichier.", name));
        }
    }

    /** The code that was written where the name of a column is expected. */
    private Optional<String> code(String name) {
        return contract.columns().stream()
                .flatMap(column -> column.codes().stream())
                .filter(one -> HeaderLine.normalise(one).equals(name))
                .findFirst();
    }

    private static Remark whole(String column, Level level, String code, String message, String value) {
        return new Remark(column, level.name(), code, message, value, 0, 0);
    }

    void width(long line, Finding finding) {
        note("", finding, "", line);
    }

    /** Whether the line is rejected. */
    boolean line(long line, CsvRecord record, int blockIndex, Plan.Block plan, boolean isShown) {
        MappedBlock block = blocks.get(blockIndex);
        CheckedLine checked = plan.line(record);
        isExamined = true;
        checkKey(line, checked);
        Map<String, List<String>> codes = new HashMap<>();
        for (LineFinding found : checked.findings()) {
            note(found.column(), found.finding(), value(found, block, record), line);
            codes.computeIfAbsent(found.column(), column -> new ArrayList<>())
                    .add(found.finding().code());
        }
        int stored = 0;
        for (int index = 0; index < contract.columns().size(); index++) {
            FeedColumn column = contract.columns().get(index);
            MappedValue value = block.columns().get(column.name());
            if (value != null) {
                String made = plan.cells().get(index).of(record, new Translations(column, value, line));
                if (!made.isEmpty()) {
                    filled.add(column.name());
                }
                Map<String, String> texts = texts(value, record);
                if (Mask.isListed(column)) {
                    texts.forEach(this::addVariety);
                }
                if (isShown) {
                    String after = checked.isRejected()
                            ? mask.made(value, column, made, plan.person().of(record, Remarks.NONE))
                            : mask.kept(
                                    column,
                                    after(column, checked.stored(), stored),
                                    plan.person().of(record, Remarks.NONE));
                    cells.add(new Cell(line, column, texts, after, codes.getOrDefault(column.name(), List.of())));
                }
            } else if (isShown && codes.containsKey(column.name())) {
                cells.add(new Cell(line, column, Map.of(), "", codes.get(column.name())));
            }
            stored += column.storedNames().size();
        }
        return checked.isRejected();
    }

    /** Lines of one key are versions of one fact: where they differ by more than their date, one of two facts would be lost. */
    private void checkKey(long line, CheckedLine checked) {
        if (checked.isRejected() || contents.size() > MOST_KEYS) {
            return;
        }
        List<String> key = new ArrayList<>();
        List<String> content = new ArrayList<>();
        int place = 0;
        for (FeedColumn column : contract.columns()) {
            List<String> stored =
                    checked.stored().subList(place, place + column.storedNames().size());
            if (keyColumns.contains(column.name())) {
                key.addAll(stored);
            } else if (!column.name().equals("date_maj")) {
                content.addAll(stored);
            }
            place += stored.size();
        }
        Integer before = contents.putIfAbsent(key, content.hashCode());
        if (before != null && before != content.hashCode()) {
            repeated++;
            firstRepeated = firstRepeated == 0 ? line : firstRepeated;
        }
    }

    /** In the words of the reader: an instant is an hour in Paris. */
    private static String after(FeedColumn column, List<String> stored, int place) {
        String text = stored.get(place);
        if (column.type() != ColumnType.DATETIME || text.isEmpty()) {
            return text;
        }
        String time = PARIS_TIME.format(Instant.parse(text));
        return stored.get(place + 1).equals("jour") ? time.substring(0, 10) + " (heure inconnue)" : time;
    }

    /** The texts of the file that a value is made of, by column; none for a constant. */
    private Map<String, String> texts(MappedValue value, CsvRecord record) {
        Map<String, String> texts = new LinkedHashMap<>();
        value.columns().forEach(name -> texts.put(name, source(name).of(record, Remarks.NONE)));
        return texts;
    }

    private void addVariety(String source, String text) {
        Set<String> known = variety.computeIfAbsent(source, one -> new HashSet<>());
        if (known.size() <= Mask.MOST_CODES) {
            known.add(text);
        }
    }

    /** Only once the whole file is read is it known whether a column holds a list of codes, or names. */
    private String before(Cell cell) {
        if (cell.texts().isEmpty()) {
            return cell.after().isEmpty() ? "" : "(constante)";
        }
        return cell.texts().entrySet().stream()
                .map(text -> text.getKey() + " = " + shown(cell.column(), text.getKey(), text.getValue()))
                .collect(Collectors.joining("\u202f; "));
    }

    private String shown(FeedColumn column, String source, String text) {
        return variety.getOrDefault(source, Set.of()).size() > Mask.MOST_CODES
                ? mask.hidden(text)
                : mask.before(source, column, text);
    }

    private Plan.Cell source(String name) {
        return sources.computeIfAbsent(name, binding::column);
    }

    /** What of the file a finding is about: of a code or of a commune, the text as written helps to translate it. */
    private String value(LineFinding found, MappedBlock block, CsvRecord record) {
        Optional<FeedColumn> column = contract.column(found.column());
        MappedValue value = column.isEmpty() ? null : block.columns().get(found.column());
        if (value == null || column.isEmpty() || !Mask.isCoded(column.get())) {
            return found.shown();
        }
        return value.columns()
                .distinct()
                .map(name -> mask.before(name, column.get(), source(name).of(record, Remarks.NONE)))
                .collect(Collectors.joining("\u202f; "));
    }

    private void note(String column, Finding finding, String value, long line) {
        Seen group = seen.computeIfAbsent(new Group(column, finding), one -> new Seen());
        group.count++;
        group.firstLine = group.firstLine == 0 ? line : group.firstLine;
        if (group.values.size() <= Mask.MOST_CODES || group.values.containsKey(value)) {
            group.values.merge(value, 1L, Long::sum);
        }
    }

    /** Texts that no translation names, where the contract alone would not say so. */
    private final class Translations implements Remarks {
        private final FeedColumn column;
        private final MappedValue value;
        private final long line;

        Translations(FeedColumn column, MappedValue value, long line) {
            this.column = column;
            this.value = value;
            this.line = line;
        }

        @Override
        public void doubt(Finding finding) {}

        @Override
        public void untranslated(String text, boolean isReplaced) {
            String shown = mask.before(value, column, text);
            if (isReplaced) {
                note(
                        column.name(),
                        Finding.information(
                                "AUTRE", "Texte sans traduction\u00a0: devient la valeur de «\u00a0otherwise\u00a0»."),
                        shown,
                        line);
            } else if (!Mask.isCoded(column)) {
                note(
                        column.name(),
                        Finding.information("NON_TRADUIT", "Texte sans traduction\u00a0: gardé comme il est écrit."),
                        shown,
                        line);
            }
        }
    }

    /** Why the file would be refused whole, as the door would say it. */
    Optional<String> refusal(long read, long rejected) {
        if (header.stream().anyMatch(remark -> remark.level().equals("E"))) {
            return Optional.of("Des colonnes de la correspondance manquent au fichier, ou y sont deux fois.");
        }
        return FeedIntake.isTooMany(rejected, read)
                ? Optional.of("Trop de lignes rejetées\u00a0: " + rejected + " sur " + read + " (plus de 10\u00a0%).")
                : Optional.empty();
    }

    List<ShownCell> cells() {
        return cells.stream()
                .map(cell -> new ShownCell(
                        cell.line(), cell.column().name(), before(cell), cell.after(), String.join(" ", cell.codes())))
                .toList();
    }

    /** Errors first; then as often as they were seen. */
    List<Remark> remarks() {
        List<Remark> remarks = new ArrayList<>(header);
        seen.forEach((group, what) -> remarks.addAll(remarks(group, what)));
        for (FeedColumn column : contract.columns()) {
            if (isExamined && isMapped(column) && !filled.contains(column.name())) {
                remarks.add(
                        column.requirement() == Requirement.VALUE
                                ? whole(
                                        column.name(),
                                        Level.E,
                                        "COLONNE_VIDE",
                                        "Colonne obligatoire, toujours vide dans ce fichier.",
                                        "")
                                : whole(
                                        column.name(),
                                        Level.A,
                                        "COLONNE_VIDE",
                                        "Colonne toujours vide dans ce fichier.",
                                        ""));
            }
        }
        if (repeated > 0) {
            remarks.add(new Remark(
                    String.join(" + ", keyColumns),
                    Level.A.name(),
                    "CLE_REPETEE",
                    contract.feed().equals("patients")
                            ? "Plusieurs lignes d’une même personne, qui ne disent pas la même chose\u00a0: la"
                                    + " dernière vaut seule. Si ce sont plusieurs personnes, il manque une colonne à"
                                    + " leur identifiant (join)."
                            : "Même identifiant qu’une ligne précédente, avec un autre contenu\u00a0: une seule des"
                                    + " deux resterait. Il manque peut-être une colonne à l’identifiant (join).",
                    "",
                    repeated,
                    firstRepeated));
        }
        remarks.sort(Comparator.comparing(Remark::level, Comparator.comparing(Level::valueOf))
                .thenComparing(Remark::count, Comparator.reverseOrder()));
        return remarks;
    }

    private boolean isMapped(FeedColumn column) {
        return blocks.stream()
                .map(block -> block.columns().get(column.name()))
                .anyMatch(value -> value != null
                        && value.columns().findAny().isPresent()
                        && value.columns().noneMatch(binding.missing()::contains));
    }

    /** Whether a column of the feed is made of so many texts that they may be names. */
    private boolean isVaried(String column) {
        return blocks.stream()
                .map(block -> Optional.ofNullable(block.columns().get(column)))
                .flatMap(Optional::stream)
                .flatMap(MappedValue::columns)
                .anyMatch(source -> variety.getOrDefault(source, Set.of()).size() > Mask.MOST_CODES);
    }

    private List<Remark> remarks(Group group, Seen what) {
        boolean areCodes = what.values.size() <= Mask.MOST_CODES && !isVaried(group.column());
        List<Remark> remarks = new ArrayList<>();
        Finding finding = group.finding();
        if (areCodes) {
            what.values.forEach((value, count) -> remarks.add(new Remark(
                    group.column(),
                    finding.level().name(),
                    finding.code(),
                    finding.message(),
                    value,
                    count,
                    what.firstLine)));
            return remarks;
        }
        // So many different texts are no list of codes: they may be names.
        remarks.add(new Remark(
                group.column(),
                finding.level().name(),
                finding.code(),
                finding.message(),
                mask.hidden(what.values.keySet().iterator().next())
                        + (what.values.size() == 1 ? "" : "\u202f; et d’autres"),
                what.count,
                what.firstLine));
        return remarks;
    }
}
