package fr.vigie.dashboards;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.AccessPolicy.Audience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValuesWorkbookTest {

    private static final PublicationStamp STAMP =
            new PublicationStamp(3, LocalDateTime.of(2026, 2, 28, 23, 59), "9f3a1c77d20be4518a66");

    private static final String VALUES = "Valeurs – partenaire";

    @Test
    void proportionsAreNumbersThatReadInFrench() throws IOException {
        try (XSSFWorkbook workbook = written(row("Hérault", 1228L, 2024L, "60.6719", "PUBLIE"))) {
            Cell value = workbook.getSheet(VALUES).getRow(2).getCell(10);
            assertEquals(CellType.NUMERIC, value.getCellType());
            assertEquals(60.6719, value.getNumericCellValue());
            // Quoted, the sign is a word: the cell holds percents already, and Excel multiplies nothing.
            assertEquals("#,##0.0\"\u00A0%\"", value.getCellStyle().getDataFormatString());
        }
    }

    @Test
    void case59_theDecimalThatDecidesIsShown() throws IOException {
        try (XSSFWorkbook workbook = written(row("Hérault", 6004L, 10000L, "60.04", "PUBLIE"))) {
            Cell value = workbook.getSheet(VALUES).getRow(2).getCell(10);
            assertEquals("#,##0.0###\"\u00A0%\"", value.getCellStyle().getDataFormatString());
        }
    }

    @Test
    void case71_aMaskedValueIsWrittenAsAMaskEvenIfANumberCameWithIt() throws IOException {
        try (XSSFWorkbook workbook =
                written(row("Ariège", null, null, null, "S11"), row("Lot", 4L, 10L, "40", "SEC"))) {
            for (int column : List.of(8, 9, 10, 11, 12)) {
                assertEquals(
                        "<\u00A011",
                        workbook.getSheet(VALUES).getRow(2).getCell(column).getStringCellValue());
                assertEquals(
                        "s", workbook.getSheet(VALUES).getRow(3).getCell(column).getStringCellValue());
            }
            assertEquals(
                    "masqué, effectif inférieur à 11",
                    workbook.getSheet(VALUES).getRow(2).getCell(16).getStringCellValue());
        }
    }

    @Test
    void case92_aLabelThatLooksLikeAFormulaStaysText() throws IOException {
        for (String label : List.of("=HYPERLINK(\"x\")", "+1", "-1", "@A1")) {
            try (XSSFWorkbook workbook = written(row(label, 5L, 20L, "25", "PUBLIE"))) {
                Cell cell = workbook.getSheet(VALUES).getRow(2).getCell(4);
                assertEquals(CellType.STRING, cell.getCellType());
                assertEquals(label, cell.getStringCellValue());
                assertTrue(cell.getCellStyle().getQuotePrefixed());
            }
        }
    }

    @Test
    void aCohortThatIsNotMatureSaysSoInsteadOfADash() throws IOException {
        try (XSSFWorkbook workbook =
                written(row("Lot", 0L, 0L, null, "EN_COURS"), row("Gers", 4L, 20L, null, "PUBLIE"))) {
            XSSFSheet sheet = workbook.getSheet(VALUES);
            assertEquals("en cours", sheet.getRow(2).getCell(10).getStringCellValue());
            assertEquals("non observée", sheet.getRow(3).getCell(10).getStringCellValue());
        }
    }

    @Test
    void theTargetHasItsUnitAndAVerdictUnderTenItsWarning() throws IOException {
        try (XSSFWorkbook workbook =
                written(row("Lot", 6L, 9L, "66.6667", "PUBLIE"), row("Gers", 7L, 10L, "70", "PUBLIE"))) {
            XSSFSheet sheet = workbook.getSheet(VALUES);
            assertEquals(">\u00A060\u00A0%", sheet.getRow(2).getCell(13).getStringCellValue());
            assertEquals(
                    "cible atteinte, à lire avec prudence",
                    sheet.getRow(2).getCell(14).getStringCellValue());
            assertEquals("cible atteinte", sheet.getRow(3).getCell(14).getStringCellValue());
        }
    }

    @Test
    void aTitleHasRoomBesideTheButtonOfItsFilter() throws IOException {
        try (XSSFWorkbook workbook = written(row("Lot", 12L, 20L, "60", "PUBLIE"))) {
            XSSFSheet sheet = workbook.getSheet(VALUES);
            sheet.getRow(1)
                    .forEach(cell -> assertTrue(
                            sheet.getColumnWidth(cell.getColumnIndex())
                                    >= 256 * (cell.getStringCellValue().length() + 3),
                            cell.getStringCellValue()));
        }
    }

    @Test
    void noCellOfARowIsEmpty() throws IOException {
        try (XSSFWorkbook workbook = written(row("Lot", 12L, null, null, "PUBLIE"))) {
            for (int column = 0; column < 18; column++) {
                Cell cell = workbook.getSheet(VALUES).getRow(2).getCell(column);
                assertTrue(
                        !new DataFormatter(Locale.FRANCE).formatCellValue(cell).isBlank(), "column " + column);
            }
        }
    }

    @Test
    void case34_case64_changesComeAfterTheValueAsSignedNumbers() throws IOException {
        // 20 / 50 a year before, 12 / 40 now: -10 pt. Nothing is known of the quarter before.
        ValueRow before = quarter("CAD-01", "2025-T1", 20L, 50L, "40");
        ValueRow now = quarter("CAD-01", "2026-T1", 12L, 40L, "30");
        ValueRow count = quarter("RUP-00", "2026-T1", 5L, null, "5");
        ValueChanges changes = new ValueChanges(
                List.of(before, now, count),
                key -> Optional.of(key.equals("CAD-01") ? ValueUnit.POURCENT : ValueUnit.EFFECTIF));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ValuesWorkbook.write(
                out, STAMP, reader("partenaire"), List.of(now, count), key -> Optional.empty(), Optional.of(changes));

        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            XSSFSheet sheet = workbook.getSheet(VALUES);
            assertEquals("Évolution (un an)", sheet.getRow(1).getCell(12).getStringCellValue());
            assertEquals("IC 95 % bas", sheet.getRow(1).getCell(13).getStringCellValue());
            assertEquals("–", sheet.getRow(2).getCell(11).getStringCellValue());
            Cell year = sheet.getRow(2).getCell(12);
            assertEquals(-10, year.getNumericCellValue());
            assertEquals("\u221210,0\u00A0pt", new DataFormatter(Locale.FRANCE).formatCellValue(year));
            assertEquals("n.d.", sheet.getRow(3).getCell(12).getStringCellValue());
            assertEquals("publié", sheet.getRow(3).getCell(18).getStringCellValue());
            assertEquals("A2:T4", sheet.getCTWorksheet().getAutoFilter().getRef());
        }
    }

    private static ValueRow quarter(
            String code, String period, long numerator, @Nullable Long denominator, String value) {
        BigDecimal number = new BigDecimal(value);
        return new ValueRow(
                code,
                1,
                "REGION",
                "76",
                "Occitanie",
                period,
                "",
                numerator,
                denominator,
                number,
                null,
                null,
                null,
                "SANS_CIBLE",
                "PUBLIE",
                3);
    }

    @Test
    void theHeaderStaysInSightAndFilters() throws IOException {
        try (XSSFWorkbook workbook = written(row("Lot", 12L, 20L, "60", "PUBLIE"))) {
            XSSFSheet sheet = workbook.getSheet(VALUES);
            assertEquals(2, sheet.getPaneInformation().getHorizontalSplitPosition());
            assertNotNull(sheet.getCTWorksheet().getAutoFilter());
            assertEquals("A2:R3", sheet.getCTWorksheet().getAutoFilter().getRef());
        }
    }

    @Test
    void theReadMeLetsTheFigureBeFoundAgain() throws IOException {
        try (XSSFWorkbook workbook = written(row("Lot", 12L, 20L, "60", "PUBLIE"))) {
            XSSFSheet sheet = workbook.getSheet("Lisez-moi");
            assertEquals("n°\u00A03", sheet.getRow(1).getCell(1).getStringCellValue());
            assertEquals(
                    "28 février 2026 à 23\u00A0h\u00A059, heure de Paris",
                    sheet.getRow(2).getCell(1).getStringCellValue());
            assertEquals(STAMP.empreinte(), sheet.getRow(3).getCell(1).getStringCellValue());
        }
    }

    @Test
    void itSaysForWhomItIsMadeWhereverItIsMet() throws IOException {
        String mention = "Valeurs internes, non masquées\u00A0: à ne pas diffuser";
        byte[] bytes = bytes(reader("interne"), row("Lot", 12L, 20L, "60", "PUBLIE"));
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            POIXMLProperties.CoreProperties file = workbook.getProperties().getCoreProperties();
            assertEquals("Valeurs publiées, publication n°\u00A03 – interne", file.getTitle());
            assertEquals(mention, file.getSubject());
            assertEquals("Interne", file.getCategory());
            XSSFSheet sheet = workbook.getSheetAt(0);
            assertEquals("Valeurs – interne", sheet.getSheetName());
            assertEquals(mention, sheet.getRow(0).getCell(0).getStringCellValue());
            assertEquals(mention, sheet.getHeader().getCenter());
            Row first = workbook.getSheet("Lisez-moi").getRow(0);
            assertEquals("Lecteur", first.getCell(0).getStringCellValue());
            assertTrue(first.getCell(1).getStringCellValue().startsWith(mention + ". Valeurs exactes"));
        }
    }

    @Test
    void everyAudienceHasAFileOfItsOwn() throws IOException {
        Set<String> tabs = new HashSet<>();
        for (Audience audience : AccessPolicy.read().audiences().values()) {
            byte[] bytes = bytes(audience, row("Lot", 12L, 20L, "60", "PUBLIE"));
            try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
                tabs.add(workbook.getSheetName(0));
                assertTrue(
                        workbook.getSheetAt(0)
                                        .getRow(0)
                                        .getCell(0)
                                        .getStringCellValue()
                                        .startsWith("Valeurs p")
                                == audience.isMasked(),
                        audience.code());
            }
        }
        assertEquals(Set.of("Valeurs – interne", "Valeurs – partenaire", "Valeurs – public"), tabs);
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws IOException, InterruptedException {
        byte[] first = bytes(row("Lot", 12L, 20L, "60", "PUBLIE"));
        // Longer than the two seconds that a zip tells apart.
        Thread.sleep(2100);
        assertArrayEquals(first, bytes(row("Lot", 12L, 20L, "60", "PUBLIE")));
    }

    private static XSSFWorkbook written(ValueRow... rows) throws IOException {
        return new XSSFWorkbook(new ByteArrayInputStream(bytes(rows)));
    }

    private static byte[] bytes(ValueRow... rows) throws IOException {
        return bytes(reader("partenaire"), rows);
    }

    private static byte[] bytes(Audience audience, ValueRow... rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ValuesWorkbook.write(
                out, STAMP, audience, List.of(rows), key -> Optional.of(ValueUnit.POURCENT), Optional.empty());
        return out.toByteArray();
    }

    private static Audience reader(String code) {
        return AccessPolicy.read().audience(code);
    }

    private static ValueRow row(
            String territoire, @Nullable Long num, @Nullable Long den, @Nullable String value, String status) {
        BigDecimal number = value == null ? null : new BigDecimal(value);
        return new ValueRow(
                "CAD-01",
                1,
                "DEPARTEMENT",
                "34",
                territoire,
                "2026-T1",
                "",
                num,
                den,
                number,
                number,
                number,
                "> 60",
                "ATTEINTE",
                status,
                3);
    }
}
