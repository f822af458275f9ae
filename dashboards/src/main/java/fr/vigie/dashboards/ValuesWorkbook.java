package fr.vigie.dashboards;

import fr.vigie.schema.AccessPolicy.Audience;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.poi.ooxml.POIXMLProperties.CoreProperties;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Published values as a spreadsheet: numbers are numbers, a mask is written in its place, and what the statuses mean comes with them. It is a
 * file to hand on, so it says for whom it is made wherever it is met: in its properties, on its tab, above its rows and on each printed page.
 *
 * <p>The same rows, audience and stamp give the same bytes.
 */
public final class ValuesWorkbook {

    private static final List<Column> COLUMNS = List.of(
            new Column("Indicateur", 22),
            new Column("Version", 9),
            new Column("Type de territoire", 18),
            new Column("Code", 14),
            new Column("Territoire", 60),
            new Column("Période", 14),
            new Column("Période en clair", 28),
            new Column("Ventilation", 24),
            new Column("Numérateur", 13),
            new Column("Dénominateur", 14),
            new Column("Valeur", 11),
            new Column("IC 95 % bas", 12),
            new Column("IC 95 % haut", 12),
            new Column("Cible", 10),
            new Column("Verdict", 40),
            new Column("Statut", 11),
            new Column("Statut en clair", 36),
            new Column("Publication", 12));

    /** They come after the value, when they are asked for. */
    private static final List<Column> CHANGES =
            List.of(new Column("Évolution (période précédente)", 29), new Column("Évolution (un an)", 18));

    private static final int VALUE = 10;

    /** The mention comes first, then the titles, then the rows. */
    private static final int TITLES = 1;

    /** What a sheet of this kind holds, the mention and the titles apart. */
    public static final int MOST_ROWS = SpreadsheetVersion.EXCEL2007.getLastRowIndex() - TITLES;

    /** The button of a filter hides the end of a title that has no room beside it. */
    private static final int FILTER_BUTTON = 4;

    /** In characters. */
    private static final int WORDS_WIDTH = 96;

    /** Enough for a screen; the rest waits on disk, so that a whole publication fits in a small memory. */
    private static final int ROWS_IN_MEMORY = 500;

    private final SXSSFWorkbook workbook;
    private final CellStyle heading;
    private final CellStyle plainText;
    private final CellStyle whole;
    private final CellStyle wrapped;
    private final Map<String, CellStyle> numbers = new TreeMap<>();
    private final Map<String, CellStyle> signed = new TreeMap<>();
    private final Function<String, Optional<ValueUnit>> unitOf;

    private record Column(String title, int characters) {}

    private ValuesWorkbook(SXSSFWorkbook workbook, Function<String, Optional<ValueUnit>> unitOf) {
        this.workbook = workbook;
        this.unitOf = unitOf;
        heading = workbook.createCellStyle();
        Font bold = workbook.createFont();
        bold.setBold(true);
        heading.setFont(bold);
        heading.setVerticalAlignment(VerticalAlignment.TOP);
        plainText = workbook.createCellStyle();
        // A cell typed again by its reader stays text too: = + - @ would otherwise become a formula.
        plainText.setQuotePrefixed(true);
        whole = numberStyle("#,##0");
        wrapped = workbook.createCellStyle();
        wrapped.setWrapText(true);
        wrapped.setVerticalAlignment(VerticalAlignment.TOP);
        for (String suffix : List.of("pt", "%", "h", "j")) {
            String unit = "\"" + FrenchFormat.NO_BREAK_SPACE + suffix + "\"";
            signed.put(
                    suffix,
                    numberStyle("+#,##0.0" + unit + ";" + FrenchFormat.MINUS + "#,##0.0" + unit + ";0.0" + unit));
        }
    }

    private CellStyle numberStyle(String format) {
        CellStyle style = workbook.createCellStyle();
        style.setDataFormat(workbook.createDataFormat().getFormat(format));
        return style;
    }

