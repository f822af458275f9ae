package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;

/** Opens the records of a file; lines that are wholly empty are not records. */
final class CsvLines {

    private CsvLines() {}

    /** Text after a closing quote spoils one value, not the file: no other setting of the reader allows it yet. */
    @SuppressWarnings("removal")
    static CsvReader<CsvRecord> open(InputFile file, Encoding encoding) throws IOException {
        char delimiter;
        try (Reader start = encoding.reader(file.open())) {
            delimiter = Delimiter.of(start);
        }
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter('"')
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false)
                .build(CsvRecordHandler.of(), encoding.reader(file.open()));
    }
}
