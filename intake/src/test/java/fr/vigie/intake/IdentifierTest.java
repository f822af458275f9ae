package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of domaine 3.3 and of cases 57, 86, 88, 89 and 90. */
class IdentifierTest {

    private static String told(CellReading reading) {
        List<String> codes = reading.findings().stream()
                .map(finding -> finding.level() + " " + finding.code())
                .toList();
        return (reading.text() + " " + String.join(",", codes)).strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "255081416802538",
                "284058832102532",
                "284052A32102552",
                "284052B32102579",
                "170013417206197",
                "1 70 01 34 172 061 97",
                "284052a32102552"
            })
    void case86_takesARightNir(String text) {
        assertTrue(Nir.hasRightKey(Nir.normalise(text)));
        assertEquals(Nir.normalise(text), told(RegistryReaders.person(text, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"284058832102530", "123456789012244"})
    void case86_knowsAWrongKey(String text) {
        assertFalse(Nir.hasRightKey(text));
    }

    @ParameterizedTest
    @CsvSource({
        "284058832102530, false, E NIR_CLE",
        "2 84 05 88 321 025 30, false, E NIR_CLE",
        "284058832102530, true, 284058832102530",
        "123456789012244, false, E NIR_CLE",
        "123456789012212, false, 123456789012212",
        "584058832102530, false, 584058832102530",
        "C001-00012, false, C001-00012",
        "dossier 12, false, dossier 12",
        "'1,70013E+14', false, E NOTATION_SCIENTIFIQUE",
        "9377952927E-5, true, E NOTATION_SCIENTIFIQUE",
        "12E5, false, 12E5",
        "E12+5, false, E12+5"
    })
    void case86_rejectsOnlyWhatHasTheStructureOfANir(String text, boolean opaque, String told) {
        assertEquals(told, told(RegistryReaders.person(text, opaque)));
    }

    @ParameterizedTest
    @CsvSource({
        "340780477, 340780477",
        "310781406, 310781406",
        "300780038, 300780038",
        "010003820, 010003820",
        "34 078 047 7, 340780477",
        "1950047225, 950047225",
        "10003820, 010003820 A FINESS_REPARE",
        "340780478, E FINESS_CLE",
        "34078, E FINESS_CLE",
        "2A0000014, 2A0000014",
        "2b0000020, 2B0000020",
        "2A0000015, 2A0000015 A FINESS_CLE",
        "'3,4078E+08', E NOTATION_SCIENTIFIQUE"
    })
    void case88_case89_readAFiness(String text, String told) {
        assertEquals(told, told(RegistryReaders.finess(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "10002909371, 10002909371",
        "99700245667, 99700245667",
        "810002909371, 10002909371",
        "10002673899, 10002673899 A RPPS_CLE",
        "10102727017, 10102727017 A RPPS_CLE",
        "10100050075, 10100050075 A RPPS_CLE",
        "0341012345, 341012345",
        "1000290937, 1000290937 A RPPS_CLE"
    })
    void case88_readsARpps(String text, String told) {
        assertEquals(told, told(RegistryReaders.rpps(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "73282932000074, 73282932000074",
        "732 829 320 00074, 73282932000074",
        "35600000009075, 35600000009075",
        "35600000009090, E SIRET_CLE",
        "73282932000075, E SIRET_CLE",
        "7328293200007, E SIRET_CLE"
    })
    void case90_readsASiretAndThePostOffice(String text, String told) {
        assertEquals(told, told(RegistryReaders.siret(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "9122, 09122 A COMMUNE_REPAREE",
        "2A004, 2A004",
        "2a004, 2A004",
        "20004, 20004 A COMMUNE_CORSE_ANCIENNE",
        "34301, 34301",
        "34999, 34999",
        "97105, 97105",
        "97901, E COMMUNE_INVALIDE",
        "98735, 98735",
        "99999, 99999",
        "99109, 99109",
        "00123, E COMMUNE_INVALIDE",
        "96001, E COMMUNE_INVALIDE",
        "2C004, E COMMUNE_INVALIDE",
        "Sète, E COMMUNE_INVALIDE"
    })
    void case57_readsACommune(String text, String told) {
        assertEquals(told, told(CommuneReader.read(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "'1 234 567,5', 1234567.5",
        "'12,50', 12.5",
        "0.000, 0",
        "-3, -3",
        "1.234.567, E NOMBRE_INVALIDE",
        "12 34, E NOMBRE_INVALIDE",
        "1E6, E NOMBRE_INVALIDE",
        "beaucoup, E NOMBRE_INVALIDE"
    })
    void readsNumbersAsFrenchSpreadsheetsWriteThem(String text, String told) {
        assertEquals(told, told(NumberReaders.decimal(text)));
    }

    @ParameterizedTest
    @CsvSource({"'12,0', 12", "'12,5', E NOMBRE_INVALIDE", "2147483648, E NOMBRE_INVALIDE", "'1 200', 1200"})
    void readsWholeNumbers(String text, String told) {
        assertEquals(told, told(NumberReaders.integer(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "O, true",
        "oui, true",
        "1, true",
        "Vrai, true",
        "N, false",
        "Non, false",
        "0, false",
        "faux, false",
        "X, E BOOLEEN_INVALIDE"
    })
    void readsBooleans(String text, String told) {
        assertEquals(told, told(NumberReaders.bool(text)));
    }
}
