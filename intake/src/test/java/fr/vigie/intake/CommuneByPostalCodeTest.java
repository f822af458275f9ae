package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.intake.CommuneByPostalCode.Found;
import fr.vigie.schema.PostalCodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One commune, or its département with a warning, or nothing with a warning: never a guess (domaine 3.2). */
class CommuneByPostalCodeTest {

    private final CommuneByPostalCode communes = new CommuneByPostalCode(PostalCodes.official());

    @ParameterizedTest
    @CsvSource(emptyValue = "", textBlock = """
        34200 | Sète                       | 34301 |
        34200 | SETE CEDEX 2               | 34301 |
        34200 | ''                         | 34301 |
        34110 | frontignan                 | 34108 |
        34140 | Meze                       | 34157 |
        1440  | VIRIAT                     | 01451 |
        34280 | GRANDE MOTTE               | 34344 |
        34280 | La Grande-Motte            | 34344 |
        30220 | ST LAURENT D'AIGOUZE       | 30276 |
        66420 | Le Barcarès                | 66017 |
        66420 | BARCARES (LE)              | 66017 |
        75012 | Paris                      | 75056 |
        75012 | PARIS 12                   | 75056 |
        75012 | Paris 12ème arrondissement | 75056 |
        69003 | LYON 03                    | 69123 |
        13008 | MARSEILLE 8E ARRDT         | 13999 | INSEE_AMBIGU
        20000 | AJACCIO                    | 2A004 |
        97133 | ST BARTHELEMY              | 97701 |
        34999 | ''                         | 34999 |
        99109 | BERLIN                     | 99109 |
        99999 | ''                         | 99999 |
        ''    | ''                         | ''    |
        34140 | ''                         | 34999 | INSEE_AMBIGU
        34200 | Montpellier                | 34999 | INSEE_AMBIGU
        34204 | SETE CEDEX                 | 34301 | INSEE_PAR_NOM
        34204 | ''                         | ''    | CODE_POSTAL_INCONNU
        34299 | Atlantis                   | ''    | CODE_POSTAL_INCONNU
        ''    | Sète                       | ''    | CODE_POSTAL_INCONNU
        3420  | Sète                       | ''    | CODE_POSTAL_INCONNU
        F-34  | Sète                       | ''    | CODE_POSTAL_INCONNU
        """, delimiter = '|')
    void findsOneCommuneOrSaysItsDoubt(String postalCode, String name, String code, String doubt) {
        Found found = communes.find(postalCode, name);
        assertEquals(code, found.code());
        assertEquals(doubt, found.doubt() == null ? null : found.doubt().code());
    }
}
