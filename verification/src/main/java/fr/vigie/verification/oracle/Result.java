package fr.vigie.verification.oracle;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of one reading.
 *
 * @param ventilation {@code age=65-74|sexe=F}; empty for the total
 * @param numerator for a count the facts themselves; for a delay those that have ended
 * @param denominator for a count the facts themselves too
 * @param undetermined part of the denominator whose numerator could not be decided
 * @param median of a delay, in its unit; null when the curve does not reach it, and for the other measures
 */
public record Result(
        String variant,
        String territoryType,
        String territoryCode,
        String period,
        String ventilation,
        long numerator,
        long denominator,
        long undetermined,
        long immature,
        Map<String, Long> outOfPopulation,
        Map<String, Long> excluded,
        @Nullable BigDecimal median) {

    public Result {
        outOfPopulation = Map.copyOf(outOfPopulation);
        excluded = Map.copyOf(excluded);
    }
}
