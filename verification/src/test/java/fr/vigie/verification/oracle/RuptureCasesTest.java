package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.RuptureRule;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases of domaine 7.2 about ruptures de parcours, and what 0.9 bis says of each rule. */
class RuptureCasesTest {

    private static final String STOP = "31/10/2026 23:59";
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm");

    private static final String PERSON = """
            patients
            patient_id | date_naissance | commune_insee
            A          | 02/01/1958     | 34172

            declarations_mt
            patient_id | rpps        | date_debut
            A          | 10002909371 | 01/01/2020

            """;

    private static final String STAY = """
            evenements
            patient_id | type            | date_heure       | mode_entree | mode_sortie
            A          | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |
            A          | HOSPI_SORTIE    | 01/02/2026 10:00 |             | 8

            """;

    private static String evenement(String type, String at) {
        return "evenements\npatient_id | type | date_heure\nA | " + type + " | " + at + "\n\n";
    }

    private static String rendezVous(String at, String statut, String prise) {
        return "rendez_vous\npatient_id | date_heure_debut | statut | date_heure_prise\nA | " + at + " | " + statut
                + " | " + prise + "\n\n";
    }

    private static String orientation(String emission, String statut, String reponse, String more) {
        return "orientations\npatient_id | chaine_id | type_demande | date_emission | statut | date_reponse | "
                + "destinataire_type | destinataire_id | urgence\nA | C | SMR | " + emission + " | " + statut + " | "
                + reponse + " | ES | " + more + "\n\n";
    }

    /** Each rupture as « rule version survenue closing severity absorption ». */
    private static List<String> ruptures(String tables, String stop, List<RuptureRule> rules) {
        return new Oracle(Tables.read(tables), Tables.limit(stop), rules)
                .facts("rupture").stream()
                        .sorted(Comparator.comparing(Fact::instant)
                                .thenComparing(fact -> String.valueOf(fact.text("regle"))))
                        .map(fact -> fact.text("regle") + " v" + fact.value("version_regle") + " "
                                + minute(fact.value("instant")) + ", " + closing(fact.value("close_le")) + ", "
                                + fact.value("severite")
                                + (fact.text("absorbee_par") == null ? "" : ", absorbée " + fact.text("absorbee_par")))
                        .toList();
    }

    private static List<String> ruptures(String tables) {
        return ruptures(tables, STOP, Catalogue.read(Optional.empty()).ruptures());
    }

    private static String closing(@Nullable Object instant) {
        return instant == null ? "ouverte" : "close " + minute(instant);
    }

    private static String minute(@Nullable Object instant) {
        return LocalDateTime.ofInstant((Instant) Objects.requireNonNull(instant), ZoneId.of("Europe/Paris"))
                .format(MINUTE);
    }

    @Test
    void case32_oneNeedSentToFourAtOnceIsOneStepAndNobodyIsSentFromPillarToPost() {
        String tables = PERSON;
        for (String place : List.of("E1", "E2", "E3")) {
            tables += orientation("05/02/2026 10:00", "REFUSEE", "06/02/2026 10:00", place);
        }
        tables += orientation("05/02/2026 10:00", "REALISEE", "06/02/2026 10:00", "E4");
        assertEquals(List.of(), ruptures(tables));
    }

    @Test
    void twoRefusalsInARowAreARuptureAtTheSecondAnswerThatTheCareCloses() {
        String refused = PERSON
                + orientation("05/02/2026 10:00", "REFUSEE", "06/02/2026 10:00", "E1")
                + orientation("07/02/2026 10:00", "REFUSEE", "09/02/2026 11:00", "E2");
        assertEquals(List.of("RUP-04 v1 09/02/2026 11:00, ouverte, 3"), ruptures(refused));
        assertEquals(
                List.of("RUP-04 v1 09/02/2026 11:00, close 20/02/2026 10:00, 3"),
                ruptures(refused + orientation("20/02/2026 10:00", "REALISEE", "21/02/2026 10:00", "E3")));
    }

    @Test
    void twoRefusalsInARowAreARuptureAsSoonAsBothAreKnownWhateverTheOrderOfTheAnswers() {
        String lateFirst = PERSON
                + orientation("05/02/2026 10:00", "REFUSEE", "19/02/2026 10:00", "E1")
                + orientation("07/02/2026 10:00", "REFUSEE", "09/02/2026 11:00", "E2");
        assertEquals(List.of("RUP-04 v1 19/02/2026 10:00, ouverte, 3"), ruptures(lateFirst));
        // The second and the third are two in a row before the first is answered.
        assertEquals(
                List.of("RUP-04 v1 12/02/2026 10:00, ouverte, 3"),
                ruptures(lateFirst + orientation("11/02/2026 10:00", "REORIENTEE", "12/02/2026 10:00", "E2")));
        // The first and the third are not in a row while the second is not answered.
        assertEquals(
                List.of("RUP-04 v1 15/02/2026 10:00, ouverte, 3"),
                ruptures(PERSON
                        + orientation("05/02/2026 10:00", "REFUSEE", "06/02/2026 10:00", "E1")
                        + orientation("07/02/2026 10:00", "REFUSEE", "15/02/2026 10:00", "E2")
                        + orientation("11/02/2026 10:00", "REFUSEE", "12/02/2026 10:00", "E2")));
    }