    /**
     * Writes the workbook and leaves the stream open.
     *
     * @param audience who may read these rows
     * @param rows at most {@link #MOST_ROWS}
     * @param unitOf the unit of a reading, by its key; absent when the publication does not know it
     * @param changes how each value changed, when that is asked for
     */
    public static void write(
            OutputStream out,
            PublicationStamp stamp,
            Audience audience,
            List<ValueRow> rows,
            Function<String, Optional<ValueUnit>> unitOf,
            Optional<ValueChanges> changes)
            throws IOException {
        XSSFWorkbook template = new XSSFWorkbook();
        Date asOf =
                Date.from(stamp.dateArret().atZone(ZoneId.of("Europe/Paris")).toInstant());
        CoreProperties properties = template.getProperties().getCoreProperties();
        properties.setCreated(Optional.of(asOf));
        properties.setModified(Optional.of(asOf));
        properties.setCreator("Vigie");
        properties.setTitle(
                "Valeurs publiées, publication n°" + FrenchFormat.NO_BREAK_SPACE + stamp.numero() + tab(audience));
        properties.setSubjectProperty(mention(audience));
        properties.setCategory(audience.label());
        try (SXSSFWorkbook workbook = new SXSSFWorkbook(template, ROWS_IN_MEMORY)) {
            ValuesWorkbook writer = new ValuesWorkbook(workbook, unitOf);
            writer.writeValues(audience, rows, changes);
            writer.writeReadMe(stamp, audience);
            Path draft = Files.createTempFile("vigie-valeurs", ".xlsx");
            try {
                try (OutputStream file = Files.newOutputStream(draft)) {
                    workbook.write(file);
                }
                StableZip.copy(draft, out);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
    }

    private static String mention(Audience audience) {
        return FrenchFormat.capitalised(FrenchFormat.typeset(audience.mention()));
    }

    private static String tab(Audience audience) {
        return " – " + audience.label().toLowerCase(Locale.FRENCH);
    }

    private void writeValues(Audience audience, List<ValueRow> rows, Optional<ValueChanges> changes) {
        Sheet sheet = workbook.createSheet("Valeurs" + tab(audience));
        Cell mention = sheet.createRow(0).createCell(0);
        mention.setCellValue(mention(audience));
        mention.setCellStyle(heading);
        sheet.getHeader().setCenter(mention(audience));
        Row header = sheet.createRow(TITLES);
        List<Column> columns = new ArrayList<>(COLUMNS);
        if (changes.isPresent()) {
            columns.addAll(VALUE + 1, CHANGES);
        }
        for (int index = 0; index < columns.size(); index++) {
            Cell cell = header.createCell(index);
            cell.setCellValue(columns.get(index).title());
            cell.setCellStyle(heading);
            sheet.setColumnWidth(
                    index,
                    256
                            * Math.max(
                                    columns.get(index).characters(),
                                    columns.get(index).title().length() + FILTER_BUTTON));
        }
        int number = TITLES + 1;
        sheet.createFreezePane(0, number);
        sheet.setAutoFilter(new CellRangeAddress(TITLES, TITLES + Math.max(1, rows.size()), 0, columns.size() - 1));
        for (ValueRow value : rows) {
            writeRow(sheet.createRow(number++), value, changes);
        }
    }

    private void writeRow(Row row, ValueRow value, Optional<ValueChanges> changes) {
        CellStyle decimals = value.denominateur() == null ? whole : decimalsFor(value);
        text(row, 0, value.indicateur());
        number(row, 1, value, BigDecimal.valueOf(value.version()), whole, true);
        text(row, 2, value.territoireType());
        text(row, 3, value.territoireCode());
        text(row, 4, value.territoireLibelle());
        text(row, 5, value.periode());
        text(row, 6, FrenchFormat.period(value.periode()));
        text(row, 7, value.ventilation().isEmpty() ? "total" : value.ventilation());
        number(row, 8, value, decimal(value.numerateur()), whole, false);
        number(row, 9, value, decimal(value.denominateur()), whole, false);
        if (value.valeur() == null && FrenchFormat.special(value.statut()).isEmpty()) {
            text(row, VALUE, absence(value));
        } else {
            number(row, VALUE, value, value.valeur(), decimals, false);
        }
        int next = VALUE + 1;
        if (changes.isPresent()) {
            change(row, next++, changes.get().fromBefore(value));
            change(row, next++, changes.get().fromYearBefore(value));
        }
        number(row, next++, value, value.icBas(), decimals, false);
        number(row, next++, value, value.icHaut(), decimals, false);
        String target = value.cible();
        text(row, next++, target == null ? FrenchFormat.NOT_APPLICABLE : targetWords(value, target));
        text(row, next++, verdictWords(value));
        text(row, next++, value.statut());
        text(row, next++, FrenchFormat.statusWords(value.statut()));
        number(row, next, value, BigDecimal.valueOf(value.publication()), whole, true);
    }

    /** A signed number with its unit, or what stands in its place. */
    private void change(Row row, int column, Optional<ValueChange> change) {
        BigDecimal amount = change.map(ValueChange::amount).orElse(null);
        if (amount == null) {
            text(
                    row,
                    column,
                    change.map(ValueChange::words)
                            .filter(words -> !words.isEmpty())
                            .orElse(FrenchFormat.NOT_APPLICABLE));
            return;
        }
        Cell cell = row.createCell(column);
        cell.setCellValue(amount.doubleValue());
        cell.setCellStyle(signed.get(change.orElseThrow().suffix()));
    }

    /** With its unit: 61.5 may be percents, hours or days, and only the code of the indicator would tell. */
    private CellStyle decimalsFor(ValueRow value) {
        String unit = unitOf.apply(value.indicateur())
                .map(ValueUnit::suffix)
                .filter(suffix -> !suffix.isEmpty())
                .map(suffix -> "\"" + FrenchFormat.NO_BREAK_SPACE + suffix + "\"")
                .orElse("");
        return numbers.computeIfAbsent(
                (isOneDecimalEnough(value) ? "#,##0.0" : "#,##0.0###") + unit, this::numberStyle);
    }

    private String targetWords(ValueRow value, String target) {
        return ShownTarget.of(target)
                .flatMap(aim -> unitOf.apply(value.indicateur()).map(aim::text))
                .orElse(target);
    }

    /** One decimal, unless it would read as the target while the verdict says otherwise (domaine 0.4). */
    private static boolean isOneDecimalEnough(ValueRow value) {
        Optional<ShownTarget> target = ShownTarget.of(value.cible());
        BigDecimal exact = value.valeur();
        if (target.isEmpty() || exact == null) {
            return true;
        }
        BigDecimal read = exact.setScale(1, RoundingMode.HALF_UP);
        boolean looksLikeTarget = read.compareTo(target.get().value()) == 0;
        return !looksLikeTarget || target.get().isMetBy(read) == target.get().isMetBy(exact);
    }

    private static @Nullable BigDecimal decimal(@Nullable Long value) {
        return value == null ? null : BigDecimal.valueOf(value);
    }

    /** Decided whatever the size, and said to be read with care under ten (domaine 0.4). */
    private static String verdictWords(ValueRow value) {
        for (Verdict known : Verdict.values()) {
            if (known.name().equals(value.verdict())) {
                boolean isDecided = known == Verdict.ATTEINTE || known == Verdict.NON_ATTEINTE;
                boolean isFragile = new ShownValue(value, ValueUnit.EFFECTIF).isFragile();
                return isDecided && isFragile ? known.words() + ", à lire avec prudence" : known.words();
            }
        }
        return value.verdict();
    }

    /** Why a value that is not masked has no number. */
    private static String absence(ValueRow value) {
        return value.statut().equals("EN_COURS")
                ? FrenchFormat.statusWords("EN_COURS")
                : value.denominateur() == null ? FrenchFormat.NOT_APPLICABLE : "non observée";
    }

    private void text(Row row, int column, String text) {
        Cell cell = row.createCell(column);
        cell.setCellValue(text);
        cell.setCellStyle(plainText);
    }

    /** A number, or what stands in its place: never 0 for a mask, never an empty cell. */
    private void number(
            Row row, int column, ValueRow value, @Nullable BigDecimal number, CellStyle style, boolean isTechnical) {
        Optional<String> special = isTechnical ? Optional.empty() : FrenchFormat.special(value.statut());
        if (special.isPresent() || number == null) {
            text(row, column, special.orElse(FrenchFormat.NOT_APPLICABLE));
            return;
        }
        Cell cell = row.createCell(column);
        cell.setCellValue(number.doubleValue());
        cell.setCellStyle(style);
    }

    private void writeReadMe(PublicationStamp stamp, Audience audience) {
        Sheet sheet = workbook.createSheet("Lisez-moi");
        sheet.setColumnWidth(0, 24 * 256);
        sheet.setColumnWidth(1, WORDS_WIDTH * 256);
        int number = 0;
        number = line(sheet, number, "Lecteur", mention(audience) + ". " + audience.explanation());
        number = line(sheet, number, "Publication", "n°\u00A0" + stamp.numero());
        number = line(sheet, number, "Date d’arrêt", FrenchFormat.dateTime(stamp.dateArret()) + ", heure de Paris");
        number = line(sheet, number, "Empreinte", stamp.empreinte());
        for (List<String> columns : Resource.rows("lisez-moi.tsv")) {
            number = line(sheet, number, columns.get(0), columns.get(1));
        }
    }

    private int line(Sheet sheet, int number, String name, String words) {
        Row row = sheet.createRow(number);
        Cell first = row.createCell(0);
        first.setCellValue(name);
        first.setCellStyle(heading);
        Cell second = row.createCell(1);
        second.setCellValue(FrenchFormat.typeset(words));
        second.setCellStyle(wrapped);
        // Not every spreadsheet finds by itself how high a wrapped text is.
        row.setHeightInPoints(sheet.getDefaultRowHeightInPoints() * (1 + words.length() / WORDS_WIDTH));
        return number + 1;
    }
}
