package fr.vigie.batch.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows: a table for people, CSV or JSON for programs (contrat.md 1). */
final class Output {

    /** The layouts that every command knows. */
    enum Format {
        table,
        csv,
        json,
        xlsx
    }

    /** Rows under their columns; a cell is a text, a number or null. */
    record Rows(List<String> columns, List<List<@Nullable Object>> rows) {}

    private Output() {}

    /** Takes rows one by one. Only a table holds them, because its columns are as wide as their widest cell. */
    interface Printer extends AutoCloseable {

        void add(List<@Nullable Object> row);

        @Override
        void close();
    }

    static void print(Rows rows, Format format, PrintStream out) {
        try (Printer printer = printer(rows.columns(), format, out)) {
            rows.rows().forEach(printer::add);
        }
    }

    static Printer printer(List<String> columns, Format format, PrintStream out) {
        return switch (format) {
            case csv -> new CsvPrinter(columns, out);
            case json -> new JsonPrinter(columns, out);
            default -> new TablePrinter(columns, out);
        };
    }

    private static final class CsvPrinter implements Printer {

        private static final int BUFFER = 1 << 16;

        private final PrintStream out;
        private final StringWriter text = new StringWriter();
        private final CsvWriter writer = CsvWriter.builder()
                .bufferSize(0)
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.LF)
                .build(text);

        CsvPrinter(List<String> columns, PrintStream out) {
            this.out = out;
            writer.writeRecord(columns);
        }

        @Override
        public void add(List<@Nullable Object> row) {
            writer.writeRecord(row.stream().map(Output::safe).toList());
            if (text.getBuffer().length() > BUFFER) {
                out.print(text);
                text.getBuffer().setLength(0);
            }
        }

        @Override
        public void close() {
            out.print(text);
            out.flush();
        }
    }

    private static final class JsonPrinter implements Printer {

        private final List<String> columns;
        private final PrintStream out;
        private final JsonGenerator json;

        JsonPrinter(List<String> columns, PrintStream out) {
            this.columns = columns;
            this.out = out;
            try {
                json = new JsonFactory().createGenerator(out);
                json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
                json.writeStartArray();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }

        @Override
        public void add(List<@Nullable Object> row) {
            try {
                json.writeRaw("\n");
                json.writeStartObject();
                for (int column = 0; column < columns.size(); column++) {
                    json.writeFieldName(columns.get(column));
                    value(json, row.get(column));
                }
                json.writeEndObject();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }

        @Override
        public void close() {
            try {
                json.writeEndArray();
                json.writeRaw("\n");
                json.close();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
            out.flush();
        }
    }

    private record TablePrinter(List<String> columns, PrintStream out, List<List<@Nullable Object>> rows)
            implements Printer {

        TablePrinter(List<String> columns, PrintStream out) {
            this(columns, out, new ArrayList<>());
        }

        @Override
        public void add(List<@Nullable Object> row) {
            rows.add(row);
        }

        @Override
        public void close() {
            table(new Rows(columns, rows), out);
            out.flush();
        }
    }

    /** A text that a spreadsheet would run as a formula is prefixed so that it stays a text (domaine 3.4). */
    private static String safe(@Nullable Object cell) {
        String text = plain(cell);
        return cell instanceof String && !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    static void value(JsonGenerator json, @Nullable Object cell) throws IOException {
        if (cell == null) {
            json.writeNull();
        } else if (cell instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (cell instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(cell.toString());
        }
    }

    private static void table(Rows rows, PrintStream out) {
        int columns = rows.columns().size();
        int[] widths = new int[columns];
        boolean[] isNumber = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            widths[column] = rows.columns().get(column).length();
            for (List<@Nullable Object> row : rows.rows()) {
                widths[column] = Math.max(widths[column], plain(row.get(column)).length());
                isNumber[column] |= row.get(column) instanceof Number;
            }
        }
        out.println(line(new ArrayList<>(rows.columns()), widths, isNumber));
        StringBuilder rule = new StringBuilder();
        for (int width : widths) {
            rule.append("─".repeat(width)).append("  ");
        }
        out.println(rule.toString().stripTrailing());
        for (List<@Nullable Object> row : rows.rows()) {
            out.println(line(row, widths, isNumber));
        }
    }

    private static String line(List<? extends @Nullable Object> cells, int[] widths, boolean[] isNumber) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String text = plain(cells.get(column));
            String padding = " ".repeat(widths[column] - text.length());
            line.append(isNumber[column] ? padding + text : text + padding).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static String plain(@Nullable Object cell) {
        return cell == null ? "" : cell instanceof BigDecimal number ? number.toPlainString() : cell.toString();
    }
}
