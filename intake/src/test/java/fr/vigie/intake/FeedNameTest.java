package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedNameTest {

    @ParameterizedTest
    @CsvSource({
        "patients.csv, patients/",
        "PATIENTS.CSV, patients/",
        "patients-2026 février.csv.gz, patients/",
        "territoires_communes-1.csv, territoires_communes/",
        "territoires-1.csv, territoires/",
        "20260228_AGENDA_rendez_vous_v1.csv, rendez_vous/AGENDA",
        "20260228_CH_de_Sete_territoires_communes_v12.csv, territoires_communes/CH_de_Sete",
        "patients2.csv, ''",
        "mes_patients.csv, ''",
        "20260228_patients_v1.csv, ''"
    })
    void takesTheLongestFeedThatFits(String file, String told) {
        InputFile input = new InputFile(file, Path.of(file), null, Limits.DEFAULT);
        assertEquals(
                told,
                FeedName.of(input, Door.CONTRACTS.keySet())
                        .map(name -> name.feed() + "/" + name.source())
                        .orElse(""));
    }
}
