package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases of domaine 7.2 about emergency visits, territories and residence. */
class PassageAndTerritoryCasesTest {

    private static Read read(String tables) {
        return Read.of(tables, "31/10/2026 23:59");
    }

    @Test
    void case38_threePassagesAreIterativeWhenTheLastIs30DaysAfterTheFirst() {
        Read read = read("""
            evenements
            patient_id | type        | date_heure
            A          | URG_PASSAGE | 01/01/2026 10:00
            A          | URG_PASSAGE | 10/01/2026 10:00
            A          | URG_PASSAGE | 31/01/2026 10:00
            B          | URG_PASSAGE | 01/01/2026 10:00
            B          | URG_PASSAGE | 10/01/2026 10:00
            B          | URG_PASSAGE | 01/02/2026 10:00
            """);
        assertEquals("1/2", read.value("URG-01", "2026-T1"));
        assertEquals("1/2", read.value("URG-01", "2026-01"));
        assertEquals("0/1", read.value("URG-01", "2026-02"));
        assertEquals("1/6", read.value("URG-01/passages", "2026"));
    }

    @Test
    void case40_aPassageWithAConvocationIsNotCounted() {
        Read read = read("""
            evenements
            patient_id | type        | date_heure       | convoque | programme | mode_entree
            A          | URG_PASSAGE | 01/01/2026 10:00 |          |           | 8
            A          | URG_PASSAGE | 10/01/2026 10:00 | O        |           | 8
            A          | URG_PASSAGE | 12/01/2026 10:00 |          | O         | 8
            A          | URG_PASSAGE | 14/01/2026 10:00 |          |           | 7
            A          | URG_PASSAGE | 20/01/2026 10:00 | N        | N         |
            B          | URG_PASSAGE | 20/01/2026 10:00 | O        |           | 8
            """);
        assertEquals("0/1 hors HORS_CHAMP 1", read.value("URG-01", "2026-01"));
        assertEquals("0/2 hors HORS_CHAMP 4", read.value("URG-01/passages", "2026-01"));
    }

    @Test
    void rpuLessThan4HoursApartAreOnePassageFromOneToTheNext() {
        Read read = read("""
            evenements
            patient_id | type        | date_heure       | date_heure_fin   | mode_entree | mode_sortie
            A          | URG_PASSAGE | 01/01/2026 10:00 | 01/01/2026 12:00 | 8           | 8
            A          | URG_PASSAGE | 01/01/2026 15:59 |                  | 8           | 8
            A          | URG_PASSAGE | 01/01/2026 19:58 |                  | 8           | 8
            A          | URG_PASSAGE | 01/01/2026 23:58 |                  | 8           | 7
            A          | URG_PASSAGE | 02/01/2026 23:58 |                  | 7           | 8
            """);
        assertEquals(
                List.of("null", String.valueOf((13 * 60 + 58) * 60)),
                read.column("passage", "A", "secondes_depuis_passage_max"));
        assertEquals("1/2", read.value("URG-01/72h", "2026-01"));
    }

    @Test
    void aReturnIn72HoursIsUndecidedWhenTheHoursThatAreMissingCouldMakeItSoOrNot() {
        Read read = read("""
            evenements
            patient_id | type        | date_heure
            A          | URG_PASSAGE | 01/01/2026 10:00
            A          | URG_PASSAGE | 04/01/2026
            B          | URG_PASSAGE | 01/01/2026
            B          | URG_PASSAGE | 04/01/2026 10:00
            C          | URG_PASSAGE | 01/01/2026
            C          | URG_PASSAGE | 03/01/2026
            D          | URG_PASSAGE | 01/01/2026
            D          | URG_PASSAGE | 05/01/2026
            """);
        assertEquals("1/8 indéterminés 2", read.value("URG-01/72h", "2026-01"));
    }

