package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of one line, each tried through a whole file; the completeness date is 31/10/2026. */
class LineRulesTest {

    private static final String ORIENTATIONS =
            "orientation_id;source;patient_id;type_demande;date_emission;date_reponse;date_realisation;"
                    + "statut;emetteur_type;emetteur_id;destinataire_type;destinataire_id\n";
    private static final String RENDEZ_VOUS =
            "rdv_id;source;patient_id;date_heure_debut;date_heure_prise;statut;mode;profession\n";

    @TempDir
    Path folder;

    private List<String> codes(String file, String text) throws IOException {
        return Door.codes(new Door(folder).takeOne(file, text));
    }

    @Test
    void case17_rejectsAnImpossibleBirth() throws IOException {
        assertEquals(
                List.of("2 date_naissance E NAISSANCE_INVALIDE", "3 date_naissance E NAISSANCE_INVALIDE"),
                codes(
                        "patients.csv",
                        "patient_id;date_naissance;sexe;commune_insee\n"
                                + "C1;01/11/2026;F;34301\nC2;30/10/1905;F;34301\nC3;01/11/1905;F;34301\n"));
    }

    @Test
    void case17_takesAMonthOrAYearOfBirth() throws IOException {
        IntakeResult result = new Door(folder)
                .takeOne(
                        "patients.csv",
                        "patient_id;mois_naissance;annee_naissance;sexe;commune_insee\n"
                                + "C1;02/1961;;F;34301\nC2;1961-02;;F;34301\nC3;;1961;F;34301\nC4;;2027;F;34301\nC5;;61;F;34301\n");
        assertEquals(
                List.of("1961-02", "1961-02", ""),
                Door.staged(result).stream()
                        .map(row -> row.at("mois_naissance"))
                        .toList());
        assertEquals(
                List.of("5 annee_naissance E NAISSANCE_INVALIDE", "6 annee_naissance E ANNEE_2_CHIFFRES"),
                Door.codes(result));
    }

    @Test
    void takesTheAgeAtDeathOfSomebodyWhoDiedLongAgo() throws IOException {
        assertEquals(
                List.of("3 date_naissance E NAISSANCE_INVALIDE"),
                codes(
                        "patients.csv",
                        "patient_id;date_naissance;sexe;commune_insee;date_deces\n"
                                + "C1;01/01/1900;F;34301;01/01/1990\nC2;01/01/1900;F;34301;\n"));
    }

    @Test
    void case36_warnsOfAnAnswerBeforeTheRequestAndKeepsTheLine() throws IOException {
        IntakeResult result = new Door(folder)
                .takeOne(
                        "orientations.csv",
                        ORIENTATIONS + "O1;SAS;C1;SMR;10/03/2026;08/03/2026;;ACCEPTEE;ES;1;ES;2\n"
                                + "O2;SAS;C1;SMR;10/03/2026 10:00;10/03/2026;;REALISEE;ES;1;ES;2\n"
                                + "O3;MAISON;C1;SMR;10/03/2026;;;EMISE;ES;;ES;\n");
        assertEquals(
                List.of(
                        "2 date_reponse A ORDRE_DES_DATES",
                        "3 date_realisation A REALISEE_SANS_DATE",
                        "4 source A CODE_INCONNU"),
                Door.codes(result));
        assertEquals(List.of(3L, 3L), List.of(result.linesKept(), result.warnings()));
    }

    @Test
    void case29_warnsOfARendezVousThatPassedMoreThan7DaysAgoWithoutAnOutcome() throws IOException {
        Door door = new Door(folder);
        door.completeTo = Optional.of(LocalDate.of(2026, 2, 15));
        IntakeResult result = door.takeOne(
                "rendez_vous.csv",
                RENDEZ_VOUS + "R1;SAS;C1;01/02/2026 10:00;;CONFIRME;PRES;MG\n"
                        + "R2;SAS;C1;01/02/2026 10:00;;HONORE;PRES;MG\n"
                        + "R3;SAS;C1;07/02/2026;;DEMANDE;PRES;MG\n"
                        + "R4;SAS;C1;08/02/2026 10:00;;PROPOSE;PRES;MG\n"
                        + "R5;SAS;C1;20/02/2026 10:00;;CONFIRME;PRES;MG\n");
        assertEquals(
                List.of("2 date_heure_debut A ISSUE_NON_RENSEIGNEE", "4 date_heure_debut A ISSUE_NON_RENSEIGNEE"),
                Door.codes(result));
        assertEquals(5, result.linesKept());
    }

    @Test
    void refusesAFactAfterTheCompletenessDateButNotAPlan() throws IOException {
        assertEquals(
                List.of("2 date_heure_debut E DATE_FUTURE", "5 date_heure_prise E DATE_FUTURE"),
                codes(
                        "rendez_vous.csv",
                        RENDEZ_VOUS + "R1;SAS;C1;01/11/2026 00:00;;HONORE;PRES;MG\n"
                                + "R2;SAS;C1;01/11/2026 00:00;;CONFIRME;PRES;MG\n"
                                + "R3;SAS;C1;31/10/2026 23:59;;HONORE;PRES;MG\n"
                                + "R4;SAS;C1;05/11/2026;01/11/2026;DEMANDE;PRES;MG\n"));
    }

