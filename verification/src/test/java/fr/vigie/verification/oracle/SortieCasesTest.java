package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Dimension;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases of domaine 7.2 about sorties: hours, days, age, médecin traitant, readmission. */
class SortieCasesTest {

    private static final String OLD_PERSON = """
            patients
            patient_id | date_naissance | commune_insee
            A          | 02/01/1940     | 34172

            """;

    private static String stay(String admission, String sortie) {
        return """
            evenements
            patient_id | type            | date_heure | mode_entree | mode_sortie
            A          | HOSPI_ADMISSION | %s         | 8           |
            A          | HOSPI_SORTIE    | %s         |             | 8

            """.formatted(admission, sortie);
    }

    private static String honoured(String start) {
        return """
            rendez_vous
            patient_id | date_heure_debut | statut
            A          | %s               | HONORE

            """.formatted(start);
    }

    private static String cad01(String tables, String period) {
        return Read.of(tables, "31/10/2026 23:59").value("CAD-01", period);
    }

    @Test
    void case1_overTheNightOfSummerTime49HoursOfTheClockAre48Elapsed() {
        String sortie = OLD_PERSON + stay("20/03/2026 10:00", "28/03/2026 10:00");
        assertEquals("1/1", cad01(sortie + honoured("30/03/2026 11:00"), "2026-03"));
    }

    @Test
    void case2_oneMinuteMoreIsOutsideThe48Hours() {
        String sortie = OLD_PERSON + stay("20/03/2026 10:00", "28/03/2026 10:00");
        assertEquals("0/1", cad01(sortie + honoured("30/03/2026 11:01"), "2026-03"));
    }

    @Test
    void case3_theSameHourTwoDaysLaterIs47Hours() {
        Read read = Read.of(
                OLD_PERSON + stay("20/03/2026 10:00", "28/03/2026 10:00") + honoured("30/03/2026 10:00"),
                "31/10/2026 23:59");
        assertEquals("1/1", read.value("CAD-01", "2026-03"));
        assertEquals(List.of(String.valueOf(47 * 3600)), read.column("sortie", "A", "delai_rdv_honore_secondes_max"));
    }

    @Test
    void case4_overTheNightOfWinterTimeTheSameHourTwoDaysLaterIs49Hours() {
        String sortie = OLD_PERSON + stay("20/10/2026 10:00", "24/10/2026 10:00");
        assertEquals("0/1", cad01(sortie + honoured("26/10/2026 10:00"), "2026-10"));
        assertEquals("1/1", cad01(sortie + honoured("26/10/2026 09:00"), "2026-10"));
    }

    @Test
    void case11_aRendezVousBeforeTheSortieIsNotCountedAndOneAtItsVeryMinuteHasADelayOfZero() {
        String sortie = OLD_PERSON + stay("28/01/2026 10:00", "02/02/2026 10:00");
        assertEquals("0/1", cad01(sortie + honoured("02/02/2026 09:00"), "2026-02"));
        assertEquals("1/1", cad01(sortie + honoured("02/02/2026 10:00"), "2026-02"));
    }

    @Test
    void case13_readmissionCountsFrom1To30DaysAndTheSameDayIsTheContinuationOfTheStay() {
        String sortie = OLD_PERSON + stay("28/12/2025 10:00", "01/01/2026 10:00");
        String again = """
            evenements
            evenement_id | patient_id | type            | date_heure | mode_entree | programme
            again        | A          | HOSPI_ADMISSION | %s         | 8           | N
            """;
        Read after30 = Read.of(sortie + again.formatted("31/01/2026 09:00"), "31/10/2026 23:59");
        Read after31 = Read.of(sortie + again.formatted("01/02/2026 09:00"), "31/10/2026 23:59");
        Read sameDay = Read.of(sortie + again.formatted("01/01/2026 18:00"), "31/10/2026 23:59");
        assertEquals("1/1", after30.value("HOS-01", "2026-01"));
        assertEquals("0/1", after31.value("HOS-01", "2026-01"));
        assertEquals("0/1", sameDay.value("HOS-01", "2026-01"));
    }

