package fr.vigie.intake;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fr.vigie.intake.CheckedLine.LineFinding;
import java.io.IOException;
import java.nio.file.Path;

/** The findings of one file and feed, streamed: {@code ligne;colonne;niveau;code;message;valeur}. */
final class RejectFile implements AutoCloseable {

    private final CsvWriter writer;
    private long warnings;

    RejectFile(Path file) throws IOException {
        writer = CsvWriter.builder()
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.LF)
                .build(file);
        writer.writeRecord("ligne", "colonne", "niveau", "code", "message", "valeur");
    }

    void add(long line, LineFinding found) {
        Finding finding = found.finding();
        warnings += finding.level() == Level.A ? 1 : 0;
        writer.writeRecord(
                Long.toString(line),
                found.column(),
                finding.level().name(),
                finding.code(),
                finding.message(),
                found.shown());
    }

    void add(long line, Finding finding) {
        add(line, new LineFinding("", finding, ""));
    }

    /** Findings of level {@code A} so far. */
    long warnings() {
        return warnings;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
