package fr.vigie.demonstration;

import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.demonstration.WrittenFile.Row;
import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationGeneratorTest {

    private static final LocalDate END = LocalDate.of(2026, 6, 30);
    private static final double YEARS = 1.5;
    private static final LocalDateTime LAST_MINUTE = LocalDateTime.of(2026, 6, 30, 23, 59);
    private static final int PATIENTS = 2_000;
    private static final List<String> FEEDS = List.of(
            "patients", "declarations_mt", "orientations", "rendez_vous", "evenements", "creneaux", "professionnels");

    @TempDir
    static Path folder;

    private static final Map<String, WrittenFile> FILES = new HashMap<>();
    private static final List<DemonstrationSummary> SUMMARY = new ArrayList<>();

    @BeforeAll
    static void write() throws IOException {
        SUMMARY.add(new DemonstrationGenerator(DemonstrationParameters.upTo(END, 7, PATIENTS)).write(folder));
        for (String feed : FEEDS) {
            FILES.put(feed, WrittenFile.read(folder, feed + ".csv"));
            FILES.put(feed + "-corrections", WrittenFile.read(folder, feed + "-corrections.csv"));
        }
    }

    @Test
    void givesTheSameBytesForTheSameSeedAndOthersForAnother(@TempDir Path other) throws IOException {
        new DemonstrationGenerator(DemonstrationParameters.upTo(END, 7, PATIENTS)).write(other.resolve("same"));
        new DemonstrationGenerator(DemonstrationParameters.upTo(END, 8, PATIENTS)).write(other.resolve("different"));
        for (String name : FILES.keySet()) {
            assertEquals(
                    -1, Files.mismatch(folder.resolve(name + ".csv"), other.resolve("same/" + name + ".csv")), name);
        }
        for (String feed : FEEDS) {
            assertNotEquals(
                    -1,
                    Files.mismatch(folder.resolve(feed + ".csv"), other.resolve("different/" + feed + ".csv")),
                    feed);
        }
    }

    @Test
    void coversEighteenMonthsThatEndOnTheGivenDay() {
        assertEquals(
                LocalDate.of(2025, 1, 1),
                DemonstrationParameters.upTo(END, 1, 10).start());
        assertEquals(
                "a demonstration needs at least one patient, not 0",
                assertThrows(IllegalArgumentException.class, () -> DemonstrationParameters.upTo(END, 1, 0))
                        .getMessage());
    }

    @Test
    void countsTheLinesThatAreInTheFiles() {
        Map<String, Long> counted = new TreeMap<>();
        FILES.forEach(
                (name, file) -> counted.put(name + ".csv", (long) file.lines().size()));
        assertEquals(counted, SUMMARY.get(0).rows());
    }

    @Test
    void writesOnlyColumnsAndCodesOfTheExchangeContracts() {
        Map<String, FeedContract> contracts = FeedContract.all();
        Set<String> foreign = new HashSet<>();
        FILES.forEach((name, file) -> {
            FeedContract contract = Objects.requireNonNull(contracts.get(name.replace("-corrections", "")));
            for (Row row : file.rows()) {
                row.values().forEach((column, value) -> {
                    Optional<FeedColumn> known = contract.column(column);
                    if (known.isEmpty()) {
                        foreign.add(name + "." + column);
                    } else if (!value.isEmpty()
                            && (known.get().type() == ColumnType.CODE
                                    || known.get().type() == ColumnType.CODES)) {
                        Stream.of(value.split("\\|"))
                                .filter(code -> !known.get().codes().contains(code))
                                .forEach(foreign::add);
                    }
                });
            }
        });
        assertEquals(Set.of("CODE_MAISON"), foreign);
    }

    @Test
    void spoilsBetweenOneAndEightLinesInAThousand() {
        long spoilt = 0;
        long lines = 0;
        for (String feed : FEEDS) {
            WrittenFile file = file(feed);
            Set<String> seen = new HashSet<>();
            for (String line : file.lines()) {
                boolean repeated = !seen.add(line);
                boolean longer =
                        line.chars().filter(character -> character == ';').count()
                                >= file.header().size();
                boolean unreadable = line.contains("31/02/")
                        || line.contains("CODE_MAISON")
                        || line.contains(";99999;")
                        || line.matches(".*;\\d\\d/\\d\\d/\\d\\d(;| ).*")
                        || line.matches(".*;29/03/2026 02:30;.*");
                boolean lostZero = file.row(line).values().entrySet().stream()
                        .anyMatch(entry -> entry.getKey().startsWith("commune")
                                && entry.getValue().matches("\\d{4}"));
                spoilt += repeated || longer || unreadable || lostZero ? 1 : 0;
                lines++;
            }
        }
        double perMille = 1_000.0 * (double) spoilt / (double) lines;
        assertTrue(perMille > 1 && perMille < 8, "spoilt per mille: " + perMille);
        assertTrue(Math.abs(SUMMARY.get(0).dirtyLines() - spoilt) <= 8, "told and found: " + spoilt);
    }

    @Test
    void datesNoFactAfterTheEndNorBeforeBirthNorAfterDeath() {
        Map<String, LocalDateTime> births = new HashMap<>();
        Map<String, LocalDateTime> deaths = new HashMap<>();
        for (Row row : file("patients").rows()) {
            WrittenFile.moment(row.at("date_naissance")).ifPresent(day -> births.put(row.at("patient_id"), day));
            WrittenFile.moment(row.at("date_deces"))
                    .ifPresent(day -> deaths.put(row.at("patient_id"), day.plusDays(1)));
        }
        assertTrue(deaths.size() > 20, "deaths: " + deaths.size());
        Map<String, String> dates =
                Map.of("evenements", "date_heure", "rendez_vous", "date_heure_debut", "orientations", "date_emission");
        Set<String> planned = Set.of("CONFIRME", "PROPOSE", "DEMANDE", "CODE_MAISON");
        List<String> misplaced = new ArrayList<>();
        dates.forEach((feed, column) -> Stream.of(feed, feed + "-corrections")
                .flatMap(name -> file(name).rows().stream())
                .forEach(row -> WrittenFile.moment(row.at(column)).ifPresent(moment -> {
                    String patient = row.at("patient_id");
                    boolean ahead = moment.isAfter(LAST_MINUTE) && !planned.contains(statut(row));
                    boolean tooEarly = moment.isBefore(births.getOrDefault(patient, LocalDateTime.MIN));
                    boolean tooLate = !moment.isBefore(deaths.getOrDefault(patient, LocalDateTime.MAX));
                    if (ahead || tooEarly || tooLate || isAfterEnd(row.at("date_maj"))) {
                        misplaced.add(feed + " " + moment);
                    }
                })));
        // The hour that the clocks skip is put on a line whatever its person.
        misplaced.removeIf(fact -> fact.endsWith("2026-03-29T02:30"));
        assertEquals(List.of(), misplaced);
    }

    @Test
    void correctsLaterWhatItWroteFirst() {
        for (String feed : List.of("rendez_vous", "orientations", "evenements")) {
            String id = file(feed).header().get(0);
            Map<String, Row> first = new HashMap<>();
            file(feed).rows().forEach(row -> first.put(row.at(id), row));
            List<Row> corrections = file(feed + "-corrections").rows();
            assertTrue(corrections.size() > 2, feed + ": " + corrections.size());
            for (Row correction : corrections) {
                Row original = Objects.requireNonNull(first.get(correction.at(id)));
                assertTrue(
                        moment(correction.at("date_maj")).isAfter(moment(original.at("date_maj"))),
                        () -> "not later: " + correction);
            }
        }
    }

    @Test
    void gaveEveryProfessionalADifferentNumberWithAValidKey() {
        assertEquals("99700245667", Professionnels.rpps(24_566), "the vector of domaine 3.3");
        Set<String> numbers = new HashSet<>();
        for (Row row : file("professionnels").rows()) {
            numbers.add(row.at("rpps"));
            assertEquals(0, luhn(row.at("rpps")) % 10, row.at("rpps"));
        }
        assertTrue(numbers.size() > 150, "professionals: " + numbers.size());
    }

    @Test
    void drawsAsMuchCareAsARegionNeeds() {
        double hundreds = PATIENTS / 100.0 * YEARS;
        assertBetween(35, 52.5, rows("evenements", "type", "HOSPI_ADMISSION") / hundreds, "stays per 100 and year");
        assertBetween(30, 47.5, rows("evenements", "type", "URG_PASSAGE") / hundreds, "passages per 100 and year");
        assertBetween(145, 225, file("rendez_vous").lines().size() / hundreds, "rendez-vous per 100 and year");
        assertBetween(22.5, 45, file("orientations").lines().size() / hundreds, "orientations per 100 and year");
        assertBetween(30, 48, share("evenements", row -> isA(row, "HOSPI_ADMISSION"), "programme", "O"), "planned");
        assertBetween(5.5, 11, share("rendez_vous", row -> true, "mode", "TLC"), "téléconsultations");
        double absent = rows("rendez_vous", "statut", "NON_HONORE");
        assertBetween(3, 5.5, 100 * absent / (absent + rows("rendez_vous", "statut", "HONORE")), "no-shows");
        assertBetween(2.5, 5, 100.0 * links() / file("rendez_vous").lines().size(), "reports");
        assertTrue(rows("orientations", "emetteur_type", "DAC") > 20, "orientations of the DAC");
        assertTrue(rows("orientations", "destinataire_type", "DAC") > 40, "orientations to the DAC");
        assertTrue(rows("evenements", "type", "DEMENAGEMENT") > 10, "moves");
        assertTrue(rows("evenements", "type", "ACCOMP_CONTACT") > 100, "contacts");
    }

    @Test
    void leavesOneAdultInNineWithoutMedecinTraitant() {
        Map<String, LocalDate> ceased = new HashMap<>();
        file("professionnels")
                .rows()
                .forEach(row -> WrittenFile.moment(row.at("date_fin"))
                        .ifPresent(moment -> ceased.put(row.at("rpps"), moment.toLocalDate())));
        Set<String> followed = new HashSet<>();
        for (Row row : file("declarations_mt").rows()) {
            LocalDate lastDay = WrittenFile.moment(row.at("date_fin"))
                    .map(LocalDateTime::toLocalDate)
                    .orElse(LocalDate.MAX);
            LocalDate doctors = ceased.getOrDefault(row.at("rpps"), LocalDate.MAX);
            if (!lastDay.isBefore(END) && !doctors.isBefore(END)) {
                followed.add(row.at("patient_id"));
            }
        }
        long adults = 0;
        long without = 0;
        for (Row row : file("patients").rows()) {
            boolean adult = WrittenFile.moment(row.at("date_naissance"))
                    .filter(birth -> !birth.toLocalDate().isAfter(END.minusYears(16)))
                    .isPresent();
            if (adult && row.at("date_deces").isEmpty()) {
                adults++;
                without += followed.contains(row.at("patient_id")) ? 0 : 1;
            }
        }
        assertBetween(8.5, 14, 100.0 * without / adults, "adults without médecin traitant");
    }

    @Test
    void bringsOneSortieInNineBackWithinThirtyDays() {
        Map<String, List<Row>> byPatient = file("evenements").rows().stream()
                .filter(row -> row.at("type").startsWith("HOSPI"))
                .collect(groupingBy(row -> row.at("patient_id")));
        int sorties = 0;
        int back = 0;
        for (List<Row> facts : byPatient.values()) {
            for (Row sortie : facts) {
                Optional<LocalDateTime> left = WrittenFile.moment(sortie.at("date_heure"));
                if (isA(sortie, "HOSPI_SORTIE") && "8".equals(sortie.at("mode_sortie")) && left.isPresent()) {
                    sorties++;
                    back += facts.stream().anyMatch(fact -> isUnplannedReturn(fact, left.get())) ? 1 : 0;
                }
            }
        }
        assertBetween(8.5, 15, 100.0 * back / sorties, "readmissions");
    }

    private static boolean isUnplannedReturn(Row fact, LocalDateTime left) {
        return isA(fact, "HOSPI_ADMISSION")
                && !"O".equals(fact.at("programme"))
                && "8".equals(fact.at("mode_entree"))
                && WrittenFile.moment(fact.at("date_heure"))
                        .map(moment -> ChronoUnit.DAYS.between(left.toLocalDate(), moment.toLocalDate()))
                        .filter(days -> days >= 1 && days <= 30)
                        .isPresent();
    }

    private static long links() {
        return file("rendez_vous").rows().stream()
                .filter(row -> !row.at("rdv_remplace_id").isEmpty())
                .count();
    }

    private static WrittenFile file(String name) {
        return Objects.requireNonNull(FILES.get(name), name);
    }

    private static String statut(Row row) {
        return row.values().getOrDefault("statut", "");
    }

    private static boolean isA(Row row, String type) {
        return type.equals(row.at("type"));
    }

    private static long rows(String feed, String column, String value) {
        return file(feed).rows().stream()
                .filter(row -> value.equals(row.at(column)))
                .count();
    }

    private static double share(String feed, Predicate<Row> of, String column, String value) {
        List<Row> rows = file(feed).rows().stream().filter(of).toList();
        return 100.0 * rows.stream().filter(row -> value.equals(row.at(column))).count() / rows.size();
    }

    private static void assertBetween(double least, double most, double value, String what) {
        assertTrue(
                value >= least && value <= most,
                what + ": " + value + ", between " + least + " and " + most + " expected");
    }

    private static boolean isAfterEnd(String text) {
        return WrittenFile.moment(text).filter(LAST_MINUTE::isBefore).isPresent();
    }

    private static LocalDateTime moment(String text) {
        return WrittenFile.moment(text).orElseThrow();
    }

    private static int luhn(String number) {
        int total = 0;
        for (int position = 0; position < number.length(); position++) {
            int digit = number.charAt(number.length() - 1 - position) - '0';
            int doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            total += position % 2 == 0 ? digit : doubled;
        }
        return total;
    }
}
