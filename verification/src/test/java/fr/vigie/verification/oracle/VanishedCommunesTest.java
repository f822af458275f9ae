package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The movements that ship with the référentiel, on codes whose history is known from INSEE. */
class VanishedCommunesTest {

    private static VanishedCommunes communes = new VanishedCommunes(new CurrentRows(Map.of()));

    @BeforeAll
    static void read() throws IOException {
        communes = new VanishedCommunes(new CurrentRows(
                Map.of("communes", rows("communes"), "communes_mouvements", rows("communes_mouvements"))));
    }

    @Test
    void aCodeThatChangedAndTheOnesItHadTakenIn() {
        // Conques-en-Rouergue: 12076 until 31/12/2024, 12218 since; it took in Grand-Vabre (12114) in 2016.
        assertEquals("12218", on("12076", "2024-05-12"));
        assertEquals("12218", on("12076", "2026-05-12"));
        assertEquals("12218", on("12218", "2020-01-01"));
        assertEquals("12218", on("12114", "2010-01-01"));
        assertEquals("12218", on("12114", "2026-01-01"));
    }

    @Test
    void aMunicipalArrondissementIsInItsCommune() {
        assertEquals("75056", on("75112", "2026-05-12"));
        assertEquals("13055", on("13201", "2026-05-12"));
        assertEquals("69123", on("69381", "2026-05-12"));
    }

    @Test
    void aCommuneThatMergedWithAnotherOfAnotherDepartement() {
        // Freigné left Maine-et-Loire (49144) for Vallons-de-l'Erdre, Loire-Atlantique (44180), in 2018.
        assertEquals("44180", on("49144", "2017-06-01"));
    }

    @Test
    void aCommuneThatMovedFromOneToAnother() {
        // La Neuville-Garnier: in Les Hauts-Talican, which was 60054 until the end of 2023 and is 60694 since.
        assertEquals("60694", on("60455", "2022-01-01"));
        assertEquals("60694", on("60455", "2026-01-01"));
    }

    @Test
    void noCodeOfAnotherAgeIsTakenForAPostalCode() {
        // Boulogne-Billancourt before 1968, and the postal code of the 12th arrondissement of Paris.
        assertNull(on("75012", "2026-01-01"));
        assertNull(on("20004", "2026-01-01"));
        assertNull(on("99999", "2026-01-01"));
    }

    private static @Nullable String on(String code, String day) {
        return communes.communeOn(code, LocalDate.parse(day));
    }

    private static List<SilverRow> rows(String name) throws IOException {
        List<SilverRow> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(VanishedCommunesTest.class
                        .getClassLoader()
                        .getResourceAsStream("reference/" + name + ".csv.gz"))),
                StandardCharsets.UTF_8))) {
            List<String> header =
                    List.of(Objects.requireNonNull(lines.readLine()).split(";"));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(";", -1);
                Map<String, Object> values = new HashMap<>();
                for (int index = 0; index < cells.length; index++) {
                    String column = header.get(index);
                    if (column.equals("date_eff")) {
                        values.put(column, LocalDate.parse(cells[index], DateTimeFormatter.ofPattern("dd/MM/yyyy")));
                    } else if (column.equals("population")) {
                        values.put(column, Integer.valueOf(cells[index]));
                    } else if (!cells[index].isEmpty()) {
                        values.put(column, cells[index]);
                    }
                }
                rows.add(SilverRow.of(values));
            }
        }
        return rows;
    }
}
