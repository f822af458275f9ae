package fr.vigie.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.poi.ss.usermodel.BuiltinFormats;

/**
 * An Excel workbook ({@code .xlsx}), read as it streams: wherever the file stands, nothing of it is written to disk nor, but for its shared
 * strings, held in memory.
 *
 * @param sheets the sheets that hold cells, in their order
 * @param strings the texts that the cells share
 * @param formats the number format of each style
 * @param startsIn1904 the calendar of old Macintosh files
 */
record Workbook(List<Sheet> sheets, List<String> strings, List<Format> formats, boolean startsIn1904) {

    /** @param part the entry of the archive */
    record Sheet(String name, String part, boolean isHidden) {}

    /** A number format, as Excel writes it. */
    record Format(int number, String text) {}

    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    /** What the shared strings may weigh in memory, about. */
    private static final long MOST_STRINGS = 1L << 28;

    private static final int SIZE_OF_ONE = 48;
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    static Workbook of(InputFile file) throws Refusal {
        Parts parts = new Parts();
        try (LimitedArchive zip = file.openArchive()) {
            for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.take(entry.getName(), zip);
            }
        } catch (LimitedStream.Exceeded exceeded) {
            throw new Refusal(
                    "ZIP_DANGEREUX",
                    "Classeur refusé\u00a0: il se décompresse en une taille anormale\u202f; exportez la feuille en CSV UTF-8.");
        } catch (IOException | XMLStreamException | NumberFormatException problem) {
            throw new Refusal(
                    "FICHIER_ILLISIBLE",
                    "Classeur Excel endommagé\u00a0: renvoyez-le, ou exportez la feuille en CSV UTF-8.");
        }
        Workbook workbook = parts.workbook();
        if (workbook.sheets().isEmpty()) {
            throw new Refusal(
                    "PAS_DU_TEXTE",
                    "Archive, ou classeur d’un autre format que .xlsx\u00a0: enregistrez la feuille en .xlsx ou en CSV UTF-8, ou nommez"
                            + " l’archive en .zip.");
        }
        return workbook;
    }

    /** The sheet named after the feed, else the first one that is shown. */
    Sheet sheet(String feed) {
        return sheets.stream()
                .filter(sheet -> HeaderLine.normalise(sheet.name()).equals(feed))
                .findFirst()
                .or(() -> sheets.stream().filter(sheet -> !sheet.isHidden()).findFirst())
                .orElse(sheets.get(0));
    }

    /** Says which sheet was read, where there was a choice. */
    Optional<Finding> note(Sheet read) {
        int others = sheets.size() - 1;
        return others == 0
                ? Optional.empty()
                : Optional.of(Finding.information(
                        "FEUILLE_LUE",
                        "Classeur de plusieurs feuilles : seule « " + Plan.shown(List.of(read.name()))
                                + " » est lue, celle qui porte le nom du flux, à défaut la première visible ; feuilles laissées : "
                                + others + "."));
    }

    /** The text of a sheet as lines of CSV, one for each of its rows. */
    Reader text(InputFile file, Sheet sheet) throws IOException {
        LimitedArchive zip = file.openArchive();
        for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(sheet.part())) {
                return new SheetText(this, xml(zip), zip);
            }
        }
        zip.close();
        throw new IOException("sheet vanished from the workbook");
    }

    private static XMLStreamReader xml(InputStream part) throws IOException {
        try {
            return XML.createXMLStreamReader(new FilterInputStream(part) {
                @Override
                public void close() {
                    // The next entry of the archive is still to be read.
                }
            });
        } catch (XMLStreamException problem) {
            throw new IOException(problem);
        }
    }

    /** The parts of a workbook but for its sheets, told by what they hold: their names are the writer's choice. */
    private static final class Parts {
        private final Map<String, String> targets = new HashMap<>();
        private final List<Map<String, String>> sheets = new ArrayList<>();
        private final List<String> strings = new ArrayList<>();
        private final Map<Integer, String> written = new HashMap<>();
        private final List<Integer> styles = new ArrayList<>();
        private String folder = "";
        private boolean startsIn1904;
        private long size;

        void take(String name, InputStream part) throws IOException, XMLStreamException {
            boolean isRelations = name.endsWith(".rels") && name.contains("workbook");
            boolean isPart = name.endsWith(".xml") && name.indexOf('/') == name.lastIndexOf('/');
            if (!isRelations && !isPart) {
                return;
            }
            XMLStreamReader xml = xml(part);
            while (xml.hasNext() && xml.next() != XMLStreamConstants.START_ELEMENT) {
                // What comes before the root says nothing.
            }
            switch (xml.isStartElement() ? xml.getLocalName() : "") {
                case "Relationships" -> relations(xml);
                case "workbook" -> {
                    folder = name.substring(0, name.indexOf('/') + 1);
                    workbook(xml);
                }
                case "styleSheet" -> styles(xml);
                case "sst" -> strings(xml);
                default -> xml.close();
            }
        }

        private void relations(XMLStreamReader xml) throws XMLStreamException {
            while (xml.hasNext()) {
                if (isStart(xml, "Relationship") && attribute(xml, "Type").endsWith("/worksheet")) {
                    targets.put(attribute(xml, "Id"), attribute(xml, "Target"));
                }
                xml.next();
            }
        }

        private void workbook(XMLStreamReader xml) throws XMLStreamException {
            while (xml.hasNext()) {
                if (isStart(xml, "sheet")) {
                    sheets.add(Map.of(
                            "name",
                            attribute(xml, "name"),
                            "id",
                            attribute(xml, "id"),
                            "state",
                            attribute(xml, "state")));
                } else if (isStart(xml, "workbookPr")) {
                    startsIn1904 = isTrue(attribute(xml, "date1904"));
                }
                xml.next();
            }
        }

        private void styles(XMLStreamReader xml) throws XMLStreamException {
            boolean isOfCells = false;
            while (xml.hasNext()) {
                if (isStart(xml, "numFmt")) {
                    written.putIfAbsent(Integer.valueOf(attribute(xml, "numFmtId")), attribute(xml, "formatCode"));
                } else if (isStart(xml, "cellXfs")) {
                    isOfCells = true;
                } else if (xml.isEndElement() && xml.getLocalName().equals("cellXfs")) {
                    isOfCells = false;
                } else if (isOfCells && isStart(xml, "xf")) {
                    String number = attribute(xml, "numFmtId");
                    styles.add(number.isEmpty() ? 0 : Integer.parseInt(number));
                }
                xml.next();
            }
        }

        private void strings(XMLStreamReader xml) throws IOException, XMLStreamException {
            while (xml.hasNext()) {
                if (isStart(xml, "si")) {
                    String text = richText(xml, "si");
                    size += text.length() + SIZE_OF_ONE;
                    if (size > MOST_STRINGS) {
                        throw new LimitedStream.Exceeded();
                    }
                    strings.add(text);
                } else {
                    xml.next();
                }
            }
        }

        Workbook workbook() {
            List<Sheet> found = new ArrayList<>();
            for (Map<String, String> sheet : sheets) {
                String target = targets.get(sheet.get("id"));
                if (target != null) {
                    String part = target.startsWith("/") ? target.substring(1) : folder + target;
                    String state = String.valueOf(sheet.get("state")).toLowerCase(Locale.ROOT);
                    found.add(new Sheet(String.valueOf(sheet.get("name")), part, state.contains("hidden")));
                }
            }
            List<Format> formats = styles.stream()
                    .map(number -> new Format(
                            number,
                            Optional.ofNullable(written.get(number))
                                    .or(() -> Optional.ofNullable(BuiltinFormats.getBuiltinFormat(number)))
                                    .orElse("General")))
                    .toList();
            return new Workbook(found, List.copyOf(strings), formats, startsIn1904);
        }
    }

    /** The text of an element, its runs put together, without the readings of Asian characters; the reader stands after it. */
    static String richText(XMLStreamReader xml, String element) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        boolean isText = false;
        int readings = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                readings += xml.getLocalName().equals("rPh") ? 1 : 0;
                isText = xml.getLocalName().equals("t") && readings == 0;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                readings -= xml.getLocalName().equals("rPh") ? 1 : 0;
                isText = false;
                if (xml.getLocalName().equals(element)) {
                    break;
                }
            } else if (isText && xml.isCharacters()) {
                text.append(xml.getText());
            }
        }
        // What XML cannot hold, a return for example, is written by its number.
        return text.indexOf("_x") < 0
                ? text.toString()
                : ESCAPED.matcher(text)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    static boolean isStart(XMLStreamReader xml, String element) {
        return xml.isStartElement() && xml.getLocalName().equals(element);
    }

    static boolean isTrue(String value) {
        return value.equals("1") || value.equalsIgnoreCase("true");
    }

    /** Empty when the element has none of that name, whatever its namespace. */
    static String attribute(XMLStreamReader xml, String name) {
        for (int index = 0; index < xml.getAttributeCount(); index++) {
            if (xml.getAttributeLocalName(index).equals(name)) {
                return xml.getAttributeValue(index);
            }
        }
        return "";
    }
}
