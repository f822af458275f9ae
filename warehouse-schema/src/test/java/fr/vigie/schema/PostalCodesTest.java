package fr.vigie.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PostalCodesTest {

    private final PostalCodes codes = PostalCodes.official();

    @Test
    void tellsAPostalCodeFromTheCodeOfACommune() {
        // Sète is the commune 34301, Paris 12e the arrondissement 75112 with the postal code 75012, 34000 the postal
        // code of Montpellier
        assertTrue(codes.isOnlyPostal("75012"));
        assertTrue(codes.isOnlyPostal("34000"));
        assertFalse(codes.isOnlyPostal("34301"));
        assertFalse(codes.isOnlyPostal("75112"));
        assertFalse(codes.isOnlyPostal("99999"));
    }

    @Test
    void saysThatFiveDigitsMayBeBoth() {
        // 34172 is the commune of Montpellier and no postal code; 34200 is the postal code of Sète and the commune of
        // Pézènes-les-Mines
        assertFalse(codes.isAmbiguous("34172"));
        assertTrue(codes.isAmbiguous("34200"));
        assertFalse(codes.isOnlyPostal("34200"));
        // 12076 was the code of Conques-en-Rouergue
        assertFalse(codes.isOnlyPostal("12076"));
    }

    @Test
    void findsTheCommuneOfAPostalCodeAndAName() {
        assertEquals(Set.of("34301"), codes.communes("34200"));
        assertEquals(Set.of("34301"), codes.communes("34200", "SETE"));
        assertEquals(Set.of("34301"), codes.communes("34200", "Sète Cedex 2"));
        assertEquals(Set.of(), codes.communes("34200", "Montpellier"));
        // a place that a commune took in has the code of the commune
        assertEquals(Set.of("12218"), codes.communes("12320", "St Cyprien sur Dourdou"));
        assertEquals(Set.of("75056"), codes.communes("75012", "Paris"));
        assertEquals(Set.of(), codes.communes("99999", "Nulle part"));
    }

    @Test
    void findsTheCommuneOfACedexCodeByItsNameInTheDepartementWhereTheCodeIs() {
        assertEquals(Set.of("34301"), codes.communesOfDepartement("34204", "SETE CEDEX"));
        // Corsica has the postal codes 20 and the départements 2A (Ajaccio) and 2B (Bastia)
        assertEquals(Set.of("2A004"), codes.communesOfDepartement("20303", "AJACCIO CEDEX 9"));
        assertEquals(Set.of("2B033"), codes.communesOfDepartement("20407", "BASTIA CEDEX"));
        // 974 is La Réunion and 973 Guyane: a Saint-Denis is in one only
        assertEquals(Set.of("97411"), codes.communesOfDepartement("97404", "ST DENIS CEDEX"));
        assertEquals(Set.of(), codes.communesOfDepartement("97387", "ST DENIS CEDEX"));
        assertEquals(Set.of(), codes.communesOfDepartement("98000", "MONACO"));
        assertEquals(Set.of(), codes.communesOfDepartement("00000", "Sète"));
    }

    @Test
    void aMunicipalArrondissementIsItsCommune() {
        assertEquals(Set.of("69123"), codes.communes("69003", "LYON 3EME ARRONDISSEMENT"));
        // no other commune has any, whatever its address says
        assertEquals(Set.of(), codes.communes("34200", "SETE 3"));
    }

    @Test
    void saysInWhichDepartementsThePlacesOfAPostalCodeAre() {
        assertEquals(Set.of("34"), codes.departements("34200"));
        assertEquals(Set.of("2A"), codes.departements("20000"));
        // 97133 is the postal code of Saint-Barthélemy, which is no longer of Guadeloupe
        assertEquals(Set.of("977"), codes.departements("97133"));
        assertEquals(Set.of(), codes.departements("34204"));
    }
}
