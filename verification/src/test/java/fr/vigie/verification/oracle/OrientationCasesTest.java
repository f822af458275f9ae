package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Dimension;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases of domaine 7.2 about what is asked and what is obtained: orientations, requests for a médecin traitant, ways of consulting, slots. */
class OrientationCasesTest {

    private static final String ORIENTATIONS = """

            orientations
            patient_id | chaine_id | type_demande | type_obtenu | date_emission    | date_reponse     | date_realisation | statut   | motif
            """;

    private static Read read(String tables) {
        return Read.of(tables, "31/10/2026 23:59");
    }

    /** Persons of one birth, in hospital without having planned it from 5 to 25 February 2026. */
    private static String inHospital(String birth, int count) {
        StringBuilder patients = new StringBuilder("patients\npatient_id | date_naissance | commune_insee\n");
        StringBuilder stays =
                new StringBuilder("\nevenements\npatient_id | type | date_heure | mode_entree | mode_sortie\n");
        for (int i = 0; i < count; i++) {
            patients.append("P%d | %s | 34172%n".formatted(i, birth));
            stays.append("P%d | HOSPI_ADMISSION | 05/02/2026 10:00 | 8 |%n".formatted(i));
            stays.append("P%d | HOSPI_SORTIE | 25/02/2026 10:00 | | 8%n".formatted(i));
        }
        return patients + stays.toString();
    }

    @Test
    void case8_aPassageOfTheLastHourOfTheYearInUtcIsOfTheFirstQuarterInParis() {
        Read read = read("""
            evenements
            patient_id | type        | date_heure
            A          | URG_PASSAGE | 2025-12-31T23:30:00Z
            """);
        assertEquals("1/1", read.value("URG-04", "2026-T1"));
        assertEquals("rien", read.value("URG-04", "2025-T4"));
    }

    @Test
    void case17_aBirthKnownByItsMonthIsOutOfOri01InThatMonthOnly() {
        String stay = """
            patients
            patient_id | mois_naissance | commune_insee
            A          | %s             | 34172

            evenements
            patient_id | type            | date_heure       | mode_entree
            A          | HOSPI_ADMISSION | 05/02/2026 10:00 | 8
            """;
        String asked = ORIENTATIONS + "A | | SMR | | 10/02/2026 10:00 | | | EMISE |\n";
        assertEquals("0/0 hors AGE 1", read(stay.formatted("1951-02") + asked).value("ORI-01", "2026-02"));
        assertEquals("1/1", read(stay.formatted("1951-01") + asked).value("ORI-01", "2026-02"));
    }

    @Test
    void case18_75CompletedYearsAreIn() {
        String asked = ORIENTATIONS + "P0 | | SMR | | 10/02/2026 10:00 | | | EMISE |\n";
        assertEquals("1/1", read(inHospital("10/02/1951", 1) + asked).value("ORI-01", "2026-02"));
        assertEquals("0/0 hors AGE 1", read(inHospital("11/02/1951", 1) + asked).value("ORI-01", "2026-02"));
    }

    @Test
    void case22_requestsForAMedecinTraitantHaveAMedianOf40Days() {
        Read read = Read.of("""
            patients
            patient_id | date_naissance | commune_insee | date_deces
            C          | 02/01/1950     | 34172         | 12/10/2026

            orientations
            patient_id | type_demande | date_emission    | statut
            A          | RECHERCHE_MT | 12/09/2026 09:00 | EMISE
            B          | RECHERCHE_MT | 12/09/2026 09:00 | EMISE
            C          | RECHERCHE_MT | 12/09/2026 09:00 | EMISE
            D          | RECHERCHE_MT | 12/09/2026 09:00 | EMISE
            E          | RECHERCHE_MT | 12/09/2026 09:00 | EMISE

            declarations_mt
            patient_id | rpps        | date_debut
            A          | 10002909371 | 22/09/2026
            B          | 10002909371 | 02/10/2026
            D          | 10002909371 | 22/10/2026
            """, "01/11/2026 12:00");
        assertEquals("3/5", read.value("MT-03", "2026-09"));
        assertEquals("40", read.median("MT-03", "2026-09"));
    }

