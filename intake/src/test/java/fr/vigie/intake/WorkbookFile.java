package fr.vigie.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An Excel workbook whose XML a test writes, as Excel lays its parts out. */
final class WorkbookFile {

    /** Style 1 is a day, 2 a day and an hour, 3 an hour, 4 five digits with their zeros, 5 a percentage, 6 a duration, 7 a French day. */
    private static final String STYLES =
            "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><numFmts count='3'>"
                    + "<numFmt numFmtId='164' formatCode='00000'/><numFmt numFmtId='165' formatCode='[h]:mm'/>"
                    + "<numFmt numFmtId='166' formatCode='[$-40C]dddd d mmmm yyyy'/></numFmts>"
                    + "<cellStyleXfs count='1'><xf numFmtId='14'/></cellStyleXfs><cellXfs count='8'><xf numFmtId='0'/><xf numFmtId='14'/>"
                    + "<xf numFmtId='22'/><xf numFmtId='20'/><xf numFmtId='164'/><xf numFmtId='9'/><xf numFmtId='165'/><xf numFmtId='166'/>"
                    + "</cellXfs></styleSheet>";

    private final Map<String, String> sheets = new LinkedHashMap<>();
    private final StringBuilder strings = new StringBuilder();
    private String properties = "";
    private String merged = "";

    /** @param rows {@code <row>} elements */
    WorkbookFile sheet(String name, String rows) {
        sheets.put(name, rows);
        return this;
    }

    /** The ranges, of every sheet. */
    WorkbookFile merged(String... ranges) {
        merged = Stream.of(ranges)
                .map(range -> "<mergeCell ref='" + range + "'/>")
                .collect(Collectors.joining("", "<mergeCells>", "</mergeCells>"));
        return this;
    }

    /** Shared strings, the first is number 0. */
    WorkbookFile strings(String... texts) {
        for (String text : texts) {
            strings.append("<si>")
                    .append(text.startsWith("<") ? text : "<t>" + text + "</t>")
                    .append("</si>");
        }
        return this;
    }

    WorkbookFile startingIn1904() {
        properties = "<workbookPr date1904='1'/>";
        return this;
    }

    byte[] bytes() throws IOException {
        StringBuilder names = new StringBuilder();
        StringBuilder targets = new StringBuilder();
        Map<String, String> parts = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<String, String> sheet : sheets.entrySet()) {
            number++;
            String state = sheet.getKey().startsWith("cachée") ? " state='hidden'" : "";
            names.append("<sheet name='" + sheet.getKey() + "' sheetId='" + number + "' r:id='rId" + number + "'"
                    + state + "/>");
            targets.append("<Relationship Id='rId" + number
                    + "' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'"
                    + " Target='worksheets/sheet" + number + ".xml'/>");
            parts.put(
                    "xl/worksheets/sheet" + number + ".xml",
                    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><dimension ref='A1'/><sheetData>"
                            + sheet.getValue() + "</sheetData>" + merged + "</worksheet>");
        }
        parts.put(
                "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>");
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
                        + " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>" + properties
                        + "<sheets>"
                        + names + "</sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" + targets
                        + "</Relationships>");
        parts.put("xl/styles.xml", STYLES);
        parts.put(
                "xl/sharedStrings.xml",
                "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>" + strings + "</sst>");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** A row of texts. */
    static String row(int number, String... texts) {
        StringBuilder row = new StringBuilder("<row r='" + number + "'>");
        for (int index = 0; index < texts.length; index++) {
            if (!texts[index].isEmpty()) {
                row.append(text("" + (char) ('A' + index) + number, texts[index]));
            }
        }
        return row.append("</row>").toString();
    }

    static String text(String place, String text) {
        return "<c r='" + place + "' t='inlineStr'><is><t>" + text + "</t></is></c>";
    }

    static String number(String place, int style, String number) {
        return "<c r='" + place + "' s='" + style + "'><v>" + number + "</v></c>";
    }
}
