package fr.vigie.intake;

import static fr.vigie.intake.WorkbookFile.number;
import static fr.vigie.intake.WorkbookFile.row;
import static fr.vigie.intake.WorkbookFile.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of days: 43 891 is 1 March 2020 in the calendar of Excel, 42 429 in the one of old Macintosh files; an eighth of a day is three hours. */
class WorkbookTest {

    private static final String RENDEZ_VOUS = row(
            1,
            "rdv_id",
            "source",
            "patient_id",
            "date_heure_debut",
            "statut",
            "mode",
            "profession",
            "duree_min",
            "creneau_dedie",
            "commune_lieu",
            "motif");

    @TempDir
    Path folder;

    private static String rendezVous(int line, String debut, String duree, String dedie, String commune, String motif) {
        return "<row r='" + line + "'>" + text("A" + line, "R" + line) + text("B" + line, "SAS")
                + text("C" + line, "C1") + debut + text("E" + line, "HONORE") + text("F" + line, "PRES")
                + text("G" + line, "MG") + duree + dedie + commune + motif + "</row>";
    }

    private IntakeResult take(byte[] workbook) throws IOException {
        return new Door(folder).put("rendez_vous.xlsx", workbook).take().get(0);
    }

    private IntakeResult take(String... rows) throws IOException {
        return take(new WorkbookFile()
                .sheet("Feuil1", RENDEZ_VOUS + String.join("", rows))
                .bytes());
    }

    @Test
    void readsEachKindOfCellAsTheTextOfACsvFile() throws IOException {
        IntakeResult result = take(
                rendezVous(
                        2,
                        number("D2", 2, "43891.354166666664"),
                        number("H2", 0, "75"),
                        "<c r='I2' t='b'><v>1</v></c>",
                        number("J2", 4, "1053"),
                        number("K2", 5, "0.6")),
                rendezVous(
                        3,
                        number("D3", 1, "43891"),
                        number("H3", 0, "75.0"),
                        "<c r='I3' t='b'><v>0</v></c>",
                        number("J3", 0, "34301"),
                        number("K3", 0, "0.1000000000000001")),
                rendezVous(
                        4,
                        number("D4", 1, "43891.354166666664"),
                        "<c r='H4'><f>60+15</f><v>75</v></c>",
                        "",
                        text("J4", "01053"),
                        "<c r='K4' t='str'><f>A1</f><v>rdv; \"urgent\"</v></c>"),
                rendezVous(5, number("D5", 7, "43891"), "", "", "", number("K5", 6, "1.5")));
        assertEquals(List.of(), Door.codes(result));
        List<Door.Row> rows = Door.staged(result);
        // 08:30 in Paris, in winter, is 07:30 UTC; midnight is the day before at 23:00.
        assertEquals(
                List.of(
                        "2020-03-01T07:30:00Z heure",
                        "2020-02-29T23:00:00Z jour",
                        "2020-03-01T07:30:00Z heure",
                        "2020-02-29T23:00:00Z jour"),
                rows.stream()
                        .map(row -> row.at("date_heure_debut") + " " + row.at("date_heure_debut_precision"))
                        .toList());
        assertEquals(List.of("75", "75", "75", ""), column(rows, "duree_min"));
        assertEquals(List.of("true", "false", "", ""), column(rows, "creneau_dedie"));
        assertEquals(List.of("01053", "34301", "01053", ""), column(rows, "commune_lieu"));
        assertEquals(List.of("60%", "0.1", "rdv; \"urgent\"", "1.5"), column(rows, "motif"));
    }

    private static List<String> column(List<Door.Row> rows, String name) {
        return rows.stream().map(row -> row.at(name)).toList();
    }

    @Test
    void countsLinesAsTheRowsOfTheSheetAndLeavesEmptyOnes() throws IOException {
        IntakeResult result = take(
                "<row r='2'><c r='A2' s='1'/><c r='D2' s='2'/></row>",
                rendezVous(5, text("D5", "31/02/2026"), "", "", "", ""),
                "<row r='6'>" + text("C6", " ") + "</row>",
                rendezVous(
                        900_000, text("D900000", "01/02/2026 08h30"), "", "", "", text("K900000", "deux&#10;lignes")));
        assertEquals(List.of("5 date_heure_debut E DATE_INVALIDE"), Door.codes(result));
        assertEquals(List.of(2L, 1L), List.of(result.linesRead(), result.linesKept()));
        assertEquals("900000", Door.staged(result).get(0).at("_ligne"));
        assertEquals("deux lignes", Door.staged(result).get(0).at("motif"));
    }