    @Test
    void case23_aRequestAskedThreeTimesMoreWaitsFromTheFirstTime() {
        Read read = read("""
            orientations
            patient_id | chaine_id | type_demande | date_emission    | statut
            A          | K         | RECHERCHE_MT | 01/02/2026 09:00 | EMISE
            A          | K         | RECHERCHE_MT | 10/02/2026 09:00 | EMISE
            A          | K         | RECHERCHE_MT | 20/02/2026 09:00 | EMISE
            A          | K         | RECHERCHE_MT | 01/03/2026 09:00 | EMISE

            declarations_mt
            patient_id | rpps        | date_debut
            A          | 10002909371 | 13/03/2026
            """);
        assertEquals("1/1", read.value("MT-03", "2026"));
        assertEquals("40", read.median("MT-03", "2026-02"));
        assertEquals("1/1", read.value("MT-08", "2026-02"));
        assertEquals("1/1", read.value("MT-08/demandes", "2026"));
    }

    @Test
    void aDeclarationToADoctorWhoHasCeasedAnswersNoRequestAndOneFromBeforeNeitherDoes() {
        Read read = read("""
            professionnels
            rpps        | profession | date_fin
            10002909371 | MG         | 31/01/2026

            orientations
            patient_id | type_demande | date_emission    | statut
            A          | RECHERCHE_MT | 01/02/2026 09:00 | EMISE

            declarations_mt
            patient_id | rpps        | date_debut
            A          | 10002909999 | 31/01/2026
            A          | 10002909371 | 05/02/2026
            A          | 10002909888 | 09/02/2026
            """);
        assertEquals(List.of("8"), read.column("chaine", "A", "medecin_traitant_jours"));
    }

    @Test
    void case32_aNeedSentToFourPlacesIsAskedOnceAndObtainedOnce() {
        Read read = read(inHospital("02/01/1940", 1) + ORIENTATIONS + """
            P0 | C | SMR |     | 05/02/2026 12:00 | 06/02/2026 10:00 |                  | REFUSEE  | PLACE
            P0 | C | SMR |     | 05/02/2026 12:00 | 06/02/2026 10:00 |                  | REFUSEE  | PLACE
            P0 | C | SMR |     | 05/02/2026 12:00 | 06/02/2026 10:00 |                  | REFUSEE  | PLACE
            P0 | C | SMR | SMR | 05/02/2026 12:00 | 06/02/2026 10:00 | 12/02/2026 11:00 | REALISEE |
            """);
        assertEquals("0/1", read.value("ORI-01", "2026-02"));
        assertEquals("0/1", read.value("ORI-01/large", "2026-02"));
    }

    @Test
    void case34_theStrictDeltaIs12Of40AndTheLargeOne7() {
        StringBuilder tables = new StringBuilder(inHospital("02/01/1940", 40) + ORIENTATIONS);
        for (int i = 0; i < 40; i++) {
            tables.append(
                    i < 33
                            ? "P%d | | SMR | %s | 10/02/2026 10:00 | 12/02/2026 10:00 | 20/02/2026 11:00 | REALISEE |%n"
                                    .formatted(i, i < 28 ? "SMR" : "HAD")
                            : "P%d | | SMR | | 10/02/2026 10:00 | 12/02/2026 10:00 | | REFUSEE | PLACE%n".formatted(i));
        }
        Read read = read(tables.toString());
        assertEquals("12/40", read.value("ORI-01", "2026-02"));
        assertEquals("7/40", read.value("ORI-01/large", "2026-02"));
    }

