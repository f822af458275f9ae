package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import fr.vigie.schema.FeedContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries a mapping on a file: what its first lines become, and what of the whole file was not understood. Nothing is kept, and nothing that a
 * person is known by is given back in clear.
 */
public final class MappingTrial {

    /**
     * One value of one line.
     *
     * @param before the columns of the file that it comes from, with their texts, masked as in the list of rejects
     * @param after what the warehouse would keep; of a rejected line, what the mapping made
     * @param codes of the findings, one space between them
     */
    public record ShownCell(long line, String column, String before, String after, String codes) {}

    /**
     * What was not understood, or deserves a look.
     *
     * @param column of the feed; empty for the file
     * @param level {@code E}, {@code A}, {@code I}
     * @param value of the file, masked when it could identify someone; empty when no value is meant
     * @param count lines on which it was seen
     * @param line of the first of them; 0 when it is of no line
     */
    public record Remark(
            String column, String level, String code, String message, String value, long count, long line) {}

    /**
     * One file read for one feed.
     *
     * @param refusal why the file would be refused whole
     * @param unused columns of the file that no feed reads
     */
    public record TriedFeed(
            String file,
            String feed,
            long read,
            long rejected,
            Optional<String> refusal,
            List<ShownCell> cells,
            List<Remark> remarks,
            List<String> unused) {}

    private final Mapping mapping;
    private final Map<String, FeedContract> contracts;
    private final LocalDate completeTo;
    private final int rows;

    /**
     * @param completeTo whole day after which nothing can have happened, as the door is told it
     * @param rows lines shown of each feed
     */
    public MappingTrial(Mapping mapping, Map<String, FeedContract> contracts, LocalDate completeTo, int rows) {
        this.mapping = mapping;
        this.contracts = Map.copyOf(contracts);
        this.completeTo = completeTo;
        this.rows = rows;
    }

    /** One result per file and feed; a file that no block reads is one result without a feed. */
    public List<TriedFeed> of(Path path) {
        Inbox inbox = Inbox.of(List.of(path), Limits.DEFAULT, mapping::names);
        List<TriedFeed> tried = new ArrayList<>();
        for (InputFile file : inbox.files()) {
            List<String> feeds = mapping.feeds(file);
            if (feeds.isEmpty() && !mapping.isIgnored(file)) {
                tried.add(refused(file, "", mapping.readsNothing().sentence()));
            }
            tried.addAll(of(file, feeds));
        }
        inbox.refused()
                .forEach(one -> tried.add(new TriedFeed(
                        one.displayName(),
                        "",
                        0,
                        0,
                        Optional.of(one.refusal().sentence()),
                        List.of(),
                        List.of(),
                        List.of())));
        return tried;
    }

    /** A column that one feed reads is read. */
    private List<TriedFeed> of(InputFile file, List<String> feeds) {
        List<TriedFeed> tried = feeds.stream().map(feed -> of(file, feed)).toList();
        return tried.stream()
                .map(one -> {
                    List<String> unused = one.unused().stream()
                            .filter(name -> tried.stream()
                                    .allMatch(other -> other.unused().contains(name)))
                            .toList();
                    return new TriedFeed(
                            one.file(),
                            one.feed(),
                            one.read(),
                            one.rejected(),
                            one.refusal(),
                            one.cells(),
                            one.remarks(),
                            unused);
                })
                .toList();
    }

    private static TriedFeed refused(InputFile file, String feed, String sentence) {
        return new TriedFeed(file.displayName(), feed, 0, 0, Optional.of(sentence), List.of(), List.of(), List.of());
    }

    private TriedFeed of(InputFile file, String feed) {
        FeedContract contract = contracts.get(feed);
        if (contract == null) {
            throw new IllegalStateException("feed without contract: " + feed);
        }
        try {
            Survey survey = Survey.of(file);
            Intake.checkText(survey);
            try (CsvLines lines = CsvLines.open(file, survey, feed, mapping.layout())) {
                return read(file, contract, lines);
            }
        } catch (Refusal refusal) {
            return refused(file, feed, refusal.sentence());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private TriedFeed read(InputFile file, FeedContract contract, CsvLines lines) throws Refusal {
        Records records = new Records(lines, mapping.layout());
        Binding binding = new Binding(records.header(), mapping.empties());
        Plan plan = mapping.bind(contract, file, binding, opaque -> checker(contract, opaque));
        TrialNotes notes = new TrialNotes(contract, mapping, file, binding);
        notes.header();
        long read = 0;
        long rejected = 0;
        long shown = 0;
        for (CsvRecord record = records.next(); record != null; record = records.next()) {
            if (records.isHeaderAgain(record)) {
                continue;
            }
            Finding wrongWidth = records.wrongWidth(record);
            if (wrongWidth != null) {
                read++;
                rejected++;
                notes.width(lines.line(), wrongWidth);
                continue;
            }
            for (int block = 0; block < plan.blocks().size(); block++) {
                if (!plan.blocks().get(block).when().test(record)) {
                    continue;
                }
                read++;
                boolean isShown = shown < rows;
                shown++;
                rejected +=
                        notes.line(lines.line(), record, block, plan.blocks().get(block), isShown) ? 1 : 0;
            }
        }
        return new TriedFeed(
                file.displayName(),
                contract.feed(),
                read,
                rejected,
                notes.refusal(read, rejected),
                notes.cells(),
                notes.remarks(),
                // A first line that is no header holds somebody's data.
                binding.hasNone()
                        ? List.of()
                        : binding.unused().stream().map(Plan::shown).toList());
    }

    private LineChecker checker(FeedContract contract, boolean opaque) {
        byte[] secret = new byte[Pseudonymiser.SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        // Pseudonyms of a trial are nobody's: they are never shown, and their key ends with it.
        Pseudonymiser pseudonymiser = new Pseudonymiser(secret, (pseudonym, source, kept) -> {});
        Optional<LocalDate> completeUntil = contract.reference() ? Optional.empty() : Optional.of(completeTo);
        return new LineChecker(
                contract,
                new CheckOptions(
                        completeUntil,
                        completeTo,
                        mapping.source().orElse(""),
                        mapping.zone(),
                        mapping.earliest(),
                        opaque),
                pseudonymiser);
    }
}
