package fr.vigie.batch.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.batch.publication.Equations.Family;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What goes with the cells that are masked by themselves, so that no reader finds them again (domaine 5.3): small tables solved by hand. */
class EquationsTest {

    private static final int THRESHOLD = 11;

    private final Equations equations = new Equations(THRESHOLD);

    private void group(Family family, String name, int... coordinates) {
        for (int coordinate : coordinates) {
            equations.addGroup(family, coordinate, name, 0);
        }
    }

    /** {@code line-territory-period} of the cells that were shown and no longer are. */
    private Set<String> masked() {
        return equations.close().stream()
                .map(cell -> cell[0] + "-" + cell[1] + "-" + cell[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Case 72 of domaine 7.2: CPTS A 7, B 40, C 25, in all 72. */
    @Test
    void theSmallestOfTheOthersGoesWithOneMaskedPart() {
        group(Family.TERRITORY, "CPTS", 1, 2, 3, 9);
        equations.addShown(5, 2, 6, 40);
        equations.addShown(5, 3, 6, 25);
        equations.addShown(5, 9, 6, 72);
        equations.addMasked(5, 1, 6, 7);
        assertEquals(Set.of("5-3-6"), masked());
    }

    @Test
    void twoMaskedPartsHideEachOtherOnlyWhenTheyMakeTheThresholdTogether() {
        group(Family.TERRITORY, "CPTS", 1, 2, 3, 9);
        equations.addShown(5, 3, 6, 30);
        equations.addShown(5, 9, 6, 41);
        equations.addMasked(5, 1, 6, 5);
        equations.addMasked(5, 2, 6, 6);
        equations.addShown(5, 3, 7, 30);
        equations.addShown(5, 9, 7, 40);
        equations.addMasked(5, 1, 7, 5);
        equations.addMasked(5, 2, 7, 5);
        assertEquals(Set.of("5-3-7"), masked(), "5 + 6 make 11, 5 + 5 do not");
    }

    /**
     * Lines 1 and 2 sum to 3, months 1 and 2 to 3: 5 + 30 = 35, 20 + 40 = 60, in all 25 + 70 = 95. Without the 5, the 30 and the 20 give it away;
     * without those, the 40 gives them away.
     */
    @Test
    void aMaskGoesRoundTheTable() {
        group(Family.BREAKDOWN, "sexe", 1, 2, 3);
        group(Family.PERIOD, "T1", 1, 2, 3);
        long[][] table = {{5, 20, 25}, {30, 40, 70}, {35, 60, 95}};
        for (int line = 1; line <= 3; line++) {
            for (int period = 1; period <= 3; period++) {
                if (line > 1 || period > 1) {
                    equations.addShown(line, 8, period, table[line - 1][period - 1]);
                }
            }
        }
        equations.addMasked(1, 8, 1, 5);
        assertEquals(Set.of("1-8-2", "2-8-1", "2-8-2"), masked());
    }

    /** The upper count of a ratio may be masked where nothing weighs: it is unknown all the same. */
    @Test
    void whatWeighsNothingIsUnknownToo() {
        group(Family.PERIOD, "T1", 1, 2, 3);
        equations.addShown(4, 8, 2, 50);
        equations.addShown(4, 8, 3, 50);
        equations.addMasked(4, 8, 1, 0);
        assertEquals(Set.of("4-8-2"), masked(), "of two that weigh the same, the first");
    }

    @Test
    void aTotalThatGivesAwayMoreThanItTellsGoesFirst() {
        group(Family.TERRITORY, "REGION", 1, 2, 3);
        equations.addGroup(Family.TERRITORY, 9, "REGION", -1);
        equations.addShown(5, 2, 6, 40);
        equations.addShown(5, 3, 6, 12);
        equations.addShown(5, 9, 6, 59);
        equations.addMasked(5, 1, 6, 7);
        assertEquals(Set.of("5-9-6"), masked());
    }

    @Test
    void whatStandsInNoEquationStays() {
        group(Family.TERRITORY, "CPTS", 1, 2);
        equations.addShown(5, 3, 6, 12);
        equations.addMasked(5, 1, 6, 7);
        equations.addMasked(5, 2, 6, 7);
        equations.addMasked(5, 4, 6, 7);
        assertEquals(Set.of(), masked());
    }
}
