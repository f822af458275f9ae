package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files as they come: each with its verdict (statut, lues, gardées, rejetées), the labels that are kept and what is told, worked out by hand. The
 * feed is always the same, and so are its lines as far as they can be: what varies is what holds them.
 */
class HostileFilesTest {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String HEADER = "territoire_id;type;libelle\n";

    @TempDir
    Path folder;

    private final List<DynamicTest> files = new ArrayList<>();

    /** @param kept labels of the kept lines, joined by {@code |} */
    private void file(String what, String name, byte[] content, String verdict, String kept, String... told) {
        Path place = folder.resolve("f" + files.size());
        files.add(DynamicTest.dynamicTest(what, () -> {
            List<IntakeResult> results = new Door(place).put(name, content).take();
            assertEquals(1, results.size());
            IntakeResult result = results.get(0);
            List<String> labels = result.staged().isEmpty()
                    ? List.of()
                    : Door.staged(result).stream().map(row -> row.at("libelle")).toList();
            assertEquals(
                    verdict + " " + kept + " " + Arrays.asList(told),
                    result.status() + " " + result.linesRead() + " " + result.linesKept() + " " + result.linesRejected()
                            + " " + String.join("|", labels) + " " + Door.codes(result));
        }));
    }

    private void bytes(String what, byte[] content, String verdict, String kept, String... told) {
        file(what, "territoires.csv", content, verdict, kept, told);
    }