    @Test
    void case13_maturityWaitsForTheWholeThirtiethDay() {
        String sortie = OLD_PERSON + stay("28/12/2025 10:00", "01/01/2026 10:00");
        assertEquals("0/0 en cours 1", Read.of(sortie, "31/01/2026 23:58").value("HOS-01", "2026-01"));
        assertEquals("0/1", Read.of(sortie, "31/01/2026 23:59").value("HOS-01", "2026-01"));
    }

    @Test
    void readmissionIsNeverAPlannedOneATransferASeanceOrABirth() {
        String silver = OLD_PERSON + stay("28/12/2025 10:00", "01/01/2026 10:00") + """
            evenements
            evenement_id | patient_id | type            | date_heure       | mode_entree | programme | code
            planned      | A          | HOSPI_ADMISSION | 04/01/2026 09:00 | 8           | O         |
            transfer     | A          | HOSPI_ADMISSION | 05/01/2026 09:00 | 7           |           |
            dialysis     | A          | HOSPI_ADMISSION | 06/01/2026 09:00 | 8           |           | Z49.1
            chemotherapy | A          | HOSPI_ADMISSION | 07/01/2026 09:00 | 8           |           | Z511
            """;
        assertEquals("0/1", Read.of(silver, "31/10/2026 23:59").value("HOS-01", "2026-01"));
    }

    @Test
    void aTransferMakesOneEpisodeWhoseNightsCountFromTheFirstAdmission() {
        Read read = Read.of(OLD_PERSON + """
            evenements
            patient_id | type            | date_heure       | mode_entree | mode_sortie | finess
            A          | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | 340780477
            A          | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 7           | 340780477
            A          | HOSPI_ADMISSION | 03/02/2026 10:00 | 7           |             | 300780038
            A          | HOSPI_SORTIE    | 03/02/2026 20:00 |             | 8           | 300780038
            """, "31/10/2026 23:59");
        assertEquals(List.of("false", "true"), read.column("sortie", "A", "est_sortie_index"));
        assertEquals(List.of("5", "6"), read.column("sortie", "A", "nuits"));
        assertEquals(List.of("false", "false"), read.column("sortie", "A", "est_entree_par_transfert"));
        assertEquals("0/1 hors PAS_UNE_SORTIE_INDEX 1", read.value("HOS-01", "2026-02"));
    }

    @Test
    void aSortieWithoutKnownAdmissionIsKeptAsACompleteStayAndASameDayStayIsNot() {
        assertEquals(
                "0/0 hors SEJOUR_SANS_NUIT 1",
                cad01(OLD_PERSON + stay("02/02/2026 08:00", "02/02/2026 18:00"), "2026-02"));
        assertEquals("0/1", cad01(OLD_PERSON + """
            evenements
            patient_id | type         | date_heure       | mode_sortie
            A          | HOSPI_SORTIE | 02/02/2026 10:00 | 8
            """, "2026-02"));
    }

    @Test
    void case15_theAgeIsThatOfTheDayOfTheSortie() {
        String born = """
            patients
            patient_id | date_naissance | commune_insee
            A          | 10/02/1961     | 34172

            """;
        assertEquals("0/0 hors AGE 1", cad01(born + stay("01/02/2026 10:00", "09/02/2026 10:00"), "2026-02"));
        assertEquals("0/1", cad01(born + stay("01/02/2026 10:00", "10/02/2026 10:00"), "2026-02"));
    }

    @Test
    void case17_aBirthKnownByItsMonthLeavesTheAgeUndecidedInThatMonthOnly() {
        String born = """
            patients
            patient_id | mois_naissance | commune_insee
            A          | 1961-02        | 34172

            """;
        Read february = Read.of(born + stay("01/02/2026 10:00", "15/02/2026 10:00"), "31/10/2026 23:59");
        assertEquals("0/0 hors AGE 1", february.value("CAD-01", "2026-02"));
        assertEquals(List.of("64"), february.column("sortie", "A", "age_min"));
        assertEquals(List.of("65"), february.column("sortie", "A", "age_max"));
        assertEquals(List.of("inconnu"), february.column("sortie", "A", "classe_age"));
        assertEquals("0/1", cad01(born + stay("01/02/2026 10:00", "28/02/2026 10:00"), "2026-02"));
    }