    @Test
    void case52_aCommuneInTwoCptsCountsInBothAndOnceInItsDepartement() {
        StringBuilder patients = new StringBuilder("patients\npatient_id | commune_insee\n");
        StringBuilder rendezVous = new StringBuilder("rendez_vous\npatient_id | date_heure_debut | statut\n");
        for (int i = 0; i < 10; i++) {
            patients.append("P" + i + " | 34172\n");
            rendezVous.append("P" + i + " | 02/02/2026 10:00 | HONORE\n");
        }
        Read read = read(patients + "\n" + rendezVous + """

            territoires
            territoire_id | type | libelle
            CPTS-X        | CPTS | autre CPTS

            territoires_communes
            territoire_id | code_insee | date_debut | date_fin
            CPTS-X        | 34172      | 01/01/2024 | 28/02/2026
            """);
        assertEquals(
                List.of(
                        "CPTS:CPTS-M 0/10",
                        "CPTS:CPTS-X 0/10",
                        "DEPARTEMENT:34 0/10",
                        "ENSEMBLE:ENSEMBLE 0/10",
                        "EPCI:EPCI-M 0/10",
                        "REGION:76 0/10"),
                read.territories("CAD-04", "2026-02"));
    }

    @Test
    void case53_aCommuneWithoutCptsIsHorsCptsAndAnUnknownOneIsInconnuOnly() {
        Read read = read("""
            patients
            patient_id | commune_insee
            A          | 30189
            B          | 12999

            rendez_vous
            patient_id | date_heure_debut | statut
            A          | 02/02/2026 10:00 | HONORE
            B          | 02/02/2026 10:00 | NON_HONORE
            C          | 02/02/2026 10:00 | HONORE
            """);
        assertEquals(
                List.of(
                        "COMMUNE:30189 0/1",
                        "CPTS:HORS_CPTS 0/1",
                        "DEPARTEMENT:30 0/1",
                        "ENSEMBLE:ENSEMBLE 1/3",
                        "EPCI:EPCI-N 0/1",
                        "INCONNU:INCONNU 1/2",
                        "REGION:76 0/1"),
                read.territories("CAD-04", "2026"));
    }

    @Test
    void aMembershipHoldsOnItsLastDayAndNoMoreOnTheNext() {
        Read read = read("""
            territoires
            territoire_id | type | libelle
            CLS-N         | CLS  | CLS

            territoires_communes
            territoire_id | code_insee | date_debut | date_fin
            CLS-N         | 30189      | 10/02/2026 | 20/02/2026

            patients
            patient_id | commune_insee
            A          | 30189

            rendez_vous
            patient_id | date_heure_debut | statut
            A          | 09/02/2026 10:00 | HONORE
            A          | 10/02/2026 00:00 | HONORE
            A          | 20/02/2026 23:59 | HONORE
            A          | 21/02/2026 00:00 | HONORE
            """);
        assertEquals("0/2", read.value("CAD-04", "CLS:CLS-N", "2026-02"));
    }

    @Test
    void case55_aMoveOn15FebruaryPutsEachSortieWhereThePersonLivedThatDay() {
        String sorties = """

            evenements
            patient_id | type         | date_heure       | mode_sortie
            A          | HOSPI_SORTIE | 10/02/2026 10:00 | 8
            A          | HOSPI_SORTIE | 20/02/2026 10:00 | 8
            """;
        Read byHistory = read("""
            patients
            patient_id | date_naissance | commune_insee | commune_debut | commune_fin
            A          | 02/01/1940     | 34172         | 01/01/2020    | 14/02/2026
            A          | 02/01/1940     | 30189         | 15/02/2026    |
            """ + sorties);
        Read byEvent = read("""
            patients
            patient_id | date_naissance | commune_insee
            A          | 02/01/1940     | 34172
            """ + sorties + """

            evenements
            evenement_id | patient_id | type         | date_heure       | commune_insee
            move         | A          | DEMENAGEMENT | 15/02/2026 12:00 | 30189
            """);
        for (Read read : List.of(byHistory, byEvent)) {
            assertEquals(List.of("34172", "30189"), read.column("sortie", "A", "commune"));
            assertEquals("0/1", read.value("CAD-01", "DEPARTEMENT:30", "2026-02"));
            assertEquals("0/1", read.value("CAD-01", "DEPARTEMENT:34", "2026-02"));
        }
        assertEquals(
                List.of(String.valueOf((4 * 24 + 14) * 3600), "null"),
                byHistory.column("sortie", "A", "depart_secondes"));
        assertEquals(
                List.of(String.valueOf((5 * 24 + 2) * 3600), "null"), byEvent.column("sortie", "A", "depart_secondes"));
    }