    private void text(String what, String content, String verdict, String kept, String... told) {
        bytes(what, content.getBytes(StandardCharsets.UTF_8), verdict, kept, told);
    }

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer value) {
                all.write(value);
            } else if (part instanceof byte[] some) {
                all.writeBytes(some);
            } else {
                all.writeBytes(part.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return all.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Charset names, String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, names)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        return zip(StandardCharsets.UTF_8, name, content);
    }

    private static byte[] plain() {
        return bytes(HEADER, "T1;CPTS;a\n");
    }

    @TestFactory
    Stream<DynamicTest> encodings() {
        String sete = HEADER + "T1;CPTS;Sète, 5 €\n";
        text("UTF-8", sete, "CHARGE 1 1 0", "Sète, 5 €");
        text("UTF-8 with a mark", "\uFEFF" + sete, "CHARGE 1 1 0", "Sète, 5 €");
        text("a mark between quotes", "\uFEFF\"territoire_id\";type;libelle\nT1;CPTS;a\n", "CHARGE 1 1 0", "a");
        bytes("Windows-1252", sete.getBytes(WINDOWS), "CHARGE 1 1 0", "Sète, 5 €");
        bytes(
                "Windows-1252 that looks like UTF-8 by chance: é, no-break space, guillemet",
                (HEADER + "T1;CPTS;« Santé\u00a0»\nT2;CPTS;SANTÉ\u00a0!\n").getBytes(WINDOWS),
                "CHARGE 2 2 0",
                "« Santé »|SANTÉ !");
        bytes(
                "« Texte Unicode » of Excel",
                bytes(0xFF, 0xFE, sete.replace(';', '\t').getBytes(StandardCharsets.UTF_16LE)),
                "CHARGE 1 1 0",
                "Sète, 5 €");
        bytes(
                "UTF-16, the other order",
                bytes(0xFE, 0xFF, sete.getBytes(StandardCharsets.UTF_16BE)),
                "CHARGE 1 1 0",
                "Sète, 5 €");
        bytes("UTF-16LE without a mark", sete.getBytes(StandardCharsets.UTF_16LE), "CHARGE 1 1 0", "Sète, 5 €");
        bytes("UTF-16BE without a mark", sete.getBytes(StandardCharsets.UTF_16BE), "CHARGE 1 1 0", "Sète, 5 €");
        bytes(
                "UTF-16 cut in the middle of a letter",
                bytes(0xFF, 0xFE, (HEADER + "T1;CPTS;a").getBytes(StandardCharsets.UTF_16LE), 'b'),
                "CHARGE 1 1 0",
                "a\uFFFD",
                "2 libelle A CARACTERE_ILLISIBLE");
        bytes(
                "case 09: a mark, and one byte of Windows-1252",
                bytes(
                        0xEF,
                        0xBB,
                        0xBF,
                        "territoire_id;type;libelle\r\nC1;CPTS;CPTS « Sète »\r\nC2;CPTS;CPTS B",
                        0xE9,
                        "ziers\r\n"),
                "CHARGE 2 2 0",
                "CPTS « Sète »|CPTS Béziers",
                "3  A ENCODAGE_MELANGE");
        bytes(
                "the same, without a mark, the line before a rejected one",
                bytes(HEADER, "T1;CPTS;Sète, été\nT2;CPTS;B", 0xE9, "ziers\nT3;CPT;c\nT4;CPTS;d\n"),
                "CHARGE 4 3 1",
                "Sète, été|Béziers|d",
                "3  A ENCODAGE_MELANGE",
                "4 type E CODE_INCONNU");
        bytes(
                "a mark alone says UTF-8, before a single foreign byte",
                bytes(0xEF, 0xBB, 0xBF, HEADER, "T1;CPTS;B", 0xE9, "ziers\n"),
                "CHARGE 1 1 0",
                "Béziers",
                "2  A ENCODAGE_MELANGE");
        bytes(
                "Windows-1252 with a line of UTF-8",
                bytes((HEADER + "T1;CPTS;Béziers\nT2;CPTS;Agde été\n").getBytes(WINDOWS), "T3;CPTS;Sète\n"),
                "CHARGE 3 3 0",
                "Béziers|Agde été|Sète",
                "4  A ENCODAGE_MELANGE");
        bytes(
                "a foreign byte in a value of two lines is told at its own line",
                bytes(HEADER, "T1;CPTS;é\nT2;CPTS;\"é\nB", 0xE9, "\"\n"),
                "CHARGE 2 2 0",
                "é|é Bé",
                "4  A ENCODAGE_MELANGE");
        bytes(
                "case 09: a byte that is nothing, in a label",
                bytes((HEADER + "30001;CPTS;Léz\n30002;CPTS;Al").getBytes(WINDOWS), 0xE8, "s ", 0x9D, "\n"),
                "CHARGE 2 2 0",
                "Léz|Alès \uFFFD",
                "3 libelle A CARACTERE_ILLISIBLE");
        bytes(
                "the five bytes that are nothing, in identifiers",
                bytes(
                        HEADER,
                        "T",
                        0x81,
                        ";CPTS;a\nT",
                        0x8D,
                        ";CPTS;b\nT1;CPTS;",
                        0xE9,
                        "\nT",
                        0x8F,
                        ";CPTS;c\nT",
                        0x90,
                        ";CPTS;d\nT",
                        0x9D,
                        ";CPTS;e\n"),
                "REFUSE 6 0 6",
                "",
                "2 territoire_id E CARACTERE_ILLISIBLE",
                "3 territoire_id E CARACTERE_ILLISIBLE",
                "5 territoire_id E CARACTERE_ILLISIBLE",
                "6 territoire_id E CARACTERE_ILLISIBLE",
                "7 territoire_id E CARACTERE_ILLISIBLE");
        text(
                "a letter lost before it came",
                HEADER + "T1;CPTS;S\uFFFDte\n",
                "CHARGE 1 1 0",
                "S\uFFFDte",
                "2 libelle A CARACTERE_ILLISIBLE");
        bytes("a zero byte", bytes(plain(), "T2;CPTS;b", 0, "\n"), "REFUSE 0 0 0", "", "3  E PAS_DU_TEXTE");
        bytes(
                "more than a few control characters in a thousand",
                bytes(HEADER, "T1;CPTS;a\nT2;CPTS;", 1, 2, 3, 4, "\n"),
                "REFUSE 0 0 0",
                "",
                "3  E PAS_DU_TEXTE");
        bytes(
                "UTF-8 without French letters, and one foreign byte",
                bytes(HEADER, "T1;CPTS;ččč ďďď ččč ďďď\nT2;CPTS;", 0xE9, "\n"),
                "CHARGE 2 2 0",
                "ččč ďďď ččč ďďď|é",
                "3  A ENCODAGE_MELANGE");
        bytes("UTF-32", bytes(0xFF, 0xFE, 0, 0, 't', 0, 0, 0), "REFUSE 0 0 0", "", "1  E PAS_DU_TEXTE");
        bytes("a stray control character", bytes(HEADER, "T1;CPTS;a", 0x0B, "b\n"), "CHARGE 1 1 0", "a b");
        bytes("the end of file of MS-DOS", bytes(plain(), 0x1A), "CHARGE 1 1 0", "a");
        bytes("a mark and nothing else", bytes(0xEF, 0xBB, 0xBF), "REFUSE 0 0 0", "", "1  E FICHIER_VIDE");
        text("letters that cannot be seen", HEADER + "T\u200B1;CPTS\u2060;\u200Ea\u00AD\n", "CHARGE 1 1 0", "a");
        return files.stream();
    }

    @TestFactory
    Stream<DynamicTest> delimitersAndLineEnds() {
        for (char delimiter : ";,\t|".toCharArray()) {
            text(
                    "delimiter " + delimiter,
                    new String(plain(), StandardCharsets.UTF_8).replace(';', delimiter),
                    "CHARGE 1 1 0",
                    "a");
        }
        for (char delimiter : ";,\t|^".toCharArray()) {
            text(
                    "declared delimiter " + delimiter,
                    "sep=" + delimiter + "\r\n" + (HEADER + "T1;CPT;a\nT2;CPTS;b\n").replace(';', delimiter),
                    "CHARGE 2 1 1",
                    "b",
                    "3 type E CODE_INCONNU");
        }
        text(
                "declared between quotes, after a mark",
                "\uFEFF\"SEP=;\"\n" + HEADER + "T1;CPTS;a\n",
                "CHARGE 1 1 0",
                "a");
        text(
                "declared, and another one used",
                "sep=;\nterritoire_id,type,libelle\nT1,CPTS,a\n",
                "REFUSE 0 0 0",
                "",
                "1  E SANS_EN_TETE");
        text(
                "a delimiter in a quoted header",
                "\"territoire_id\";type;\"libelle\";\"a, b, c, d\"\nT1;CPTS;a;b\n",
                "CHARGE 1 1 0",
                "a",
                "1  I COLONNE_INCONNUE");
        text("one column", "territoire_id\nT1\n", "REFUSE 0 0 0", "", "1  E COLONNE_OBLIGATOIRE_ABSENTE");
        text(
                "CR alone",
                (HEADER + "T1;CPT;a\nT2;CPTS;b\n").replace('\n', '\r'),
                "CHARGE 2 1 1",
                "b",
                "2 type E CODE_INCONNU");
        text(
                "CR, LF and both",
                HEADER + "T1;CPTS;a\rT2;CPTS;b\r\nT3;CPT;c",
                "CHARGE 3 2 1",
                "a|b",
                "4 type E CODE_INCONNU");
        text("no end of line at the end", HEADER + "T1;CPTS;a", "CHARGE 1 1 0", "a");
        text("trailing delimiters everywhere", "territoire_id;type;libelle;\nT1;CPTS;a;\n", "CHARGE 1 1 0", "a");
        text("trailing delimiters on the lines", HEADER + "T1;CPTS;a;\nT2;CPTS;b;; ;\"\"\n", "CHARGE 2 2 0", "a|b");
        text("a trailing delimiter on the header", "territoire_id;type;libelle;;\nT1;CPTS;a\n", "CHARGE 1 1 0", "a");
        text(
                "a value too many after an empty one",
                HEADER + "T1;CPTS;a;;b\n",
                "CHARGE 1 0 1",
                "",
                "2  E COLONNES_EN_TROP");
        text("a line cut short", HEADER + "T1;CPTS\nT2;CPTS;b\n", "CHARGE 2 1 1", "b", "2  E COLONNES_MANQUANTES");
        return files.stream();
    }

    @TestFactory
    Stream<DynamicTest> rowsThatSayNothing() {
        text("case 08: cleared at the end", HEADER + "T1;CPTS;a\n;;\n;;\n;;\n;;\n", "CHARGE 1 1 0", "a");
        text(
                "cleared in the middle, before a wrong line",
                HEADER + "T1;CPTS;a\n;;\n\n;;\nT2;CPT;b\n",
                "CHARGE 2 1 1",
                "a",
                "6 type E CODE_INCONNU");
        text(
                "cleared, whatever is left",
                HEADER + ";\n;;;;;\n\"\";\"\";\"\"\n \t;\u00a0;\u202f\n\"\n\n\"\nT1;CPTS;a\n",
                "CHARGE 1 1 0",
                "a");
        text(
                "cleared before the header",
                ";;\r\n;;\r\n\r\nterritoire_id;type;libelle\r\nT1;CPT;a\r\n",
                "CHARGE 1 0 1",
                "",
                "5 type E CODE_INCONNU");
        text("nothing but cleared rows", ";;\n;;\n\"\"\n", "REFUSE 0 0 0", "", "1  E FICHIER_VIDE");
        text("an empty file", "", "REFUSE 0 0 0", "", "1  E FICHIER_VIDE");
        text("a header alone", HEADER, "CHARGE 0 0 0", "");
        text("a header and cleared rows", HEADER + ";;\n;;\n", "CHARGE 0 0 0", "");
        text(
                "NR is written by somebody: no cleared row",
                HEADER + "NR;NR;NR\n",
                "CHARGE 1 0 1",
                "",
                "2 territoire_id E VALEUR_MANQUANTE",
                "2 type E VALEUR_MANQUANTE",
                "2 libelle E VALEUR_MANQUANTE");
        return files.stream();
    }

    @TestFactory
    Stream<DynamicTest> quotesAndHeaders() {
        text(
                "quotes that open and never close",
                HEADER + "T1;CPTS;a\nT2;CPTS;\"b\nT3;CPTS;c\n",
                "REFUSE 1 0 1",
                "",
                "2  E GUILLEMET_OUVERT");
        text(
                "a value beyond measure",
                HEADER + "T1;CPTS;" + "a".repeat(17 << 20) + "\n",
                "REFUSE 0 0 0",
                "",
                "1  E GUILLEMET_OUVERT");
        text(
                "a value too long",
                HEADER + "T1;CPTS;" + "a".repeat(4_001) + "\nT2;CPTS;b\n",
                "CHARGE 2 1 1",
                "b",
                "2 libelle E VALEUR_TROP_LONGUE");
        text(
                "quotes doubled, single, inside",
                HEADER + "T1;CPTS;\"l’\"\"été\"\"\"\nT2;CPTS;5\" de pluie\nT3;CPTS;\"b\"c\n",
                "CHARGE 3 3 0",
                "l’\"été\"|5\" de pluie|bc");
        text(
                "delimiter and line end between quotes",
                HEADER + "T1;CPTS;\"a;\r\nb\"\nT2;CPT;c\n",
                "CHARGE 2 1 1",
                "a; b",
                "4 type E CODE_INCONNU");
        text(
                "columns in another order, one unknown",
                "remarque;LIBELLÉ;Type;Territoire\u00a0ID\nx;a;CPTS;T1\n",
                "CHARGE 1 1 0",
                "a",
                "1  I COLONNE_INCONNUE");
        text(
                "a known column twice",
                "territoire_id;type;libelle;Libellé\nT1;CPTS;a;b\n",
                "REFUSE 0 0 0",
                "",
                "1  E COLONNE_EN_DOUBLE");
        text(
                "an unknown column twice",
                "territoire_id;type;libelle;note;note\nT1;CPTS;a;b;c\n",
                "CHARGE 1 1 0",
                "a",
                "1  I COLONNE_INCONNUE");
        text("two headers", HEADER + HEADER + "T1;CPTS;a\n", "CHARGE 1 1 0", "a", "2  I EN_TETE_REPETE");
        text(
                "two exports end to end",
                HEADER + "T1;CPTS;a\n" + HEADER + "T2;CPT;b\n",
                "CHARGE 2 1 1",
                "a",
                "3  I EN_TETE_REPETE",
                "4 type E CODE_INCONNU");
        text(
                "a title over the header",
                "Export du 1er mars\n" + HEADER + "T1;CPTS;a\n",
                "REFUSE 0 0 0",
                "",
                "1  E SANS_EN_TETE");
        text("no header", "T1;CPTS;a\nT2;CPTS;b\n", "REFUSE 0 0 0", "", "1  E SANS_EN_TETE");
        text(
                "a page of the Web",
                "<html><table><tr><td>territoire_id</td></tr></table></html>\n",
                "REFUSE 0 0 0",
                "",
                "1  E SANS_EN_TETE");
        text(
                "an error of a spreadsheet in a label",
                HEADER + "T1;CPTS;#REF!\n",
                "CHARGE 1 1 0",
                "#REF!",
                "2 libelle A ERREUR_DE_TABLEUR");
        text(
                "errors of a spreadsheet for identifiers",
                HEADER + "#N/A;CPTS;a\n########;CPTS;b\n#1;CPTS;c\n",
                "CHARGE 3 1 2",
                "c",
                "2 territoire_id E ERREUR_DE_TABLEUR",
                "3 territoire_id E ERREUR_DE_TABLEUR");
        return files.stream();
    }

    @TestFactory
    Stream<DynamicTest> whatHoldsThem() throws IOException {
        file("gzip", "territoires.csv.gz", gzip(plain()), "CHARGE 1 1 0", "a");
        file("zip", "lot.zip", zip("territoires.csv", plain()), "CHARGE 1 1 0", "a");
        file("gzip in a zip", "lot.zip", zip("territoires-2.csv.gz", gzip(plain())), "CHARGE 1 1 0", "a");
        file(
                "a folder with accents in a zip",
                "lot.zip",
                zip("été à Sète/territoires-é.csv", plain()),
                "CHARGE 1 1 0",
                "a");
        file(
                "the same, made on an older Windows",
                "lot.zip",
                zip(Charset.forName("IBM437"), "été/territoires-é.csv", plain()),
                "CHARGE 1 1 0",
                "a");
        file("accents in the name", "territoires-été.csv", plain(), "CHARGE 1 1 0", "a");
        file("capitals in the name", "TERRITOIRES-MARS.CSV", plain(), "CHARGE 1 1 0", "a");
        file(
                "another extension of text",
                "territoires.tsv",
                bytes(HEADER.replace(';', '\t'), "T1\tCPTS\ta\n"),
                "CHARGE 1 1 0",
                "a");
        file("text named after its feed", "territoires-mars.txt", plain(), "CHARGE 1 1 0", "a");
        file("the same in a zip", "lot.zip", zip("territoires.TXT", plain()), "CHARGE 1 1 0", "a");
        file(
                "another text in a zip",
                "lot.zip",
                zip("lisez-moi.txt", plain()),
                "REFUSE 0 0 0",
                "",
                "1  E ARCHIVE_SANS_CSV");
        file(
                "zip in a zip",
                "lot.zip",
                zip("a.zip", zip("territoires.csv", plain())),
                "REFUSE 0 0 0",
                "",
                "1  E ZIP_DANGEREUX");
        file(
                "a zip that climbs",
                "lot.zip",
                zip("../territoires.csv", plain()),
                "REFUSE 0 0 0",
                "",
                "1  E ZIP_DANGEREUX");
        file(
                "a zip without rows",
                "lot.zip",
                zip("lisez-moi.pdf", bytes("%PDF-1.7")),
                "REFUSE 0 0 0",
                "",
                "1  E ARCHIVE_SANS_CSV");
        file(
                "a zip with the lock of a workbook",
                "lot.zip",
                zip("~$territoires.xlsx", plain()),
                "REFUSE 0 0 0",
                "",
                "1  E ARCHIVE_SANS_CSV");
        file(
                "half a gzip",
                "territoires.csv.gz",
                Arrays.copyOf(gzip(plain()), 20),
                "REFUSE 0 0 0",
                "",
                "1  E FICHIER_ILLISIBLE");
        file("gzip by its name only", "territoires.csv.gz", plain(), "REFUSE 0 0 0", "", "1  E FICHIER_ILLISIBLE");
        bytes("gzip without the name", gzip(plain()), "REFUSE 0 0 0", "", "1  E PAS_DU_TEXTE");
        bytes("an archive without the name", zip("territoires.csv", plain()), "REFUSE 0 0 0", "", "1  E PAS_DU_TEXTE");
        bytes("a document", bytes("%PDF-1.7\n"), "REFUSE 0 0 0", "", "1  E PAS_DU_TEXTE");
        file(
                "an old workbook",
                "territoires.xls",
                bytes(0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0),
                "REFUSE 0 0 0",
                "",
                "1  E PAS_DU_TEXTE");
        file("text under the name of a workbook", "territoires.xls", plain(), "CHARGE 1 1 0", "a");
        file("a workbook of LibreOffice", "territoires.ods", openDocument(), "REFUSE 0 0 0", "", "1  E PAS_DU_TEXTE");
        return files.stream();
    }

    /** Its first entry is not compressed and says what it is. */
    private static byte[] openDocument() throws IOException {
        byte[] type = "application/vnd.oasis.opendocument.spreadsheet".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("mimetype");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(type.length);
            java.util.zip.CRC32 crc = new java.util.zip.CRC32();
            crc.update(type);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(type);
        }
        return bytes.toByteArray();
    }
}
