package fr.vigie.demonstration;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The open files of a demonstration: for each feed one file of lines and one of late corrections. Nothing is kept once written. */
final class FeedFiles implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Map<DemonstrationFeed, CountedFile> lines = new EnumMap<>(DemonstrationFeed.class);
    private final Map<DemonstrationFeed, CountedFile> corrections = new EnumMap<>(DemonstrationFeed.class);
    private final DirtyLines dirtyLines;
    private final LateCorrections lateCorrections;
    private long dirty;

    FeedFiles(Path folder, DemonstrationParameters parameters) throws IOException {
        Files.createDirectories(folder);
        this.dirtyLines = new DirtyLines(parameters);
        this.lateCorrections = new LateCorrections(parameters);
        try {
            for (DemonstrationFeed feed : DemonstrationFeed.values()) {
                lines.put(feed, new CountedFile(folder, feed, feed.feedName() + ".csv"));
                corrections.put(feed, new CountedFile(folder, feed, feed.feedName() + "-corrections.csv"));
            }
        } catch (IOException problem) {
            close();
            throw problem;
        }
    }

    /** Writes a line, now and then spoilt or repeated, now and then corrected later. */
    void write(Line line, Draws draws) {
        CountedFile file = file(lines, line.feed());
        List<String[]> spoilt = dirtyLines.spoil(line, draws);
        if (spoilt.isEmpty()) {
            file.write(line.values());
            lateCorrections
                    .of(line, draws)
                    .ifPresent(correction -> file(corrections, line.feed()).write(correction.values()));
        } else {
            dirty++;
            spoilt.forEach(file::write);
        }
    }

    SortedMap<String, Long> rows() {
        SortedMap<String, Long> rows = new TreeMap<>();
        lines.values().forEach(file -> rows.put(file.name, file.rows));
        corrections.values().forEach(file -> rows.put(file.name, file.rows));
        return rows;
    }

    long dirty() {
        return dirty;
    }

    @Override
    public void close() throws IOException {
        List<CountedFile> all = new ArrayList<>(lines.values());
        all.addAll(corrections.values());
        for (CountedFile file : all) {
            file.writer.close();
        }
    }

    private static CountedFile file(Map<DemonstrationFeed, CountedFile> files, DemonstrationFeed feed) {
        CountedFile file = files.get(feed);
        if (file == null) {
            throw new IllegalStateException("no file is open for the feed " + feed.feedName());
        }
        return file;
    }

    private static final class CountedFile {

        private final String name;
        private final CsvWriter writer;
        private long rows;

        CountedFile(Path folder, DemonstrationFeed feed, String name) throws IOException {
            this.name = name;
            this.writer = CsvWriter.builder()
                    .fieldSeparator(';')
                    .lineDelimiter(LineDelimiter.LF)
                    .bufferSize(BUFFER_BYTES)
                    .build(folder.resolve(name), StandardCharsets.UTF_8);
            try {
                writer.writeRecord(feed.columns());
            } catch (UncheckedIOException problem) {
                writer.close();
                throw problem;
            }
        }

        void write(String[] values) {
            writer.writeRecord(values);
            rows++;
        }
    }
}