    @Test
    void somebodyBornOn29FebruaryGrowsOlderOn1MarchOfOtherYears() {
        String born = """
            patients
            patient_id | date_naissance | commune_insee
            A          | 29/02/1960     | 34172

            """;
        assertEquals("0/0 hors AGE 1", cad01(born + stay("20/02/2025 10:00", "28/02/2025 10:00"), "2025-02"));
        assertEquals("0/1", cad01(born + stay("20/02/2025 10:00", "01/03/2025 10:00"), "2025-03"));
    }

    @Test
    void case19_aDeclarationHoldsOnItsLastDayAndNoMoreOnTheNext() {
        String declared = OLD_PERSON + """
            declarations_mt
            patient_id | rpps        | date_debut | date_fin
            A          | 10002909371 | 01/01/2020 | 30/06/2026

            """;
        assertEquals(
                "0/0 hors AVEC_MEDECIN_TRAITANT 1",
                cad01(declared + stay("20/06/2026 10:00", "30/06/2026 10:00"), "2026-06"));
        assertEquals("0/1", cad01(declared + stay("20/06/2026 10:00", "01/07/2026 10:00"), "2026-07"));
    }

    @Test
    void case21_ofTwoOverlappingDeclarationsTheOneBegunLastDecidesForOnePerson() {
        String both = OLD_PERSON + """
            declarations_mt
            patient_id | rpps        | date_debut | date_fin
            A          | 10002909371 | 01/01/2020 |
            A          | 99700245667 | 01/03/2026 | 31/05/2026

            professionnels
            rpps        | profession | date_fin
            99700245667 | MG         | 15/04/2026

            evenements
            patient_id | type           | date_heure
            A          | ACCOMP_CONTACT | 15/03/2026 10:00
            """;
        Read read = Read.of(both, "31/10/2026 23:59");
        // Periods open at the first fact that happened, not at the declaration of 2020.
        assertEquals("rien", read.value("MT-01", "2026-02"));
        assertEquals("0/1", read.value("MT-01", "2026-03"));
        assertEquals("1/1", read.value("MT-01", "2026-04"));
        assertEquals("1/1", read.value("MT-01", "2026-05"));
        assertEquals("0/1", read.value("MT-01", "2026-06"));
    }

    @Test
    void anUnknownHourOfTheRendezVousIsUndecidedWhenTheDayFallsOnBothSidesOf48Hours() {
        String sortie = OLD_PERSON + stay("28/01/2026 10:00", "02/02/2026 10:00");
        assertEquals("1/1", cad01(sortie + honoured("03/02/2026"), "2026-02"));
        assertEquals("0/1 indéterminés 1", cad01(sortie + honoured("04/02/2026"), "2026-02"));
        assertEquals("0/1", cad01(sortie + honoured("05/02/2026"), "2026-02"));
        Read open = Read.of(sortie + honoured("04/02/2026"), "31/10/2026 23:59");
        assertEquals("0/0 exclus HEURE_INCONNUE 1", open.value("CAD-02", "2026-02"));
    }

    @Test
    void theDayOfTheSortieMayBeBeforeOrAfterARendezVousOfThatDay() {
        String sortie = OLD_PERSON + stay("28/01/2026 10:00", "02/02/2026");
        assertEquals("0/1 indéterminés 1", cad01(sortie + honoured("02/02/2026 12:00"), "2026-02"));
        assertEquals("1/1", cad01(sortie + honoured("02/02/2026 12:00") + """
            rendez_vous
            rdv_id | patient_id | date_heure_debut | statut
            after  | A          | 03/02/2026 12:00 | HONORE
            """, "2026-02"));
    }

    @Test
    void aRendezVousBelongsToTheLastSortieBeforeIt() {
        String silver = OLD_PERSON + stay("28/01/2026 10:00", "02/02/2026 10:00") + """
            evenements
            evenement_id | patient_id | type            | date_heure       | mode_entree | mode_sortie | programme
            in           | A          | HOSPI_ADMISSION | 03/02/2026 08:00 | 8           |             | O
            out          | A          | HOSPI_SORTIE    | 04/02/2026 08:00 |             | 8           |

            """ + honoured("04/02/2026 09:00");
        assertEquals("1/2", cad01(silver, "2026-02"));
    }

