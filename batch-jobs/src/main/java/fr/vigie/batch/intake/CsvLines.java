package fr.vigie.batch.intake;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.Reader;

/** Opens the records of a file; lines that are wholly empty are not records. */
final class CsvLines {

    private CsvLines() {}

    static CsvReader<CsvRecord> open(InputFile file, Encoding encoding) throws IOException {
        char delimiter;
        try (Reader start = encoding.reader(file.open())) {
            delimiter = Delimiter.of(start);
        }
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter('"')
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false)
                .build(CsvRecordHandler.of(), encoding.reader(file.open()));
    }
}
