package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases of domaine 7.2 about rendez-vous, orientations and open delays. */
class RendezVousCasesTest {

    private static Read read(String tables) {
        return Read.of(tables, "31/10/2026 23:59");
    }

    @Test
    void case8_anInstantOfTheLastHourOfTheYearInUtcIsInTheFirstQuarterInParis() {
        Read read = read("""
            rendez_vous
            patient_id | date_heure_debut     | statut
            A          | 2025-12-31T23:30:00Z | HONORE
            """);
        assertEquals("0/1", read.value("CAD-04", "2026-T1"));
        assertEquals("rien", read.value("CAD-04", "2025-T4"));
    }

    @Test
    void case9_theLastMinuteOfMarchIsInTheFirstQuarterAndMidnightInTheSecond() {
        Read read = read("""
            rendez_vous
            patient_id | date_heure_debut | statut
            A          | 31/03/2026 23:59 | HONORE
            A          | 01/04/2026 00:00 | NON_HONORE
            """);
        assertEquals("0/1", read.value("CAD-04", "2026-T1"));
        assertEquals("1/1", read.value("CAD-04", "2026-T2"));
    }

    @Test
    void aMonthIsInItsQuarterSemesterYearAndTheRollingYearsUpToTheDateOfArret() {
        Read read = Read.of("""
            rendez_vous
            patient_id | date_heure_debut | statut
            A          | 15/08/2026 10:00 | HONORE
            """, "31/10/2026 23:59");
        assertEquals(
                List.of("2026", "2026-08", "2026-08/12M", "2026-09/12M", "2026-10/12M", "2026-S2", "2026-T3"),
                read.periods("CAD-04"));
    }

    @Test
    void case26_aChainOfReportsIsOneRendezVousItsLastLink() {
        assertEquals("0/1", read("""
            rendez_vous
            rdv_id | patient_id | date_heure_debut | statut  | rdv_remplace_id
            R1     | A          | 02/02/2026 10:00 | REPORTE |
            R2     | A          | 03/02/2026 10:00 | REPORTE | R1
            R3     | A          | 04/02/2026 10:00 | HONORE  | R2
            """).value("CAD-04", "2026-02"));
    }

    @Test
    void aMissedRendezVousIsNeverALinkAndAnErrorHidesNothing() {
        assertEquals("1/3", read("""
            rendez_vous
            rdv_id | patient_id | date_heure_debut | statut     | rdv_remplace_id
            R1     | A          | 02/02/2026 10:00 | NON_HONORE |
            R2     | A          | 03/02/2026 10:00 | HONORE     | R1
            R3     | A          | 05/02/2026 10:00 | HONORE     |
            R4     | A          | 06/02/2026 10:00 | ERREUR     | R3
            """).value("CAD-04", "2026-02"));
    }

    @Test
    void aRendezVousToldByTwoSourcesIsTheOneOfTheAgenda() {
        Read read = read("""
            rendez_vous
            rdv_id | source   | patient_id | date_heure_debut | statut     | rpps
            R1     | ADOSSIER | A          | 02/02/2026 10:00 | NON_HONORE | 10002909371
            R2     | DOCTOLIB | A          | 02/02/2026 10:15 | HONORE     | 10002909371
            R3     | MAIIA    | A          | 02/02/2026 10:31 | HONORE     | 10002909371
            """);
        assertEquals("0/2", read.value("CAD-04", "2026-02"));
    }

    @Test
    void case29_aConfirmedRendezVousWithoutOutcomeIsAFailureOfAccessAndNoMissedOne() {
        Read read = Read.of("""
            patients
            patient_id | date_naissance | commune_insee
            A          | 02/01/1940     | 34172

            evenements
            patient_id | type            | date_heure       | mode_entree | mode_sortie
            A          | HOSPI_ADMISSION | 25/01/2026 10:00 | 8           |
            A          | HOSPI_SORTIE    | 31/01/2026 10:00 |             | 8

            rendez_vous
            patient_id | date_heure_debut | statut
            A          | 01/02/2026 10:00 | CONFIRME
            """, "15/02/2026 23:59");
        assertEquals("0/1", read.value("CAD-01", "2026-01"));
        assertEquals("0/1", read.value("CAD-01/C", "2026-01"));
        assertEquals("0/0 hors NI_HONORE_NI_MANQUE 1", read.value("CAD-04", "2026-02"));
        assertEquals("0/0 hors PAS_HONORE 1", read.value("TLC-01", "2026-02"));
    }