    @Test
    void wantsTheMandatoryValuesAndTakesNrForNone() throws IOException {
        assertEquals(
                List.of(
                        "2 patient_id E VALEUR_MANQUANTE",
                        "3 statut E CODE_INCONNU",
                        "3 profession E VALEUR_MANQUANTE"),
                codes(
                        "rendez_vous.csv",
                        RENDEZ_VOUS + "R1;SAS;NR;01/02/2026;NR;HONORE;PRES;MG\nR2;SAS;C1;01/02/2026;;VENU;PRES;\n"
                                + "R3;SAS;C1;01/02/2026;;honore;pres;mg\n"));
    }

    @Test
    void letsABedHaveNoPatient() throws IOException {
        assertEquals(
                List.of("3 patient_id E VALEUR_MANQUANTE"),
                codes(
                        "evenements.csv",
                        "evenement_id;source;patient_id;type;date_heure\nE1;SIH;;LIT_LIBERE;01/02/2026\nE2;SIH;;DECES;01/02/2026\n"));
    }

    @Test
    void wantsADoctorOrACentreInEachDeclaration() throws IOException {
        assertEquals(
                List.of("4 rpps E VALEUR_MANQUANTE"),
                codes(
                        "declarations_mt.csv",
                        "patient_id;rpps;finess;date_debut\nC1;10002909371;;01/01/2020\nC2;;340780477;01/01/2020\nC3;;;01/01/2020\n"));
    }

    @Test
    void givesTheSourceOfTheDeliveryToLinesThatNameNone() throws IOException {
        IntakeResult result = new Door(folder)
                .takeOne(
                        "20261101_AGENDA-Sud_rendez_vous_v1.csv",
                        "rdv_id;patient_id;date_heure_debut;statut;mode;profession\nR1;C1;01/02/2026;HONORE;PRES;MG\n");
        assertEquals(Status.CHARGE, result.status());
        assertEquals("AGENDA-SUD", Door.staged(result).get(0).at("source"));
    }

    @Test
    void warnsOfAPersonWhoIsLikelyNobody() throws IOException {
        assertEquals(
                List.of("2 patient_id A IDENTIFIANT_DOUTEUX", "3 patient_id A IDENTIFIANT_DOUTEUX"),
                codes(
                        "patients.csv",
                        "patient_id;date_naissance;sexe;commune_insee\nnull;01/01/1950;F;34301\n -- ;01/01/1950;F;34301\nNULLA;01/01/1950;F;34301\n"));
    }

    @Test
    void neverLetsAnIdentifierOrABirthOutOfTheDoor() throws IOException {
        List<String> canaries = List.of(
                "284058832102530",
                "170013417206197",
                "1 70 01 34 172 061 97",
                "14/07/1789",
                "ROSSIGNOL",
                "IPP777123",
                "0612345678");
        Door door = new Door(folder);
        IntakeResult result = door.takeOne(
                "evenements.csv",
                "evenement_id;source;patient_id;type;date_heure;finess;mode_sortie;commune_insee;valeur\n"
                        + "E1;SIH;284058832102530;DECES;01/02/2026;;;;\n"
                        + "E2;SIH;170013417206197;DECES;170013417206197;;;;\n"
                        + "E3;SIH;1 70 01 34 172 061 97;DECES;01/02/2026;1 70 01 34 172 061 97;;;\n"
                        + "E4;SIH;IPP777123;DECES;01/02/2026;IPP777123;IPP777123;IPP777123;IPP777123\n"
                        + "E5;SIH;IPP777123;DECES;01/02/2026;;ROSSIGNOL Jeanne;;\n"
                        + "E6;SIH;IPP777123;DECES;01/02/2026;;;;;170013417206197\n"
                        + "E7;SIH;IPP777123;ROSSIGNOL;01/02/2026;;0612345678;ROSSIGNOL;1\n"
                        + "E8;SIH;IPP777123;DECES;01/02/2026;340780477;8;34301;1\n");
        IntakeResult patients = door.takeBeside(
                "patients.csv",
                "patient_id;date_naissance;sexe;commune_insee\n170013417206197;14/07/1789;F;34301\n170013417206197;14/07/1950;F;34301\n");
        String everything = door.everythingWritten() + result + patients;
        for (String canary : canaries) {
            assertFalse(everything.contains(canary), canary);
        }
        assertEquals(Status.REFUSE, result.status());
        assertTrue(everything.contains("NIR_CLE"));
        assertTrue(everything.contains("xxxxxxxxx"));
        assertTrue(everything.contains("9999999999"));
        assertTrue(door.vault.keySet().stream().noneMatch(key -> key.contains("IPP")));
    }

    @Test
    void showsACodeWithATypingErrorAndANumberThatMayTellNobody() throws IOException {
        IntakeResult result = new Door(folder)
                .takeOne(
                        "rendez_vous.csv",
                        "rdv_id;source;patient_id;date_heure_debut;statut;mode;profession;duree_min;finess\n"
                                + "R1;SAS;C1;31/02/2026 10:00;HONOREE;TV;MG;12x;340780478\n");
        assertEquals(
                List.of("31/02/2026 10:00", "340780478", "99x", "HONOREE", "TV"),
                Door.rejects(result).stream()
                        .map(row -> row.at("valeur"))
                        .sorted()
                        .toList());
    }

    @Test
    void nobodyIsFewerThanNone() throws IOException {
        assertEquals(
                List.of("3 effectif E NOMBRE_NEGATIF"),
                codes(
                        "population.csv",
                        "code_insee;annee;sexe;classe_age;effectif\n34172;2023;F;65-74;0\n34172;2023;M;65-74;-1\n"
                                + "34172;2023;F;75-84;12,5\n"));
    }
}