    @Test
    void twoRefusalsThatBecomeKnownAtOnceAreToldOfThePlaceAskedLast() {
        String tables = PERSON
                + orientation("05/02/2026 10:00", "REFUSEE", "12/02/2026 10:00", "E1")
                + orientation("07/02/2026 10:00", "REFUSEE", "12/02/2026 10:00", "E2");
        List<Fact> found = new Oracle(Tables.read(tables), Tables.limit(STOP)).facts("rupture");
        assertEquals(
                List.of("E2"),
                found.stream().map(fact -> fact.text("etablissement")).toList());
    }

    @Test
    void aThirdNewRecipientWithin90DaysIsARuptureThatTakesInTheUnansweredOrientations() {
        String tables = PERSON
                + orientation("01/02/2026 10:00", "EMISE", "", "E1")
                + orientation("01/03/2026 10:00", "ACCEPTEE", "02/03/2026 10:00", "E2");
        assertEquals(List.of("RUP-03 v1 16/02/2026 00:00, ouverte, 2"), ruptures(tables));
        assertEquals(
                List.of(
                        "RUP-03 v1 16/02/2026 00:00, ouverte, 2, absorbée RUP-04",
                        "RUP-04 v1 02/05/2026 10:00, ouverte, 3"),
                ruptures(tables + orientation("02/05/2026 10:00", "ACCEPTEE", "03/05/2026 10:00", "E3")));
        assertEquals(
                List.of("RUP-03 v1 16/02/2026 00:00, ouverte, 2"),
                ruptures(tables + orientation("03/05/2026 10:00", "ACCEPTEE", "04/05/2026 10:00", "E3")));
    }

    @Test
    void case35_anAnswerOnDay14PreventsRup03AndWithoutAnswerItComesAtTheStartOfDay15() {
        assertEquals(
                List.of(), ruptures(PERSON + orientation("01/03/2026 10:00", "ACCEPTEE", "15/03/2026 09:00", "E1")));
        assertEquals(
                List.of("RUP-03 v1 16/03/2026 00:00, ouverte, 2"),
                ruptures(PERSON + orientation("01/03/2026 10:00", "EMISE", "", "E1")));
        assertEquals(
                List.of("RUP-03 v1 05/03/2026 00:00, ouverte, 2"),
                ruptures(PERSON + orientation("01/03/2026 10:00", "EMISE", "", "E1 | 48H")));
    }

    @Test
    void case45_aRendezVousOnDay7PreventsRup01AndOneOnDay8ClosesIt() {
        assertEquals(List.of(), ruptures(PERSON + STAY + rendezVous("08/02/2026 10:00", "HONORE", "")));
        assertEquals(
                List.of("RUP-01 v1 09/02/2026 00:00, close 09/02/2026 10:00, 2"),
                ruptures(PERSON + STAY + rendezVous("09/02/2026 10:00", "HONORE", "")));
        assertEquals(List.of(), ruptures(PERSON + STAY + evenement("ACCOMP_CONTACT", "08/02/2026")));
    }

    @Test
    void nothingIsFoundBeforeItsDeadlineHasPassed() {
        List<RuptureRule> rules = Catalogue.read(Optional.empty()).ruptures();
        assertEquals(List.of(), ruptures(PERSON + STAY, "08/02/2026 23:59", rules));
        assertEquals(
                List.of("RUP-01 v1 09/02/2026 00:00, ouverte, 2"), ruptures(PERSON + STAY, "09/02/2026 00:00", rules));
    }

    @Test
    void case46_computedAgainTheSameFactsGiveTheSameRuptures() {
        assertEquals(ruptures(PERSON + STAY), ruptures(PERSON + STAY));
        assertEquals(1, ruptures(PERSON + STAY).size());
    }

    @Test
    void case48_aDeathOnDay3LeavesNoRup01AndALaterOneClosesIt() {
        assertEquals(List.of(), ruptures(PERSON + STAY + evenement("DECES", "04/02/2026 12:00")));
        assertEquals(
                List.of("RUP-01 v1 09/02/2026 00:00, close 12/02/2026 12:00, 2"),
                ruptures(PERSON + STAY + evenement("DECES", "12/02/2026 12:00")));
    }