    @Test
    void anOrientationFromASecondHospitalIsOfTheEpisodeThatBeganInTheFirst() {
        String tables = """
            patients
            patient_id | date_naissance | commune_insee
            A          | 02/01/1940     | 34172

            evenements
            patient_id | type            | date_heure       | mode_entree | mode_sortie | programme
            A          | HOSPI_ADMISSION | 01/02/2026 10:00 | 8           |             | %s
            A          | HOSPI_SORTIE    | 05/02/2026 10:00 |             | 7           |
            A          | HOSPI_ADMISSION | 05/02/2026 12:00 | 7           |             | %s
            """ + ORIENTATIONS + "A | | SMR | | 10/02/2026 10:00 | | | EMISE |\n";
        assertEquals("1/1", read(tables.formatted("N", "O")).value("ORI-01", "2026-02"));
        assertEquals(
                "0/0 hors HORS_HOSPITALISATION_NON_PROGRAMMEE 1",
                read(tables.formatted("O", "N")).value("ORI-01", "2026-02"));
    }

    @Test
    void aStayWithoutSortieEndsWithTheNextAdmission() {
        Read read = read("""
            patients
            patient_id | date_naissance | commune_insee
            A          | 02/01/1940     | 34172

            evenements
            patient_id | type            | date_heure       | mode_entree | finess    | programme
            A          | HOSPI_ADMISSION | 01/02/2026 10:00 | 8           | 340780477 | N
            A          | HOSPI_ADMISSION | 10/02/2026 10:00 | 8           | 300780038 | O
            """ + ORIENTATIONS + """
            A | | SMR | | 10/02/2026 09:59 | | | EMISE |
            A | | SMR | | 10/02/2026 10:00 | | | EMISE |
            """);
        assertEquals(List.of("true", "false"), read.column("chaine", "A", "est_en_hospitalisation_non_programmee"));
    }

    @Test
    void anUndatedAnswerKeepsADeathFromComingFirst() {
        Read read = read("""
            patients
            patient_id | date_naissance | commune_insee | date_deces
            A          | 02/01/1940     | 34172         | 20/02/2026

            evenements
            patient_id | type            | date_heure       | mode_entree
            A          | HOSPI_ADMISSION | 05/02/2026 10:00 | 8
            """ + ORIENTATIONS + """
            A | C1 | SMR | | 10/02/2026 10:00 |                  | | EMISE   |
            A | C2 | SMR | | 10/02/2026 10:00 | 19/02/2026 10:00 | | REFUSEE | PLACE
            A | C3 | SMR | | 10/02/2026 10:00 |                  | | REFUSEE | PLACE
            """);
        assertEquals("2/2 exclus DECES 1", read.value("ORI-01", "2026-02"));
    }

    @Test
    void aNeedThatNoMoreIsIsExcludedUnlessItWasMet() {
        Read read = read(inHospital("02/01/1940", 2) + ORIENTATIONS + """
            P0 | C | SMR |     | 10/02/2026 10:00 | |                  | ANNULEE  | BESOIN_LEVE
            P1 | D | SMR |     | 10/02/2026 10:00 | |                  | ANNULEE  | BESOIN_LEVE
            P1 | D | SMR | SMR | 10/02/2026 10:00 | | 12/02/2026 10:00 | REALISEE |
            """);
        assertEquals("0/1 exclus BESOIN_LEVE 1", read.value("ORI-01", "2026-02"));
    }

    @Test
    void case36_anAnswerBeforeTheEmissionIsAnAnswer() {
        Read read = read("""
            orientations
            patient_id | date_emission    | date_reponse     | statut
            A          | 10/03/2026 09:00 | 08/03/2026 09:00 | ACCEPTEE
            B          | 10/03/2026 09:00 |                  | REFUSEE
            C          | 10/03/2026 09:00 |                  | RECUE
            """);
        assertEquals("1/3", read.value("ORI-04", "2026-03"));
    }

