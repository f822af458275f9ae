package fr.vigie.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegionsTest {

    private static final Map<String, String> REGIONS = Regions.byDepartement();

    /** 101 départements in 18 régions, and six collectivités d’outre-mer, each its own. */
    @Test
    void allOfFranceIsThere() {
        assertEquals(107, REGIONS.size());
        assertEquals(24, Set.copyOf(REGIONS.values()).size());
        assertEquals("988", REGIONS.get("988"));
    }

    @Test
    void occitanieHoldsItsThirteenDepartements() {
        assertEquals(
                List.of("09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"),
                REGIONS.entrySet().stream()
                        .filter(one -> one.getValue().equals("76"))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** A département is not named like its région: 76 is of Normandie, and each of those overseas is a région of another number. */
    @Test
    void codesOfDepartementsAndOfRegionsAreTwo() {
        assertEquals("28", REGIONS.get("76"));
        assertEquals("94", REGIONS.get("2A"));
        assertEquals("04", REGIONS.get("974"));
        assertEquals("06", REGIONS.get("976"));
    }
}