    @Test
    void aDatedRowThatCoversTheDayPrevailsOverAMoveAndTheFactsOwnCommuneComesLast() {
        Read read = read("""
            patients
            patient_id | commune_insee | commune_debut
            A          | 34172         | 01/01/2020

            evenements
            patient_id | type         | date_heure       | commune_insee
            A          | DEMENAGEMENT | 05/02/2026 12:00 | 30189
            A          | URG_PASSAGE  | 10/02/2026 12:00 | 30189
            A          | URG_PASSAGE  | 31/12/2019 12:00 | 30189
            B          | URG_PASSAGE  | 10/02/2026 12:00 | 30189
            """);
        assertEquals(List.of("34172"), read.column("passage", "A", "commune"));
        assertEquals(List.of("30189"), read.column("passage", "B", "commune"));
    }

    @Test
    void aPersonCountsOnceInEachTerritoryWhereSheCameAndIsIterativeWhereSheLivedThatDay() {
        Read read = read("""
            patients
            patient_id | commune_insee | commune_debut | commune_fin
            A          | 34172         | 01/01/2020    | 14/02/2026
            A          | 30189         | 15/02/2026    |

            evenements
            patient_id | type        | date_heure
            A          | URG_PASSAGE | 01/02/2026 10:00
            A          | URG_PASSAGE | 10/02/2026 10:00
            A          | URG_PASSAGE | 20/02/2026 10:00
            """);
        assertEquals("1/1", read.value("URG-01", "2026-02"));
        assertEquals("0/1", read.value("URG-01", "DEPARTEMENT:34", "2026-02"));
        assertEquals("1/1", read.value("URG-01", "DEPARTEMENT:30", "2026-02"));
    }

    @Test
    void oppositionRemovesThePersonAndEveryFact() {
        Read read = read("""
            patients
            patient_id | commune_insee | opposition
            A          | 34172         | O
            B          | 34172         |

            evenements
            patient_id | type       | date_heure
            B          | OPPOSITION | 05/02/2026 12:00

            rendez_vous
            patient_id | date_heure_debut | statut
            A          | 02/02/2026 10:00 | HONORE
            B          | 02/02/2026 10:00 | HONORE
            """);
        assertEquals(List.of(), read.territories("CAD-04", "2026-02"));
        assertEquals(List.of(), read.territories("MT-01", "2026-02"));
    }

    @Test
    void theStateOfAPeriodThatIsNotOverIsThatOfTheDayOfTheDateOfArret() {
        String tables = """
            patients
            patient_id | date_naissance | commune_insee | date_deces
            A          | 02/01/1940     | 34172         | 20/02/2026

            declarations_mt
            patient_id | rpps        | date_debut
            A          | 10002909371 | 10/02/2026
            """;
        assertEquals("1/1", Read.of(tables, "09/02/2026 12:00").value("MT-01", "2026-T1"));
        assertEquals("0/1", Read.of(tables, "15/02/2026 12:00").value("MT-01", "2026-T1"));
        assertEquals("0/0 hors DECEDE 1", Read.of(tables, "20/02/2026 12:00").value("MT-01", "2026-T1"));
    }
}