    @Test
    void readsSharedStringsWithTheirRunsAndWithoutTheirReadings() throws IOException {
        byte[] workbook = new WorkbookFile()
                .strings(
                        "territoire_id",
                        "type",
                        "libelle",
                        "T1",
                        "CPTS",
                        "<r><rPr><b/></rPr><t>Sè</t></r><r><t xml:space='preserve'>te </t></r><rPh sb='0' eb='1'><t>lu</t></rPh>")
                .sheet(
                        "Territoires",
                        "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c></row>"
                                + "<row><c t='s'><v>3</v></c><c t='s'><v>4</v></c><c t='s'><v>5</v></c></row>")
                .bytes();
        IntakeResult result =
                new Door(folder).put("territoires.xlsx", workbook).take().get(0);
        assertEquals("Sète", Door.staged(result).get(0).at("libelle"));
    }

    @Test
    void readsTheSheetNamedAfterTheFeedElseTheFirstOneShownAndSaysSo() throws IOException {
        String territoires = row(1, "territoire_id", "type", "libelle") + row(2, "T1", "CPTS", "a");
        String notes = row(1, "à lire");
        byte[] named = new WorkbookFile()
                .sheet("Notes", notes)
                .sheet("TERRITOIRES", territoires)
                .bytes();
        byte[] shown = new WorkbookFile()
                .sheet("cachée", notes)
                .sheet("export", territoires)
                .sheet("z", notes)
                .bytes();
        for (byte[] workbook : List.of(named, shown)) {
            Door door = new Door(folder);
            door.feed = Optional.of("territoires");
            IntakeResult result = door.put("envoi.xlsx", workbook).take().get(0);
            assertEquals(List.of(1L, 1L), List.of(result.linesRead(), result.linesKept()));
            assertEquals(List.of("1  I FEUILLE_LUE"), Door.codes(result));
        }
    }

    @Test
    void knowsTheCalendarOfOldMacintoshFiles() throws IOException {
        IntakeResult result = take(new WorkbookFile()
                .startingIn1904()
                .sheet("a", RENDEZ_VOUS + rendezVous(2, number("D2", 2, "42429.354166666664"), "", "", "", ""))
                .bytes());
        assertEquals("2020-03-01T07:30:00Z", Door.staged(result).get(0).at("date_heure_debut"));
    }

    @Test
    void refusesALongNumberWhoseLastDigitsTheSpreadsheetHasLost() throws IOException {
        byte[] workbook = new WorkbookFile()
                .sheet(
                        "a",
                        row(1, "patient_id", "date_naissance", "sexe", "commune_insee")
                                + "<row r='2'>" + number("A2", 0, "1234567890123450") + text("C2", "F")
                                + text("D2", "34301") + "</row>"
                                + "<row r='3'>" + number("A3", 0, "923456789012345") + number("B3", 1, "18264")
                                + text("C3", "F")
                                + text("D3", "34301") + "</row>")
                .bytes();
        Door door = new Door(folder);
        IntakeResult result = door.put("patients.xlsx", workbook).take().get(0);
        assertEquals(List.of("2 patient_id E NOTATION_SCIENTIFIQUE"), Door.codes(result));
        Door.Row row = Door.staged(result).get(0);
        assertEquals("1950-01-01", row.at("date_naissance"));
        assertEquals("923456789012345", door.identifier(row.at("patient_id"), ""));
    }

    @Test
    void takesAnErrorOfFormulaForNoIdentifier() throws IOException {
        IntakeResult result = take("<row r='2'>" + text("A2", "R1") + text("B2", "SAS")
                + "<c r='C2' t='e'><v>#N/A</v></c>" + text("D2", "01/02/2026") + text("E2", "HONORE")
                + text("F2", "PRES") + text("G2", "MG") + "<c r='K2' t='e'><v>#REF!</v></c></row>");
        assertEquals(List.of("2 patient_id E ERREUR_DE_TABLEUR", "2 motif A ERREUR_DE_TABLEUR"), Door.codes(result));
    }