    @Test
    void case30_aCancelledRendezVousIsAFailureOfAccessAndNoMissedOne() {
        Read read = read("""
            patients
            patient_id | date_naissance | commune_insee
            A          | 02/01/1940     | 34172

            evenements
            patient_id | type            | date_heure       | mode_entree | mode_sortie
            A          | HOSPI_ADMISSION | 28/01/2026 10:00 | 8           |
            A          | HOSPI_SORTIE    | 02/02/2026 10:00 |             | 8

            rendez_vous
            patient_id | date_heure_debut | statut
            A          | 03/02/2026 10:00 | ANNULE_PATIENT
            """);
        assertEquals("0/0 hors NI_HONORE_NI_MANQUE 1", read.value("CAD-04", "2026-02"));
        assertEquals("0/1", read.value("CAD-01", "2026-02"));
        assertEquals("0/1", read.value("CAD-01/C", "2026-02"));
    }

    @Test
    void case31_twoMissedOf32HonouredOrMissedWhateverTheFiveCancelled() {
        StringBuilder table = new StringBuilder("rendez_vous\npatient_id | date_heure_debut | statut\n");
        for (int i = 0; i < 37; i++) {
            String statut = i < 30 ? "HONORE" : i < 32 ? "NON_HONORE" : "ANNULE_PATIENT";
            table.append("A | 02/02/2026 %02d:%02d | %s%n".formatted(8 + i / 4, 15 * (i % 4), statut));
        }
        assertEquals("2/32 hors NI_HONORE_NI_MANQUE 5", read(table.toString()).value("CAD-04", "2026-02"));
    }

    @Test
    void case22_openDelaysOf10To50DaysHaveAMedianOf40() {
        assertEquals("40", Read.of("""
            orientations
            patient_id | date_emission    | date_reponse     | statut
            A          | 12/09/2026 09:00 | 22/09/2026 09:00 | ACCEPTEE
            B          | 12/09/2026 09:00 | 02/10/2026 09:00 | REFUSEE
            C          | 12/09/2026 09:00 |                  | EMISE
            D          | 12/09/2026 09:00 | 22/10/2026 09:00 | ACCEPTEE
            E          | 12/09/2026 09:00 |                  | EMISE

            patients
            patient_id | date_naissance | commune_insee | date_deces
            C          | 02/01/1950     | 34172         | 12/10/2026
            E          | 02/01/1950     | 34172         |
            """, "01/11/2026 12:00").median("ORI-03", "2026-09"));
    }

