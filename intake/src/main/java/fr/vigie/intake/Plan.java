package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedColumn.Requirement;
import fr.vigie.schema.FeedContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How the records of one file become lines of one feed.
 *
 * @param blocks each emits at most one line per record
 * @param notes what the header calls for, at line 1
 */
record Plan(List<Block> blocks, List<Finding> notes) {

    private static final int SHOWN_NAMES = 10;
    private static final int LONGEST_NAME = 40;

    /** One value of a line of the feed. */
    @FunctionalInterface
    interface Cell {
        Cell EMPTY = (record, remarks) -> "";

        String of(CsvRecord record, Remarks remarks);
    }

    /** A warning that a mapping attaches to the lines of some records. */
    record Note(Predicate<CsvRecord> when, String column, Finding finding) {}

    /**
     * One way to make a line.
     *
     * @param when the records that it is made of
     * @param cells one per column of the contract
     * @param person the pseudonym of the person of the line
     */
    record Block(Predicate<CsvRecord> when, List<Cell> cells, Cell person, LineChecker checker, List<Note> notes) {

        CheckedLine line(CsvRecord record) {
            String[] values = new String[cells.size()];
            Doubts doubts = new Doubts(checker);
            for (int index = 0; index < values.length; index++) {
                doubts.column = index;
                values[index] = cells.get(index).of(record, doubts);
            }
            CheckedLine checked = checker.check(values);
            for (Note note : notes) {
                if (note.when().test(record)) {
                    doubts.found.add(new CheckedLine.LineFinding(note.column(), note.finding(), ""));
                }
            }
            return checked.isRejected() ? checked : checked.with(doubts.found);
        }
    }

    /** What the values of one line leave doubtful, each at its column. */
    private static final class Doubts implements Remarks {
        private final LineChecker checker;
        private final List<CheckedLine.LineFinding> found = new ArrayList<>(0);
        private int column;

        Doubts(LineChecker checker) {
            this.checker = checker;
        }

        @Override
        public void doubt(Finding finding) {
            found.add(new CheckedLine.LineFinding(checker.columnName(column), finding, ""));
        }

        @Override
        public void untranslated(String text, boolean isReplaced) {}
    }

    /** The plan of a file in the exchange format: each column under its own name. */
    static Plan plain(FeedContract contract, HeaderLine header, LineChecker checker, String source, EmptyWords empties)
            throws Refusal {
        Map<String, Integer> places = header.places();
        Set<String> known = contract.columns().stream().map(FeedColumn::name).collect(Collectors.toSet());
        checkHeader(contract, header, known, source);
        List<Cell> cells = new ArrayList<>();
        for (FeedColumn column : contract.columns()) {
            Integer place = places.get(column.name());
            cells.add(place == null ? Cell.EMPTY : (record, remarks) -> empties.clean(record.getField(place)));
        }
        List<String> unknown =
                places.keySet().stream().filter(name -> !known.contains(name)).toList();
        List<Finding> notes = unknown.isEmpty()
                ? List.of()
                : List.of(Finding.information(
                        "COLONNE_INCONNUE",
                        "Colonnes hors du contrat du flux, ignorées\u00a0: " + shown(unknown) + "."));
        return new Plan(List.of(new Block(record -> true, cells, Cell.EMPTY, checker, List.of())), notes);
    }

    private static void checkHeader(FeedContract contract, HeaderLine header, Set<String> known, String source)
            throws Refusal {
        List<List<String>> needed = neededColumns(contract);
        List<String> missing = new ArrayList<>();
        for (List<String> alternatives : needed) {
            boolean isGiven = alternatives.contains("source") && !source.isEmpty();
            if (!isGiven && alternatives.stream().noneMatch(header::has)) {
                missing.add(String.join(" ou ", alternatives));
            }
        }
        boolean noneFound =
                needed.stream().noneMatch(alternatives -> alternatives.stream().anyMatch(header::has));
        if (noneFound) {
            throw new Refusal(
                    "SANS_EN_TETE",
                    "La première ligne n’est pas l’en-tête du flux «\u00a0" + contract.feed()
                            + "\u00a0»\u00a0: aucune colonne obligatoire n’y figure (" + String.join(", ", missing)
                            + ")\u202f; ajoutez la ligne d’en-têtes.");
        }
        if (!missing.isEmpty()) {
            throw new Refusal(
                    "COLONNE_OBLIGATOIRE_ABSENTE",
                    "Colonne obligatoire absente du flux «\u00a0" + contract.feed() + "\u00a0»\u00a0: "
                            + String.join(", ", missing) + "\u202f; complétez l’export.");
        }
        List<String> twice =
                header.duplicates().stream().filter(known::contains).toList();
        if (!twice.isEmpty()) {
            throw twice(twice);
        }
    }

    static Refusal twice(List<String> names) {
        return new Refusal(
                "COLONNE_EN_DOUBLE",
                "Colonne présente deux fois\u00a0: " + String.join(", ", names) + "\u202f; n’en gardez qu’une.");
    }

    /** The mandatory columns, with those that may stand for another: the three of the birth, the doctor's two. */
    static List<List<String>> neededColumns(FeedContract contract) {
        List<List<String>> needed = new ArrayList<>();
        boolean birth = false;
        for (FeedColumn column : contract.columns()) {
            if (column.requirement() == Requirement.OPTIONAL) {
                continue;
            }
            if (!column.birth()) {
                needed.add(List.of(column.name()));
            } else if (!birth) {
                birth = true;
                needed.add(contract.columns().stream()
                        .filter(FeedColumn::birth)
                        .map(FeedColumn::name)
                        .toList());
            }
        }
        if (contract.key().contains("medecin")) {
            needed.add(List.of("rpps", "finess"));
        }
        return needed;
    }

    static String shown(List<String> names) {
        String list = names.stream().limit(SHOWN_NAMES).map(Plan::shown).collect(Collectors.joining(", "));
        return names.size() > SHOWN_NAMES ? list + "…" : list;
    }

    /** A name with many digits is no name: the header may be somebody's data. */
    static String shown(String name) {
        String text = name.chars().filter(Character::isDigit).count() > 4 ? MaskedCell.shape(name) : name;
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) + "…" : text;
    }
}