    @Test
    void readsAWorkbookWhereverItStandsAndWhateverItsName() throws IOException {
        byte[] workbook = new WorkbookFile()
                .sheet("a", RENDEZ_VOUS + rendezVous(2, text("D2", "01/02/2026"), "", "", "", ""))
                .bytes();
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            zip.putNextEntry(new ZipEntry("lot/rendez_vous.xlsx"));
            zip.write(workbook);
        }
        ByteArrayOutputStream pressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(pressed)) {
            gzip.write(workbook);
        }
        for (Map.Entry<String, byte[]> file : Map.of(
                        "rendez_vous.xlsx", workbook,
                        "rendez_vous.csv", workbook,
                        "20260301_SAS_rendez_vous_v1.XLSM", workbook,
                        "rendez_vous-mars.xlsx.gz", pressed.toByteArray(),
                        "envoi.zip", zipped.toByteArray())
                .entrySet()) {
            Door door = new Door(folder.resolve(file.getKey()));
            List<IntakeResult> results =
                    door.put(file.getKey(), file.getValue()).take();
            assertEquals(1, results.size(), file.getKey());
            assertEquals(Status.CHARGE, results.get(0).status(), file.getKey());
            assertEquals(1, results.get(0).linesKept(), file.getKey());
            assertFalse(door.everythingWritten().contains("C1"), "no identifier is written");
        }
    }

    @Test
    void readsAWorkbookWhoseSizesComeAfterItsEntriesIn64Bits() throws IOException {
        byte[] workbook = new WorkbookFile()
                .sheet("a", RENDEZ_VOUS + rendezVous(2, text("D2", "01/02/2026"), "", "", "", ""))
                .bytes();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(workbook));
                ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
            out.setUseZip64(Zip64Mode.Always);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putArchiveEntry(new ZipArchiveEntry(entry.getName()));
                out.write(in.readAllBytes());
                out.closeArchiveEntry();
            }
        }
        assertEquals(1, take(bytes.toByteArray()).linesKept());
    }

    @Test
    void readsAWorkbookThroughAMapping() throws IOException {
        Door door = new Door(folder);
        door.mapping = Optional.of(Mapping.read(
                "m.yaml",
                "name: essai\nlabel: Essai\nblocks:\n- feed: territoires\n  files: [\"*.xlsx\"]\n  columns:\n    territoire_id: Numéro\n"
                        + "    type: {constant: CPTS}\n    libelle: Nom\n",
                Door.CONTRACTS));
        byte[] workbook = new WorkbookFile()
                .sheet(
                        "Export",
                        row(1, "Nom", "Numéro") + "<row r='2'>" + text("A2", "Sète") + number("B2", 0, "7") + "</row>")
                .bytes();
        IntakeResult result = door.put("Étab.xlsx", workbook).take().get(0);
        assertEquals("7", Door.staged(result).get(0).at("territoire_id"));
    }

    @Test
    void refusesDataUnderMergedCellsAndLeavesATitleMerged() throws IOException {
        String rows = RENDEZ_VOUS
                + rendezVous(2, text("D2", "01/02/2026"), "", "", "", "")
                + rendezVous(3, text("D3", "02/02/2026"), "", "", "", "");
        IntakeResult refused = take(
                new WorkbookFile().sheet("a", rows).merged("D1:E1", "B2:B3").bytes());
        assertEquals("CELLULES_FUSIONNEES", code(refused));
        assertTrue(
                refused.refusal().orElseThrow().contains("(B2:B3)"),
                refused.refusal().orElseThrow());
        assertEquals(
                2,
                take(new WorkbookFile().sheet("a", rows).merged("D1:E1").bytes())
                        .linesKept());
    }

    @Test
    void refusesADamagedWorkbookAndOneThatGrowsTooMuch() throws IOException {
        byte[] workbook = new WorkbookFile()
                .sheet(
                        "a",
                        RENDEZ_VOUS
                                + rendezVous(2, text("D2", "01/02/2026"), "", "", "", text("K2", "a".repeat(100_000))))
                .bytes();
        byte[] cut = java.util.Arrays.copyOf(workbook, workbook.length / 2);
        assertEquals("FICHIER_ILLISIBLE", code(take(cut)));
        Door door = new Door(folder);
        door.limits = new Limits(1L << 30, 1L << 30, 20, 10_000, 100);
        assertEquals(
                "ZIP_DANGEREUX",
                code(door.put("rendez_vous.xlsx", workbook).take().get(0)));
    }

    @Test
    void doesNotFollowTheEntitiesOfItsXml() throws IOException {
        String rows = RENDEZ_VOUS + rendezVous(2, text("D2", "01/02/2026"), "", "", "", text("K2", "&fichier;"));
        byte[] workbook = new WorkbookFile().sheet("a", rows).bytes();
        String xml = "<!DOCTYPE a [<!ENTITY fichier SYSTEM 'file:///etc/passwd'>]>";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(workbook));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(entry.getName().contains("sheet1") ? xml.getBytes(StandardCharsets.UTF_8) : new byte[0]);
                out.write(in.readAllBytes());
            }
        }
        Door door = new Door(folder);
        IntakeResult result =
                door.put("rendez_vous.xlsx", bytes.toByteArray()).take().get(0);
        assertTrue(result.status() == Status.REFUSE
                || Door.staged(result).get(0).at("motif").isEmpty());
        assertFalse(door.everythingWritten().contains("root:"));
    }

    private static String code(IntakeResult result) throws IOException {
        assertEquals(Status.REFUSE, result.status());
        return Door.rejects(result).get(0).at("code");
    }
}