    @Test
    void aSortieThatIsNotMatureIsImmatureEvenWhenThePersonHasDied() {
        String silver = OLD_PERSON + stay("28/01/2026 10:00", "02/02/2026 10:00") + """
            evenements
            evenement_id | patient_id | type  | date_heure
            death        | A          | DECES | 03/02/2026 08:00
            """;
        assertEquals("0/0 en cours 1", Read.of(silver, "04/02/2026 09:59").value("CAD-01", "2026-02"));
        assertEquals("0/0 exclus DECES 1", Read.of(silver, "04/02/2026 10:00").value("CAD-01", "2026-02"));
    }

    @Test
    void case48_aDeathWithinTheWindowIsAnExclusionAndOneKnownByItsDayCountsFromItsMidnight() {
        String silver = """
            patients
            patient_id | date_naissance | commune_insee | date_deces
            A          | 02/01/1940     | 34172         | 05/02/2026

            """ + stay("28/01/2026 10:00", "02/02/2026 10:00");
        Read read = Read.of(silver, "31/10/2026 23:59");
        assertEquals("0/0 exclus DECES 1", read.value("HOS-01", "2026-02"));
        assertEquals("0/1", read.value("CAD-01", "2026-02"));
        assertEquals(List.of(String.valueOf((2 * 24 + 14) * 3600)), read.column("sortie", "A", "deces_secondes"));
    }

    @Test
    void aFactDatedAfterTheDateOfArretIsNotRead() {
        String silver = OLD_PERSON + stay("28/01/2026 10:00", "02/02/2026 10:00") + honoured("04/02/2026 08:00");
        assertEquals("rien", Read.of(silver, "02/02/2026 09:59").value("CAD-01", "2026-02"));
        assertEquals(
                "0/1",
                Read.of(silver, "03/02/2026 12:00").value("CAD-01/B", "2026-02").equals("rien") ? "0/1" : "lu");
    }

    @Test
    void aReadmissionBeforeTheFirstRendezVousExcludesThoughOnlyTheDayOfTheSortieIsKnown() {
        String read = OLD_PERSON + """
            evenements
            patient_id | type            | date_heure       | mode_entree | mode_sortie
            A          | HOSPI_ADMISSION | 10/03/2026 10:00 | 8           |
            A          | HOSPI_SORTIE    | 16/03/2026       |             | 8
            A          | HOSPI_ADMISSION | %s               | 8           |

            """ + honoured("17/03/2026 17:00");
        assertEquals(
                "0/0 exclus READMISSION 1",
                Read.of(read.formatted("17/03/2026 08:00"), "31/10/2026 23:59").value("CAD-01", "2026-03"));
        assertEquals(
                "1/1",
                Read.of(read.formatted("17/03/2026 18:00"), "31/10/2026 23:59").value("CAD-01", "2026-03"));
    }

    @Test
    void sortiesAreToldByDispositifAndTheirRendezVousByModeToo() {
        Read read = Read.of(OLD_PERSON + """
            evenements
            patient_id | type            | date_heure       | mode_entree | mode_sortie | dispositif_id
            A          | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             |
            A          | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           | DAC-1

            rendez_vous
            patient_id | date_heure_debut | statut     | mode | dispositif_id
            A          | 03/02/2026 09:00 | HONORE     | TLC  | CPTS-M
            A          | 05/02/2026 09:00 | NON_HONORE | PRES |
            """, "31/10/2026 23:59");
        assertEquals(List.of("dispositif=DAC-1 1/1"), read.by(Dimension.DISPOSITIF, "CAD-01", "2026-02"));
        assertEquals(
                List.of("dispositif=CPTS-M 1/1", "dispositif=inconnu 0/1"),
                read.by(Dimension.DISPOSITIF, "CAD-01/C", "2026-02"));
        assertEquals(List.of("mode=PRES 0/1", "mode=TLC 1/1"), read.by(Dimension.MODE, "CAD-01/C", "2026-02"));
    }
}
