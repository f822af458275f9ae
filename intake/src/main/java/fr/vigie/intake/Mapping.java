package fr.vigie.intake;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.Nearest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a foreign export becomes lines of the feeds; the grammar is in {@code warehouse-schema/feeds/mappings/README.md}.
 *
 * @param content the whole text of the file: another mapping of the same file is another delivery
 * @param source of the lines, unless the manifest or the option names one
 * @param zone of times written without an offset
 * @param earliest days before it are typing errors
 * @param layout of the files, all of one shape
 * @param empties texts that stand for nothing in any column
 * @param ignored names of files that the mapping knows and leaves aside
 */
public record Mapping(
        String name,
        String content,
        Optional<String> source,
        ZoneId zone,
        LocalDate earliest,
        Layout layout,
        EmptyWords empties,
        List<Pattern> ignored,
        List<MappedBlock> blocks) {

    /**
     * One block: one kind of line of one feed.
     *
     * @param files names of the files that it reads; empty for all
     * @param opaque whether the persons' identifiers are known not to be NIR
     */
    record MappedBlock(
            String feed,
            List<Pattern> files,
            List<Condition> when,
            Map<String, MappedValue> columns,
            boolean opaque,
            List<MappedNote> notes) {

        boolean reads(String fileName) {
            return files.isEmpty() || matches(files, fileName);
        }
    }

    /** A warning on the lines of some records. */
    record MappedNote(List<Condition> when, String column, Finding finding) {}

    /** The problems of a mapping, all of them, each with its file and path; found before any data is read. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<String> sentences;

        Unusable(List<String> sentences) {
            super(String.join("\n", sentences));
            this.sentences = List.copyOf(sentences);
        }

        public List<String> sentences() {
            return sentences;
        }
    }

    public Mapping {
        ignored = List.copyOf(ignored);
        blocks = List.copyOf(blocks);
    }

    /**
     * Reads a mapping.
     *
     * @param file name shown in the problems
     * @throws Unusable with every problem
     */
    public static Mapping read(String file, String text, Map<String, FeedContract> contracts) {
        return new MappingReader(contracts).read(file, text);
    }

    boolean isIgnored(InputFile file) {
        return matches(ignored, plainName(file));
    }

    /** Whether a block reads this file by its name, and not because it reads all of them. */
    boolean names(InputFile file) {
        return blocks.stream().anyMatch(block -> matches(block.files(), plainName(file)));
    }

    /** The feeds that a file feeds, in the order of the blocks. */
    List<String> feeds(InputFile file) {
        return blocks.stream()
                .filter(block -> block.reads(plainName(file)))
                .map(MappedBlock::feed)
                .distinct()
                .toList();
    }

    /** The blocks that make lines of a feed out of a file. */
    List<MappedBlock> blocks(String feed, InputFile file) {
        return blocks.stream()
                .filter(block -> block.feed().equals(feed) && block.reads(plainName(file)))
                .toList();
    }

    /** Of a file that no block reads and that is not left aside by name. */
    Refusal readsNothing() {
        return new Refusal(
                "FLUX_INCONNU",
                "Aucun bloc de la correspondance «\u00a0" + name
                        + "\u00a0» ne lit ce fichier\u202f; ajoutez-le à ses fichiers, ou à ceux qu’elle ignore.");
    }

    /**
     * @param others texts that stand for nothing besides those of the mapping
     * @param checkers of lines, by whether the persons' identifiers are opaque
     */
    Plan plan(
            FeedContract contract,
            InputFile file,
            HeaderLine header,
            EmptyWords others,
            Function<Boolean, LineChecker> checkers)
            throws Refusal {
        Binding binding = new Binding(header, others.and(empties.words()));
        Plan plan = bind(contract, file, binding, checkers);
        if (!binding.twice().isEmpty()) {
            throw Plan.twice(binding.twice());
        }
        if (!binding.missing().isEmpty()) {
            throw missing(binding.missing(), header);
        }
        return plan;
    }

    /** The plan of a file, a column that it does not have being empty. */
    Plan bind(FeedContract contract, InputFile file, Binding binding, Function<Boolean, LineChecker> checkers) {
        List<Plan.Block> bound = new ArrayList<>();
        for (MappedBlock block : blocks(contract.feed(), file)) {
            LineChecker checker = checkers.apply(block.opaque());
            Plan.Cell person = person(contract, block, binding, checker);
            List<Plan.Cell> cells = new ArrayList<>();
            for (FeedColumn target : contract.columns()) {
                MappedValue value = block.columns().get(target.name());
                cells.add(value == null ? Plan.Cell.EMPTY : value.bind(binding, person));
            }
            List<Plan.Note> notes = block.notes().stream()
                    .map(note -> new Plan.Note(MappedValue.all(note.when(), binding), note.column(), note.finding()))
                    .toList();
            bound.add(new Plan.Block(MappedValue.all(block.when(), binding), cells, person, checker, notes));
        }
        return new Plan(bound, List.of());
    }

    private static Plan.Cell person(FeedContract contract, MappedBlock block, Binding binding, LineChecker checker) {
        for (FeedColumn column : contract.columns()) {
            MappedValue value = block.columns().get(column.name());
            if (column.type() == ColumnType.PERSON && value != null) {
                Plan.Cell identifier = value.bind(binding, Plan.Cell.EMPTY);
                return (record, remarks) -> checker.pseudonym(identifier.of(record, Remarks.NONE));
            }
        }
        return Plan.Cell.EMPTY;
    }

    private Refusal missing(List<String> missing, HeaderLine header) {
        String names = missing.stream()
                .map(name -> name
                        + Nearest.of(name, header.names())
                                .map(near -> " (la plus proche\u00a0: " + near + ")")
                                .orElse(""))
                .collect(Collectors.joining(", "));
        return new Refusal(
                "COLONNE_OBLIGATOIRE_ABSENTE",
                "Colonne attendue par la correspondance «\u00a0" + name + "\u00a0» absente du fichier\u00a0: " + names
                        + ".");
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static String plainName(InputFile file) {
        return plainName(file.simpleName());
    }

    private static String plainName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }
}
