package fr.vigie.intake;

import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How a foreign export becomes lines of the feeds; the grammar is in {@code warehouse-schema/feeds/mappings/README.md}.
 *
 * @param content the whole text of the file: another mapping of the same file is another delivery
 * @param source of the lines, unless the manifest or the option names one
 * @param zone of times written without an offset
 * @param earliest days before it are typing errors
 * @param ignored names of files that the mapping knows and leaves aside
 */
public record Mapping(
        String name,
        String content,
        Optional<String> source,
        ZoneId zone,
        LocalDate earliest,
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

    Plan plan(
            FeedContract contract,
            InputFile file,
            HeaderLine header,
            EmptyWords empties,
            Function<Boolean, LineChecker> checkers)
            throws Refusal {
        Map<String, Integer> places = header.places();
        List<Plan.Block> bound = new ArrayList<>();
        TreeSet<String> missing = new TreeSet<>();
        Set<String> used = new HashSet<>();
        Function<String, Plan.Cell> column = name -> {
            used.add(name);
            Integer place = places.get(name);
            if (place == null) {
                missing.add(name);
                return Plan.Cell.EMPTY;
            }
            return record -> empties.clean(record.getField(place));
        };
        for (MappedBlock block : blocks) {
            if (!block.feed().equals(contract.feed()) || !block.reads(plainName(file))) {
                continue;
            }
            List<Plan.Cell> cells = new ArrayList<>();
            for (FeedColumn target : contract.columns()) {
                MappedValue value = block.columns().get(target.name());
                cells.add(value == null ? Plan.Cell.EMPTY : value.bind(column));
            }
            List<Plan.Note> notes = block.notes().stream()
                    .map(note -> new Plan.Note(MappedValue.all(note.when(), column), note.column(), note.finding()))
                    .toList();
            bound.add(new Plan.Block(
                    MappedValue.all(block.when(), column), cells, checkers.apply(block.opaque()), notes));
        }
        List<String> twice = header.duplicates().stream().filter(used::contains).toList();
        if (!twice.isEmpty()) {
            throw Plan.twice(twice);
        }
        if (!missing.isEmpty()) {
            throw new Refusal(
                    "COLONNE_OBLIGATOIRE_ABSENTE",
                    "Colonne attendue par la correspondance «\u00a0" + name + "\u00a0» absente du fichier\u00a0: "
                            + String.join(", ", missing) + ".");
        }
        return new Plan(bound, List.of());
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static String plainName(InputFile file) {
        String name = file.simpleName().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }
}