    @Test
    void case62_tenDelaysOfWhichOneIsLongHaveAMedianOf5AndAHalf() {
        StringBuilder table = new StringBuilder("orientations\npatient_id | date_emission | date_reponse | statut\n");
        for (int days : List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 100)) {
            table.append("A | 01/02/2026 | %s | ACCEPTEE%n"
                    .formatted(
                            LocalDate.of(2026, 2, 1).plusDays(days).format(DateTimeFormatter.ofPattern("dd/MM/uuuu"))));
        }
        Read read = Read.of(table.toString(), "31/10/2026 23:59");
        assertEquals("10/10", read.value("ORI-03", "2026-02"));
        assertEquals("5.5", read.median("ORI-03", "2026-02"));
    }

    @Test
    void theMedianIsTheMiddleOfThePlateauWhereExactlyHalfAreLeft() {
        assertEquals("7.5", Read.of("""
            orientations
            patient_id | date_emission    | date_reponse     | statut
            A          | 01/09/2026 09:00 | 06/09/2026 09:00 | ACCEPTEE
            B          | 01/09/2026 09:00 | 11/09/2026 09:00 | REFUSEE
            """, "31/10/2026 23:59").median("ORI-03", "2026-09"));
        assertEquals("non atteinte", Read.of("""
            orientations
            patient_id | date_emission    | date_reponse     | statut
            A          | 01/09/2026 09:00 | 06/09/2026 09:00 | ACCEPTEE
            B          | 01/09/2026 09:00 |                  | EMISE
            """, "31/10/2026 23:59").median("ORI-03", "2026-09"));
    }

    @Test
    void case36_anAnswerBeforeTheEmissionIsOutOfTheDelaysAndStaysAFact() {
        Read read = read("""
            orientations
            patient_id | date_emission    | date_reponse     | statut
            A          | 10/03/2026 09:00 | 08/03/2026 09:00 | ACCEPTEE
            B          | 10/03/2026 09:00 |                  | REFUSEE
            C          | 10/03/2026 09:00 | 12/03/2026 09:00 | ACCEPTEE
            D          | 10/03/2026 09:00 |                  | BROUILLON
            E          | 10/03/2026 09:00 |                  | ERREUR
            """);
        assertEquals(
                "1/1 hors BROUILLON 1 exclus DELAI_NEGATIF 1, REPONSE_NON_DATEE 1", read.value("ORI-03", "2026-03"));
        assertEquals(List.of("-2"), read.column("orientation", "A", "reponse_jours"));
    }

    @Test
    void anAnswerDatedAfterTheDateOfArretIsYetToCome() {
        String tables = """
            orientations
            patient_id | date_emission    | date_reponse     | statut
            A          | 10/03/2026 09:00 | 14/03/2026 09:00 | ACCEPTEE
            """;
        assertEquals("0/1", Read.of(tables, "13/03/2026 23:59").value("ORI-03", "2026-03"));
        assertEquals("1/1", Read.of(tables, "14/03/2026 23:59").value("ORI-03", "2026-03"));
    }

    @Test
    void orientationsOfOneNeedAreOneChainFromTheFirstEmissionToTheFirstRealisation() {
        Read read = read("""
            orientations
            orientation_id | patient_id | chaine_id | orientation_precedente_id | date_emission    | date_realisation | statut    | type_demande
            O1             | A          | K         |                           | 10/03/2026 09:00 |                  | REFUSEE   | SMR
            O2             | A          | K         |                           | 12/03/2026 09:00 |                  | ANNULEE   | SMR
            O3             | A          |           | O2                        | 14/03/2026 09:00 | 20/03/2026 10:00 | REALISEE  | HAD
            O4             | A          |           |                           | 15/03/2026 09:00 |                  | BROUILLON | HAD
            """);
        assertEquals("1/1", read.value("ORI-03/acces", "2026-03"));
        assertEquals(List.of("10"), read.column("chaine", "A", "realisation_jours"));
        assertEquals(List.of("SMR"), read.column("chaine", "A", "type_demande"));
    }

    @Test
    void aWithdrawnOrientationIsObservedUntilItsClosing() {
        Read read = read("""
            orientations
            patient_id | date_emission    | date_cloture     | statut
            A          | 10/03/2026 09:00 | 15/03/2026 09:00 | ANNULEE
            B          | 10/03/2026 09:00 |                  | EXPIREE
            C          | 10/03/2026 09:00 |                  | EMISE
            """);
        assertEquals(List.of("5"), read.column("orientation", "A", "retrait_jours"));
        assertEquals(List.of("0"), read.column("orientation", "B", "retrait_jours"));
        assertEquals(List.of("null"), read.column("orientation", "C", "retrait_jours"));
        assertEquals("0/3", read.value("ORI-03", "2026-03"));
    }

    @Test
    void whatASecondSourceTellsOfAReportedLinkIsNoRendezVousOfItsOwn() {
        assertEquals("0/1", read("""
            rendez_vous
            source   | rdv_id | patient_id | rpps        | date_heure_debut | statut     | rdv_remplace_id
            DOCTOLIB | R1     | A          | 10002909371 | 02/02/2026 10:00 | REPORTE    |
            DOCTOLIB | R2     | A          | 10002909371 | 04/02/2026 10:00 | HONORE     | R1
            SPICO    | S1     | A          | 10002909371 | 02/02/2026 10:10 | NON_HONORE |
            """).value("CAD-04", "2026-02"));
    }
}
