package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.vigie.schema.FeedContract;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A real intake over a temporary folder, with what it leaves read back. */
final class Door {

    static final Map<String, FeedContract> CONTRACTS = FeedContract.all();
    static final LocalDate COMPLETE = LocalDate.of(2026, 10, 31);

    /** One line of a file, by column. */
    record Row(Map<String, String> values) {
        String at(String column) {
            String value = values.get(column);
            if (value == null) {
                throw new AssertionError("no column " + column);
            }
            return value;
        }
    }

    final Path inbox;
    final Path staging;
    final Map<String, String> vault = new TreeMap<>();
    final Pseudonymiser pseudonymiser;
    final List<Path> given = new ArrayList<>();
    Optional<String> feed = Optional.empty();
    Optional<String> source = Optional.empty();
    Optional<Mapping> mapping = Optional.empty();
    Optional<LocalDate> completeTo = Optional.of(COMPLETE);
    EmptyWords empties = EmptyWords.NONE;
    Function<String, Optional<Loaded>> loaded = id -> Optional.empty();
    Limits limits = Limits.DEFAULT;

    /** The same for every door: a fixed key makes no test weaker. */
    static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    Door(Path folder) throws IOException {
        inbox = Files.createDirectories(folder.resolve("inbox"));
        staging = folder.resolve("staging");
        pseudonymiser = new Pseudonymiser(
                SECRET, (pseudonym, source, encrypted) -> vault.put(pseudonym + "/" + source, encrypted));
    }

    Door put(String name, byte[] content) throws IOException {
        Path file = inbox.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return this;
    }

    Door put(String name, String content) throws IOException {
        return put(name, content, StandardCharsets.UTF_8);
    }

    Door put(String name, String content, Charset charset) throws IOException {
        return put(name, content.getBytes(charset));
    }

    /** The identifier that the vault keeps for a pseudonym. */
    String identifier(String pseudonym, String source) {
        String sealed = vault.get(pseudonym + "/" + source);
        return sealed == null ? "" : pseudonymiser.cipher().open(pseudonym, sealed);
    }

    List<IntakeResult> take() {
        List<Path> paths = given.isEmpty() ? List.of(inbox) : given;
        IntakeRequest request = new IntakeRequest(
                paths, feed, mapping, source, completeTo, empties, LocalDate.of(2026, 11, 22), loaded);
        return new Intake(CONTRACTS, pseudonymiser, staging, limits).take(request, ProgressListener.SILENT);
    }

    IntakeResult takeOne(String name, String content) throws IOException {
        List<IntakeResult> results = put(name, content).take();
        if (results.size() != 1) {
            throw new AssertionError("one result expected, got " + results.size());
        }
        return results.get(0);
    }

    /** The result of a file put beside others. */
    IntakeResult takeBeside(String name, String content) throws IOException {
        return put(name, content).take().stream()
                .filter(result -> result.displayName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Every byte that the intake left on disk, but for the files that were given to it. */
    String everythingWritten() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(staging)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(file.getFileName()).append('\n').append(Files.readString(file));
            }
        }
        return all.toString();
    }

    /** Kept lines, column to value. */
    static List<Row> staged(IntakeResult result) throws IOException {
        return rows(result.staged().orElseThrow());
    }

    static List<Row> rejects(IntakeResult result) throws IOException {
        return rows(result.rejects().orElseThrow());
    }

    /** {@code line column level code} of each finding. */
    static List<String> codes(IntakeResult result) throws IOException {
        return rejects(result).stream()
                .map(row -> row.at("ligne") + " " + row.at("colonne") + " " + row.at("niveau") + " " + row.at("code"))
                .toList();
    }

    private static List<Row> rows(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(';').ofCsvRecord(file)) {
            List<String> header = List.of();
            for (CsvRecord record : reader) {
                if (header.isEmpty()) {
                    header = record.getFields();
                    continue;
                }
                Map<String, String> row = new LinkedHashMap<>();
                for (int index = 0; index < header.size(); index++) {
                    row.put(header.get(index), record.getField(index));
                }
                rows.add(new Row(row));
            }
        }
        return rows;
    }
}
