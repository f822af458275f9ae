package fr.vigie.verification.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Catalogue;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the cohort of domaine 7.1, the worked example of CAD-01, gives through CAD-02. */
class CohorteCad02Test {

    /**
     * In hours: 15 P06 dies; 18 P10, 19 P09; 22 P07 comes back; 23 P01; 26 P14 moves; 47 P05; 48 P02; then P03, P04; P12 and P13 open. What is left:
     * 10/11 × 9/10 × 7/8 × 5/6 = 0.60 at 47 h, × 4/5 = 0.48 at 48 h.
     */
    @Test
    void theMedianDelayOfCad02IsTheFirstTimeWithFewerThanHalfLeft() {
        assertEquals(
                "48",
                Read.of(
                                WorkedExample.of(Catalogue.read(Optional.empty())
                                                .definition("CAD-01")
                                                .orElseThrow())
                                        .get(0)
                                        .silver(),
                                "28/02/2026 23:59")
                        .median("CAD-02", "2026-02"));
    }
}
