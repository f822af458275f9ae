package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainFileTest {

    private static final String PATIENTS = "patient_id;date_naissance;sexe;commune_insee\n";

    @TempDir
    Path folder;

    @Test
    void stagesCanonicalTextWithAPseudonym() throws IOException {
        Door door = new Door(folder);
        IntakeResult result = door.takeOne(
                "patients.csv",
                "Patient ID;Date Naissance;SEXE;Commune INSEE;ALD;Pathologies;QPV\r\n"
                        + "C1; 01/02/1950 ;f;34301;8|3;DIAB|CANC|DIAB;Oui\r\n");
        assertEquals(Status.CHARGE, result.status());
        Door.Row row = Door.staged(result).get(0);
        assertEquals("2", row.at("_ligne"));
        assertTrue(row.at("patient_id").matches("[0-9a-f]{32}"));
        assertEquals("1950-02-01", row.at("date_naissance"));
        assertEquals("F", row.at("sexe"));
        assertEquals("34301", row.at("commune_insee"));
        assertEquals("3|8", row.at("ald"));
        assertEquals("CANC|DIAB", row.at("pathologies"));
        assertEquals("true", row.at("qpv"));
        assertEquals("", row.at("opposition"));
        assertEquals("C1", door.identifier(row.at("patient_id"), ""));
    }

    @Test
    void rejectsTheFiveWrongLinesAtTheirPlaceAndKeepsTheOthers() throws IOException {
        StringBuilder text = new StringBuilder("patient_id;date_naissance;sexe;commune_insee\r\n");
        IntStream.range(0, 60).forEach(n -> text.append("G" + n + ";01/02/1950;F;34301\r\n"));
        text.append("B1;31/02/2026;F;34301\r\nB2;01/02/26;F;34301\r\nB3;12/13/1950;F;34301\r\n");
        text.append("B4;01/02/1950;F;34301;trop\r\nB5;01/02/2950;F;34301\r\n");
        Door door = new Door(folder);
        door.completeTo = Optional.of(LocalDate.of(2026, 2, 28));
        IntakeResult result = door.takeOne("patients.csv", text.toString());
        assertEquals(
                List.of(
                        "62 date_naissance E DATE_INVALIDE",
                        "63 date_naissance E ANNEE_2_CHIFFRES",
                        "64 date_naissance E DATE_INVALIDE",
                        "65  E COLONNES_EN_TROP",
                        "66 date_naissance E NAISSANCE_INVALIDE"),
                Door.codes(result));
        assertEquals(List.of(65L, 60L, 5L), List.of(result.linesRead(), result.linesKept(), result.linesRejected()));
    }

    @Test
    void case79_readsTheSameTextInUtf8WithOrWithoutMarksAndInWindows1252() throws IOException {
        String text = "territoire_id;type;libelle\nT1;CPTS;Sète, l’été à 5\u00a0€\n";
        Charset windows = Charset.forName("windows-1252");
        List<byte[]> contents = List.of(
                text.getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
                text.getBytes(windows),
                text.replace(';', '\t').replace("\n", "\r\n").getBytes(windows));
        for (int index = 0; index < contents.size(); index++) {
            Door door = new Door(folder.resolve("case" + index));
            IntakeResult result =
                    door.put("territoires.csv", contents.get(index)).take().get(0);
            assertEquals("Sète, l’été à 5 €", Door.staged(result).get(0).at("libelle"));
            assertEquals(Optional.empty(), result.completeUntil());
        }
    }

    @Test
    void case83_rejectsOnlyTheLineWithOneValueTooManyAndCountsQuotedLineEnds() throws IOException {
        IntakeResult result = new Door(folder)
                .takeOne(
                        "territoires.csv",
                        "territoire_id;type;libelle\nT1;CPTS;\"deux\nlignes\"\n\nT2;CPTS;a;b\nT3;CPTS\nT4;CPTS;bien\n");
        assertEquals(List.of("5  E COLONNES_EN_TROP", "6  E COLONNES_MANQUANTES"), Door.codes(result));
        assertEquals("deux lignes", Door.staged(result).get(0).at("libelle"));
        assertEquals("7", Door.staged(result).get(1).at("_ligne"));
    }

    @Test
    void takesTheFileWhenAQuoteIsFollowedByText() throws IOException {
        IntakeResult result = new Door(folder)
                .takeOne(
                        "territoires.csv",
                        "territoire_id;type;libelle\nT1;CPTS;\"a\"b\nT2;CPTS;dit \"le sud\"\nT3;CPTS;c\n");
        assertEquals(Status.CHARGE, result.status());
        assertEquals(3, result.linesRead());
        assertEquals("dit \"le sud\"", Door.staged(result).get(1).at("libelle"));
    }

    @Test
    void case92_takesAFormulaAsText() throws IOException {
        IntakeResult result = new Door(folder)
                .takeOne(
                        "territoires.csv",
                        "territoire_id;type;libelle\nT1;CPTS;\"=HYPERLINK(\"\"a\"\";\"\"b\"\")\"\nT2;CPTS;+33\n");
        assertEquals("=HYPERLINK(\"a\";\"b\")", Door.staged(result).get(0).at("libelle"));
        assertEquals("+33", Door.staged(result).get(1).at("libelle"));
    }

    @Test
    void case93_acceptsAHeaderAloneAndItsCompleteness() throws IOException {
        IntakeResult result = new Door(folder).takeOne("patients.csv", PATIENTS);
        assertEquals(Status.CHARGE, result.status());
        assertEquals(0, result.linesRead());
        assertEquals(Optional.of(Door.COMPLETE), result.completeUntil());
        assertEquals(1, Files.readAllLines(result.staged().orElseThrow()).size());
    }

    @Test
    void saysOnceWhichColumnsItIgnores() throws IOException {
        IntakeResult result = new Door(folder)
                .takeOne(
                        "territoires.csv", "territoire_id;type;libelle;Remarque;Année\nT1;CPTS;a;b;c\nT2;CPTS;a;b;c\n");
        assertEquals(List.of("1  I COLONNE_INCONNUE"), Door.codes(result));
        assertTrue(Door.rejects(result).get(0).at("message").contains("remarque, annee"));
        assertEquals(0, result.warnings());
    }
}
