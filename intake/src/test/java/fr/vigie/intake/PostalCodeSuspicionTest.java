package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Postal codes in a column of INSEE codes (domaine 0.9 bis). 34000 (Montpellier) is a postal code only; 34200 is the postal code of Sète and the
 * commune of Pézènes-les-Mines; 34172 is the commune of Montpellier.
 */
class PostalCodeSuspicionTest {

    @TempDir
    Path folder;

    @Test
    void moreThanOneCodeInTwentyIsToldOnceWithTheDoubtfulOnes() throws IOException {
        // 2 of 21 are more than 5 %
        IntakeResult result = take(17, "34172", 2, "34000", 2, "34200");

        assertEquals(Status.CHARGE, result.status());
        assertEquals(21, result.linesKept());
        assertEquals(1, result.warnings());
        assertEquals(List.of("1 commune_insee A CODES_POSTAUX"), Door.codes(result));
        String message = Door.rejects(result).get(0).at("message");
        assertTrue(message.contains("Sur 21 codes, 2 n’existent que comme codes postaux et 2 sont douteux"), message);
    }

    @Test
    void oneInTwentyIsNotMore() throws IOException {
        assertEquals(List.of(), Door.codes(take(19, "34172", 1, "34000", 0, "")));
        assertEquals(List.of("1 commune_insee A CODES_POSTAUX"), Door.codes(take(37, "34172", 2, "34000", 0, "")));
        assertEquals(List.of(), Door.codes(take(38, "34172", 2, "34000", 0, "")));
    }

    @Test
    void fewerThanTwentyCodesSayNothing() throws IOException {
        assertEquals(List.of(), Door.codes(take(0, "", 19, "34000", 0, "")));
        assertEquals(List.of("1 commune_insee A CODES_POSTAUX"), Door.codes(take(0, "", 20, "34000", 0, "")));
    }

    @Test
    void codesThatAreDoubtfulOnlyAreNotEnough() throws IOException {
        assertEquals(List.of(), Door.codes(take(0, "", 0, "", 40, "34200")));
    }

    private IntakeResult take(int some, String code, int others, String other, int rest, String third)
            throws IOException {
        StringBuilder text = new StringBuilder("patient_id;date_naissance;sexe;commune_insee\n");
        int number = 0;
        for (List<String> codes : List.of(
                Collections.nCopies(some, code),
                Collections.nCopies(others, other),
                Collections.nCopies(rest, third))) {
            for (String one : codes) {
                text.append("P")
                        .append(++number)
                        .append(";01/01/1980;F;")
                        .append(one)
                        .append("\n");
            }
        }
        return new Door(folder.resolve("" + number + code + third)).takeOne("patients.csv", text.toString());
    }
}