    @Test
    void case50_anOppositionTakesThePersonsRupturesOut() {
        assertEquals(List.of(), ruptures(PERSON + STAY + evenement("OPPOSITION", "01/09/2026")));
    }

    @Test
    void case51_aNewVersionOfARuleLeavesOlderRupturesTheirVersion(@TempDir Path folder) throws IOException {
        Path own = Files.createDirectories(folder.resolve("ruptures"));
        String changed = Resources.text("ruptures/RUP-01.yaml")
                .replace("version: 1", "version: 2")
                .replace("since: 1900-01-01", "since: 2026-03-01")
                .replace("{value: 7,", "{value: 10,");
        Files.writeString(
                own.resolve("RUP-01.yaml"),
                changed + "earlier:\n  - {version: 1, since: 2015-01-01, until: 2026-02-28, parameters: {delai: 7}}\n");
        String later = """
            evenements
            patient_id | type            | date_heure       | mode_entree | mode_sortie | programme
            A          | HOSPI_ADMISSION | 25/03/2026 10:00 | 8           |             | O
            A          | HOSPI_SORTIE    | 01/04/2026 10:00 |             | 8           |

            """;
        assertEquals(
                List.of("RUP-01 v1 09/02/2026 00:00, ouverte, 2", "RUP-01 v2 12/04/2026 00:00, ouverte, 2"),
                ruptures(
                        PERSON + STAY + later,
                        STOP,
                        Catalogue.read(Optional.of(folder)).ruptures()));
    }

    @Test
    void anUnplannedReadmissionIsRup07AndTakesInTheRup01OfItsSortieEvenWhenItCameFirst() {
        String back = """
            evenements
            patient_id | type            | date_heure       | mode_entree
            A          | HOSPI_ADMISSION | 03/03/2026 10:00 | 8

            """;
        assertEquals(
                List.of(
                        "RUP-01 v1 09/02/2026 00:00, ouverte, 2, absorbée RUP-07",
                        "RUP-07 v1 03/03/2026 10:00, ouverte, 3"),
                ruptures(PERSON + STAY + back));
        assertEquals(
                List.of("RUP-01 v1 09/02/2026 00:00, ouverte, 2"),
                ruptures(PERSON + STAY + back.replace("03/03/2026", "04/03/2026")));
    }

    @Test
    void aMissedRendezVousIsRup05UnlessAnotherOneIsTakenIn14DaysEvenForAfterTheDateDArret() {
        String missed = PERSON + rendezVous("01/10/2026 10:00", "NON_HONORE", "");
        assertEquals(List.of("RUP-05 v1 16/10/2026 00:00, ouverte, 2"), ruptures(missed));
        assertEquals(List.of(), ruptures(missed + rendezVous("20/12/2026 10:00", "CONFIRME", "15/10/2026 18:00")));
        assertEquals(
                List.of("RUP-05 v1 16/10/2026 00:00, close 16/10/2026 18:00, 2"),
                ruptures(missed + rendezVous("20/12/2026 10:00", "CONFIRME", "16/10/2026 18:00")));
    }

    @Test
    void aThirdPassageIn30DaysIsRup06AndNothingNewComesUntil90DaysOfSilenceWithAnHonouredRendezVous() {
        String tables = PERSON;
        for (String day : List.of("01/01", "10/01", "31/01", "05/02", "10/02", "01/06", "02/06", "03/06")) {
            tables += evenement("URG_PASSAGE", day + "/2026 10:00");
        }
        assertEquals(List.of("RUP-06 v1 31/01/2026 10:00, ouverte, 3"), ruptures(tables));
        assertEquals(
                List.of(
                        "RUP-06 v1 31/01/2026 10:00, close 12/05/2026 00:00, 3",
                        "RUP-06 v1 03/06/2026 10:00, ouverte, 3"),
                ruptures(tables + rendezVous("20/02/2026 10:00", "HONORE", "")));
    }

    @Test
    void withoutMedecinTraitantFromDay0To30ThereIsARup02ThatADeclarationCloses() {
        String person = PERSON.replace("01/01/2020", "04/03/2026").replace("02/01/1958", "02/01/1940");
        String seen = rendezVous("02/02/2026 10:00", "HONORE", "");
        assertEquals(List.of("RUP-02 v1 04/03/2026 00:00, close 04/03/2026 00:00, 4"), ruptures(person + STAY + seen));
        assertEquals(List.of(), ruptures(person.replace("04/03/2026", "03/03/2026") + STAY + seen));
    }
}
