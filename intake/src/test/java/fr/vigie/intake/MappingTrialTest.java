package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.MappingTrial.Remark;
import fr.vigie.intake.MappingTrial.ShownCell;
import fr.vigie.intake.MappingTrial.TriedFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTrialTest {

    private static final String MAPPING = """
        name: essai
        label: Essai
        source: ESSAI
        blocks:
          - feed: rendez_vous
            columns:
              rdv_id: numéro
              patient_id: {from: usager, opaque: true}
              date_heure_debut: {first_of: [{join: [jour, heure], separator: " "}, jour]}
              statut: {from: état, codes: {venu: HONORE, absent: NON_HONORE}}
              mode: {from: mode, codes: {cabinet: PRES}, otherwise: TLC}
              profession: PRES
              motif: motif
              commune_lieu: {postal_code: cp, commune: ville}
        """;
    private static final String HEADER = "numéro;usager;jour;heure;état;mode;motif;cp;ville;téléphone\n";

    @TempDir
    Path folder;

    private TriedFeed tried(String mapping, String content) throws IOException {
        Path file = Files.writeString(folder.resolve("export.csv"), content);
        Mapping read = Mapping.read("essai.yaml", mapping, Door.CONTRACTS);
        return new MappingTrial(read, Door.CONTRACTS, LocalDate.of(2026, 3, 1), 1)
                .of(file)
                .get(0);
    }

    private static List<String> codes(TriedFeed tried) {
        return tried.remarks().stream()
                .map(one -> one.level() + " " + one.code() + " " + one.column() + " " + one.count() + " " + one.value())
                .toList();
    }

    @Test
    void saysWhatWasNotUnderstoodAndHowOften() throws IOException {
        TriedFeed tried = tried(
                MAPPING.replace("profession: PRES", "profession: {constant: MG}"),
                HEADER + "1;Jeanne DURAND;01/02/2026;08h30;Venu;CABINET;mal au dos;34140;;0467000000\n"
                        + "2;Paul MARTIN;02/02/2026;;parti;cabinet;;34200;Sète;\n"
                        + "3;Paul MARTIN;03/02/2026;;parti;vidéo;;34200;Sète;\n"
                        + "3;Anne PETIT;03/02/2026;;absent;vidéo;;34200;Sète;\n"
                        + "5;Anne PETIT;32/02/2026;;absent;vidéo;;34200;Sète;\n"
                        + "6;;03/02/2026;;absent;visio;;34200;Sète;\n");
        assertEquals(
                List.of(
                        "E CODE_INCONNU statut 2 parti",
                        "E DATE_INVALIDE date_heure_debut 1 32/02/2026",
                        "E VALEUR_MANQUANTE patient_id 1 ",
                        "A INSEE_AMBIGU commune_lieu 1 34140\u202f; ",
                        "I AUTRE mode 3 vidéo",
                        "I AUTRE mode 1 visio"),
                codes(tried));
        assertEquals(List.of("telephone"), tried.unused());
        assertEquals(List.of(6L, 4L), List.of(tried.read(), tried.rejected()));
        assertEquals(
                "Trop de lignes rejetées\u00a0: 4 sur 6 (plus de 10\u00a0%).",
                tried.refusal().orElseThrow());
    }

    @Test
    void showsTheFirstLinesBeforeAndAfterWithoutWhatAPersonIsKnownBy() throws IOException {
        TriedFeed tried = tried(
                MAPPING.replace("profession: PRES", "profession: {constant: MG}")
                        .replace("rdv_id: numéro", "rdv_id: {join: [numéro, {person: true}], separator: \"-\"}"),
                HEADER
                        + "1;Jeanne DURAND;01/02/2026;08h30;Venu;CABINET;mal au dos;34140;Mèze;0467000000\n"
                        + "2;B;;;;;;;;\n");
        assertEquals(
                List.of(
                        "2 rdv_id [numero = 1] 1-(pseudonyme)",
                        "2 patient_id [usager = xxxxxx xxxxxx] (pseudonyme)",
                        "2 date_heure_debut [jour = 01/02/2026\u202f; heure = 08h30] 2026-02-01 08:30",
                        "2 statut [etat = Venu] HONORE",
                        "2 mode [mode = CABINET] PRES",
                        "2 profession [(constante)] MG",
                        "2 commune_lieu [cp = 34140\u202f; ville = Mèze] 34157",
                        "2 motif [motif = xxx xx xxx] xxx xx xxx"),
                tried.cells().stream()
                        .map(cell -> cell.line() + " " + cell.column() + " [" + cell.before() + "] " + cell.after())
                        .toList());
    }

    @Test
    void neverShowsAPersonWhereverTheMappingPutsThem() throws IOException {
        StringBuilder lines = new StringBuilder(HEADER);
        for (int row = 0; row < 40; row++) {
            char letter = (char) ('a' + row % 26);
            lines.append(row)
                    .append(";Durand")
                    .append(letter)
                    .append(row)
                    .append(";01/02/1950;Durand")
                    .append(letter)
                    .append(";Durand")
                    .append(letter)
                    .append(row)
                    .append(";Durand;Durand;284058832102532;Durand;Durand\n");
        }
        String mapping = MAPPING.replace("statut: {from: état", "statut: {from: usager")
                .replace("profession: PRES", "profession: état")
                .replace("mode: {from: mode", "mode: {from: usager");
        TriedFeed tried = tried(mapping, lines.toString());
        String shown = tried.cells() + " " + tried.remarks() + " " + tried.unused() + tried.refusal();
        // The name of a town is shown: it is what a postal code is read with. Here somebody put a name in it.
        String besidesTowns = shown.replaceAll("ville = Durand|; Durand", "");
        assertFalse(besidesTowns.contains("Durand"), besidesTowns);
        assertFalse(shown.contains("284058832102532"), shown);
        assertTrue(tried.refusal().isPresent());
    }

    @Test
    void hidesTheFewTextsWithoutCodeOfAColumnOfManyTexts() throws IOException {
        StringBuilder codes = new StringBuilder("venu: HONORE");
        StringBuilder lines = new StringBuilder(HEADER);
        for (int row = 0; row < 40; row++) {
            codes.append(", etat").append(row).append(": HONORE");
            lines.append(row).append(";A;01/02/2026;;etat").append(row).append(";cabinet;;;;\n");
        }
        TriedFeed tried = tried(
                MAPPING.replace("venu: HONORE", codes).replace("profession: PRES", "profession: {constant: MG}"),
                lines + "99;B;01/02/2026;;Durand;cabinet;;;;\n");
        assertTrue(codes(tried).contains("E CODE_INCONNU statut 1 xxxxxx"), codes(tried)::toString);
    }

    @Test
    void pointsToTheColumnThatWasMeant() throws IOException {
        TriedFeed tried = tried(MAPPING.replace("jour", "jours"), HEADER + "1;A;01/02/2026;;venu;cabinet;;;;\n");
        assertEquals(
                List.of(
                        "jours Colonne que le fichier n’a pas\u202f; la plus proche\u00a0: «\u00a0jour\u00a0».",
                        "pres Colonne que le fichier n’a pas\u202f; pour une valeur fixe, écrivez {constant: PRES}."),
                tried.remarks().stream()
                        .filter(one -> one.code().equals("COLONNE_ABSENTE"))
                        .map(one -> one.value() + " " + one.message())
                        .toList());
    }

    @Test
    void saysOfAFileWithoutHeaderNothingThatItHolds() throws IOException {
        TriedFeed tried =
                tried(MAPPING, "1;Durand;01/02/2026;;venu;cabinet;;;;\n2;Martin;01/02/2026;;venu;cabinet;;;;\n");
        assertTrue(
                codes(tried)
                        .contains("E SANS_EN_TETE  0 cp, etat, heure, jour, mode, motif, numero, pres, usager, ville"),
                codes(tried)::toString);
        String shown = (tried.cells() + " " + tried.remarks() + " " + tried.unused()).toLowerCase(Locale.ROOT);
        assertFalse(shown.contains("durand") || shown.contains("martin"), shown);
    }

    @Test
    void warnsOfTwoFactsUnderOneIdentifier() throws IOException {
        String mapping = MAPPING.replace("profession: PRES", "profession: {constant: MG}");
        String collective = HEADER
                + "7;A;01/02/2026;;venu;cabinet;;;;\n"
                + "7;B;01/02/2026;;venu;cabinet;;;;\n"
                + "7;B;01/02/2026;;venu;cabinet;;;;\n";
        // The third line is the second one again, and differs from the first, which is the one that was seen.
        assertEquals(
                List.of("rdv_id + source 2"),
                tried(mapping, collective).remarks().stream()
                        .filter(one -> one.code().equals("CLE_REPETEE"))
                        .map(one -> one.column() + " " + one.count())
                        .toList());
        String told = mapping.replace("rdv_id: numéro", "rdv_id: {join: [numéro, {person: true}]}");
        assertEquals(
                0,
                tried(told, collective).remarks().stream()
                        .map(Remark::code)
                        .filter("CLE_REPETEE"::equals)
                        .count());
    }

    @Test
    void showsNothingOfARecordThatNoBlockTakes() throws IOException {
        TriedFeed tried = tried(
                MAPPING.replace("profession: PRES", "profession: {constant: MG}")
                        .replace("    columns:", "    when: {column: état, is: [VENU]}\n    columns:"),
                HEADER + "1;A;01/02/2026;;absent;cabinet;;;;\n2;B;01/02/2026;;venu;cabinet;;;;\n");
        assertEquals(1, tried.read());
        assertEquals(
                List.of(3L),
                tried.cells().stream().map(ShownCell::line).distinct().toList());
    }
}
