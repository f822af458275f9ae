package fr.vigie.indicators.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The cohort of domaine.md 7.1, with its seven readings, as its table gives them. */
class CohorteCad01Test {

    private static final String COHORTE = """
            patients
            patient_id | date_naissance | sexe | commune_insee
            P01        | 02/01/1960     | F    | 34172
            P02        | 02/01/1956     | M    | 34172
            P03        | 02/01/1956     | F    | 34172
            P04        | 02/01/1945     | F    | 34172
            P05        | 02/01/1949     | M    | 34172
            P06        | 02/01/1936     | F    | 34172
            P07        | 02/01/1938     | F    | 34172
            P08        | 02/01/1954     | M    | 34172
            P09        | 10/01/1961     | F    | 34172
            P10        | 02/01/1947     | F    | 34172
            P11        | 02/01/1947     | M    | 34172
            P12        | 02/01/1957     | F    | 34172
            P13        | 02/01/1942     | F    | 34172
            P14        | 02/01/1951     | M    | 34172
            P15        | 02/01/1962     | F    | 34172

            declarations_mt
            patient_id | rpps        | date_debut
            P08        | 10002909371 | 01/03/2020

            evenements
            patient_id | type            | date_heure       | mode_entree | mode_sortie | programme | commune_insee
            P01        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P01        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P02        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P02        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P03        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P03        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P04        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P04        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P05        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P05        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P06        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P06        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P06        | DECES           | 03/02/2026 01:00 |             |             |           |
            P07        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P07        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P07        | HOSPI_ADMISSION | 03/02/2026 08:00 | 8           |             | N         |
            P08        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P08        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P09        | HOSPI_ADMISSION | 04/02/2026 10:00 | 8           |             | N         |
            P09        | HOSPI_SORTIE    | 09/02/2026 14:00 |             | 8           |           |
            P10        | HOSPI_ADMISSION | 20/02/2026 10:00 | 8           |             | N         |
            P10        | HOSPI_SORTIE    | 27/02/2026 15:00 |             | 8           |           |
            P11        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P11        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 7           |           |
            P12        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P12        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P13        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P13        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P14        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P14        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |
            P14        | DEMENAGEMENT    | 03/02/2026 12:00 |             |             |           | 30189
            P15        | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |             | N         |
            P15        | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8           |           |

            rendez_vous
            rdv_id | patient_id | date_heure_debut | statut     | rdv_remplace_id
            R01    | P01        | 03/02/2026 09:00 | HONORE     |
            R02    | P02        | 04/02/2026 10:00 | HONORE     |
            R03    | P03        | 04/02/2026 10:01 | HONORE     |
            R04a   | P04        | 03/02/2026 11:00 | NON_HONORE |
            R04b   | P04        | 05/02/2026 09:00 | HONORE     |
            R05a   | P05        | 03/02/2026 15:00 | REPORTE    |
            R05b   | P05        | 04/02/2026 09:00 | HONORE     | R05a
            R08    | P08        | 03/02/2026 09:00 | HONORE     |
            R09    | P09        | 10/02/2026 09:00 | HONORE     |
            R10    | P10        | 28/02/2026 09:00 | HONORE     |
            R15    | P15        | 03/02/2026 09:00 | HONORE     |
            """;

    private static final String OUT_A = " hors AGE 1, AVEC_MEDECIN_TRAITANT 1, PAS_UNE_SORTIE_INDEX 1";

    private static String february(String key) {
        return Read.of(COHORTE, "28/02/2026 23:59").value(key, "CPTS:CPTS-M", "2026-02");
    }

    @Test
    void readingACountsFourOfEightWithOneImmatureAndThreeExcluded() {
        assertEquals("4/8 en cours 1" + OUT_A + " exclus DECES 1, DEPART 1, READMISSION 1", february("CAD-01"));
    }

    @Test
    void aStrictBoundOfDelayLosesTheRendezVousAt48Hours() {
        assertEquals(
                "3/8 en cours 1" + OUT_A + " exclus DECES 1, DEPART 1, READMISSION 1",
                february("CAD-01/borne-stricte"));
    }

    @Test
    void aStrictAgeLosesTheSortieAt65Years() {
        assertEquals(
                "3/7 en cours 1 hors AGE 2, AVEC_MEDECIN_TRAITANT 1, PAS_UNE_SORTIE_INDEX 1"
                        + " exclus DECES 1, DEPART 1, READMISSION 1",
                february("CAD-01/age-strict"));
    }

    @Test
    void bothStrictBoundsCountTwoOfSeven() {
        assertEquals(
                "2/7 en cours 1 hors AGE 2, AVEC_MEDECIN_TRAITANT 1, PAS_UNE_SORTIE_INDEX 1"
                        + " exclus DECES 1, DEPART 1, READMISSION 1",
                february("CAD-01/strict"));
    }

    @Test
    void competingRisksCountedAsFailuresGiveFourOfEleven() {
        assertEquals("4/11 en cours 1" + OUT_A, february("CAD-01/risque-echec"));
    }

    @Test
    void readingBCountsFourOfSixHonouredRendezVous() {
        assertEquals("4/6 en cours 1 hors AGE 1, AVEC_MEDECIN_TRAITANT 1, PAS_HONORE 1", february("CAD-01/B"));
    }

    @Test
    void readingCCountsFourOfSevenGivenRendezVous() {
        assertEquals("4/7 en cours 1 hors AGE 1, AVEC_MEDECIN_TRAITANT 1", february("CAD-01/C"));
    }

    /**
     * In hours: 15 P06 dies; 18 P10, 19 P09; 22 P07 comes back; 23 P01; 26 P14 moves; 47 P05; 48 P02; then P03, P04; P12 and P13 open. What is left:
     * 10/11 × 9/10 × 7/8 × 5/6 = 0.60 at 47 h, × 4/5 = 0.48 at 48 h.
     */
    @Test
    void theMedianDelayOfCad02IsTheFirstTimeWithFewerThanHalfLeft() {
        assertEquals("48", Read.of(COHORTE, "28/02/2026 23:59").median("CAD-02", "2026-02"));
    }
}