    @Test
    void case65_20TeleconsultationsFor80FaceToFace() {
        StringBuilder table =
                new StringBuilder("rendez_vous\npatient_id | date_heure_debut | statut | mode | profession\n");
        for (int i = 0; i < 100; i++) {
            table.append("A | %02d/07/2026 %02d:00 | HONORE | %s | IDE%n"
                    .formatted(1 + i % 28, 8 + i / 28, i < 20 ? "TLC" : i < 30 ? "VAD" : "PRES"));
        }
        Read read = read(table.toString());
        assertEquals("20/100", read.value("TLC-01", "2026-07"));
        assertEquals("20/80", read.value("TLC-01/ratio", "2026-07"));
    }

    @Test
    void aSlotIsThatOfItsSourceAndOfAnotherSourceOnlyWhenItOffersNone() {
        Read read = read("""
            creneaux
            creneau_id | source   | dispositif_id | date_heure_debut | commune_lieu
            K1         | 48HC     | CPTS-M        | 02/02/2026 09:00 | 34172
            K1         | DOCTOLIB | CPTS-M        | 03/02/2026 09:00 | 30189
            K2         | 48HC     | CPTS-M        | 04/02/2026 09:00 | 34172

            rendez_vous
            source   | patient_id | date_heure_debut | statut | creneau_id
            DOCTOLIB | A          | 03/02/2026 09:00 | HONORE | K1
            DOCTOLIB | A          | 04/02/2026 09:00 | HONORE | K2
            """);
        assertEquals(
                List.of(
                        "CPTS:CPTS-M 1/2",
                        "CPTS:HORS_CPTS 1/1",
                        "DEPARTEMENT:30 1/1",
                        "DEPARTEMENT:34 1/2",
                        "ENSEMBLE:ENSEMBLE 2/3",
                        "EPCI:EPCI-M 1/2",
                        "EPCI:EPCI-N 1/1",
                        "REGION:76 2/3"),
                read.territories("CAD-03", "2026-02"));
    }

    @Test
    void aDraftKeepsNothingWaitingAndAWithdrawalWithoutDateIsOfTheDayItWasSent() {
        Read read = read("""
            orientations
            orientation_id | patient_id | chaine_id | type_demande | date_emission    | statut    | date_cloture
            O1             | A          | C         | SMR          | 02/02/2026 10:00 | ANNULEE   | 07/02/2026
            O2             | A          | C         | SMR          | 12/02/2026 10:00 | EXPIREE   |
            O3             | A          | C         | SMR          | 20/02/2026 10:00 | BROUILLON |
            """);
        assertEquals(List.of("10"), read.column("chaine", "A", "retrait_jours"));
    }

    @Test
    void anAnswerThatNobodyDatedKeepsADeathFromComingBeforeAnyAnswer() {
        String asked = inHospital("02/01/1940", 1) + "P0 | DECES | 12/02/2026 10:00 | |\n" + ORIENTATIONS
                + "P0 | C | SMR | | 10/02/2026 10:00 | %s | | REFUSEE |\n"
                + "P0 | C | SMR | | 10/02/2026 10:00 | 20/02/2026 10:00 | | REFUSEE |\n";
        assertEquals("1/1", read(asked.formatted("")).value("ORI-01", "2026-02"));
        assertEquals(
                "0/0 exclus DECES 1", read(asked.formatted("15/02/2026 10:00")).value("ORI-01", "2026-02"));
    }

    @Test
    void theDelayOfAnAnswerIsToldByEtablissement() {
        Read read = Read.of("""
            orientations
            patient_id | type_demande | date_emission    | date_reponse     | statut   | destinataire_type | destinataire_id
            A          | SMR          | 01/02/2026 10:00 | 02/02/2026 10:00 | ACCEPTEE | ES                | 310781406
            A          | SMR          | 01/02/2026 10:00 |                  | EMISE    | ES                | 300780038
            """, "31/10/2026 23:59");
        assertEquals(
                List.of("etablissement=300780038 0/1", "etablissement=310781406 1/1"),
                read.by(Dimension.ETABLISSEMENT, "ORI-03", "2026-02"));
    }
}
