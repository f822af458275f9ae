package fr.vigie.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The rows of a sheet as lines of CSV, {@code ;}: row n is line n, empty rows and line ends inside a cell notwithstanding. */
final class SheetText extends Reader {

    /** Cells that hold data are merged: all but the first are written empty, whatever a reader sees in them. */
    static final class Merged extends IOException {
        private static final long serialVersionUID = 1L;

        private final int row;

        Merged(String range, int row) {
            super(range);
            this.row = row;
        }

        int row() {
            return row;
        }
    }

    private static final int MOST_ROWS = 1 << 20;
    private static final int MOST_COLUMNS = 1 << 14;

    private final CellText cells;
    private final List<String> strings;
    private final XMLStreamReader xml;
    private final InputStream stream;
    private final StringBuilder text = new StringBuilder();
    private int given;
    private int row;
    private int width;
    private int firstRow;

    SheetText(Workbook workbook, XMLStreamReader xml, InputStream stream) {
        this.cells = new CellText(workbook);
        this.strings = workbook.strings();
        this.xml = xml;
        this.stream = stream;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (given == text.length()) {
            text.setLength(0);
            given = 0;
            try {
                takeRow();
            } catch (XMLStreamException | NumberFormatException | IndexOutOfBoundsException problem) {
                throw new IOException(problem);
            }
            if (text.length() == 0) {
                return -1;
            }
        }
        int count = Math.min(length, text.length() - given);
        text.getChars(given, given + count, buffer, offset);
        given += count;
        return count;
    }

    private void takeRow() throws IOException, XMLStreamException {
        while (xml.hasNext() && !Workbook.isStart(xml, "row")) {
            if (Workbook.isStart(xml, "mergeCell")) {
                checkIsAboveTheData(Workbook.attribute(xml, "ref"));
            }
            xml.next();
        }
        if (!xml.hasNext()) {
            return;
        }
        String number = Workbook.attribute(xml, "r");
        int next = number.isEmpty() ? row + 1 : Integer.parseInt(number);
        if (next <= row || next > MOST_ROWS) {
            throw new IOException("rows out of order");
        }
        text.append("\n".repeat(next - row - 1));
        row = next;
        List<String> values = new ArrayList<>();
        while (!(xml.isEndElement() && xml.getLocalName().equals("row"))) {
            xml.next();
            if (Workbook.isStart(xml, "c")) {
                takeCell(values);
            }
        }
        if (width == 0 && values.stream().anyMatch(value -> !CleanText.isBlank(value))) {
            width = values.size();
            firstRow = row;
        }
        // A sheet does not hold the empty cells at the end of a row, a line of CSV has them.
        while (values.size() < width) {
            values.add("");
        }
        for (int index = 0; index < values.size(); index++) {
            text.append(index == 0 ? "" : ";").append(quoted(values.get(index)));
        }
        text.append('\n');
    }

    /** A title or a heading may be merged. A sheet tells what is merged after its rows. */
    private void checkIsAboveTheData(String range) throws Merged {
        int from = Integer.parseInt(range.replaceFirst(":.*", "").replaceAll("\\D", ""));
        if (from > firstRow) {
            throw new Merged(range, from);
        }
    }

    private void takeCell(List<String> values) throws IOException, XMLStreamException {
        String place = Workbook.attribute(xml, "r");
        int column = place.isEmpty() ? values.size() : column(place);
        if (column < values.size() || column >= MOST_COLUMNS) {
            throw new IOException("cells out of order");
        }
        String type = Workbook.attribute(xml, "t");
        String style = Workbook.attribute(xml, "s");
        String value = "";
        while (!(xml.isEndElement() && xml.getLocalName().equals("c"))) {
            xml.next();
            if (Workbook.isStart(xml, "v")) {
                value = xml.getElementText();
            } else if (Workbook.isStart(xml, "is")) {
                value = Workbook.richText(xml, "is");
            }
        }
        while (values.size() < column) {
            values.add("");
        }
        values.add(
                switch (type) {
                    case "s" -> value.isEmpty() ? "" : strings.get(Integer.parseInt(value.strip()));
                    case "b" -> value.isEmpty() ? "" : Workbook.isTrue(value) ? "VRAI" : "FAUX";
                    case "", "n" -> cells.number(value, style.isEmpty() ? 0 : Integer.parseInt(style));
                    default -> value;
                });
    }

    /** {@code A} is 0, {@code AB12} is 27. */
    private static int column(String place) {
        int column = 0;
        for (int index = 0; index < place.length() && Character.isLetter(place.charAt(index)); index++) {
            column = column * 26 + Character.toUpperCase(place.charAt(index)) - 'A' + 1;
            if (column > MOST_COLUMNS) {
                return MOST_COLUMNS;
            }
        }
        return column - 1;
    }

    private static String quoted(String value) {
        String line = value.replace('\n', ' ').replace('\r', ' ');
        return line.indexOf(';') >= 0 || line.indexOf('"') >= 0 ? '"' + line.replace("\"", "\"\"") + '"' : line;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
