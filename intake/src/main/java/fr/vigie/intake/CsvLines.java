package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file that say something: a row of a spreadsheet that was cleared, whatever the delimiters that it left, is no data
 * (domaine 3.4).
 */
final class CsvLines implements AutoCloseable {

    private final Reader text;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final int skippedLines;
    private final Optional<Finding> note;
    private boolean declaresDelimiter;
    private long line = 1;

    private CsvLines(Reader text, Delimiter delimiter, int skippedLines, Optional<Finding> note) throws IOException {
        this.text = text;
        this.skippedLines = skippedLines;
        this.reader = reader(after(text, skippedLines), delimiter.character());
        this.records = reader.iterator();
        this.note = note;
        this.declaresDelimiter = delimiter.isDeclared();
    }

    static CsvLines open(InputFile file, Survey survey, String feed, Layout layout) throws IOException, Refusal {
        if (survey.kind() == FileKind.ARCHIVE) {
            Workbook workbook = Workbook.of(file);
            Workbook.Sheet sheet = workbook.sheet(feed);
            return new CsvLines(
                    workbook.text(file, sheet), new Delimiter(';', false), layout.skippedLines(), workbook.note(sheet));
        }
        return new CsvLines(
                survey.encoding().reader(file.open()),
                delimiter(file, survey, layout),
                layout.skippedLines(),
                Optional.empty());
    }

    private static Delimiter delimiter(InputFile file, Survey survey, Layout layout) throws IOException {
        if (layout.delimiter().isPresent()) {
            return new Delimiter(layout.delimiter().get(), false);
        }
        try (Reader start = survey.encoding().reader(file.open())) {
            return Delimiter.of(after(start, layout.skippedLines()));
        }
    }

    /** The text after its first lines, whatever quotes they hold. */
    private static Reader after(Reader text, int skippedLines) throws IOException {
        if (skippedLines == 0) {
            return text;
        }
        PushbackReader rest = new PushbackReader(text, 1);
        int left = skippedLines;
        for (int character = rest.read(); character >= 0; character = left == 0 ? -1 : rest.read()) {
            if (character == '\r') {
                int next = rest.read();
                if (next >= 0 && next != '\n') {
                    rest.unread(next);
                }
            }
            left -= character == '\n' || character == '\r' ? 1 : 0;
        }
        return rest;
    }

    /** Text after a closing quote spoils one value, not the file: no other setting of the reader allows it yet. */
    @SuppressWarnings("removal")
    private static CsvReader<CsvRecord> reader(Reader text, char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter('"')
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false)
                .build(CsvRecordHandler.of(), text);
    }

    /** What is to be told of the file as a whole. */
    Optional<Finding> note() {
        return note;
    }

    /** Null at the end. Only what reading throws is the file's fault: a full disk is ours. */
    @Nullable
    CsvRecord next() throws Refusal {
        try {
            while (records.hasNext()) {
                CsvRecord record = records.next();
                line = record.getStartingLineNumber() + skippedLines;
                if (isBlank(record)) {
                    continue;
                }
                if (declaresDelimiter) {
                    declaresDelimiter = false;
                    continue;
                }
                return record;
            }
            return null;
        } catch (CsvParseException problem) {
            throw new Refusal(
                    "GUILLEMET_OUVERT",
                    "Guillemet non refermé, ou valeur démesurée, après la ligne " + line
                            + "\u00a0: la suite du fichier ne peut être lue.",
                    line);
        } catch (UncheckedIOException problem) {
            if (problem.getCause() instanceof SheetText.Merged merged) {
                throw new Refusal(
                        "CELLULES_FUSIONNEES",
                        "Classeur dont des cellules de données sont fusionnées (" + merged.getMessage()
                                + ")\u00a0: seule la première garde sa valeur, les autres seraient lues vides. Annulez la fusion, remplissez"
                                + " chaque cellule et renvoyez le classeur.",
                        merged.row());
            }
            throw new Refusal(
                    "FICHIER_ILLISIBLE",
                    "Fichier illisible après la ligne " + line + "\u00a0: archive endommagée ou trop grande.",
                    line);
        }
    }

    /** Where the last record begins. */
    long line() {
        return line;
    }

    /** The next line, up to this one, that is not in the encoding of the others; 0 when there is none. */
    long nextMixedLine(long upTo) {
        return text instanceof MixedText mixed ? mixed.nextLine(upTo) : 0;
    }

    private static boolean isBlank(CsvRecord record) {
        for (int index = 0; index < record.getFieldCount(); index++) {
            if (!CleanText.isBlank(record.getField(index))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
