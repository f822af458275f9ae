package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * From values to positions, starting at 0 and ending on a round number: bars and dots that do not start at 0 exaggerate.
 *
 * @param step distance between two ticks
 * @param top the last tick
 */
record Scale(BigDecimal step, BigDecimal top, double from, double to) {

    private static final List<BigDecimal> ROUND_STEPS = List.of(
            new BigDecimal("1"), new BigDecimal("2"), new BigDecimal("2.5"), new BigDecimal("5"), BigDecimal.TEN);

    /** The smallest round scale that holds all values; percents never go beyond 100. */
    static Scale over(Collection<BigDecimal> values, ValueUnit unit, double from, double to) {
        BigDecimal greatest =
                values.isEmpty() ? BigDecimal.ONE : Collections.max(values).max(new BigDecimal("0.4"));
        BigDecimal roughStep = greatest.divide(BigDecimal.valueOf(5), 6, RoundingMode.UP);
        int magnitude = roughStep.precision() - roughStep.scale() - 1;
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(magnitude);
        BigDecimal step = ROUND_STEPS.stream()
                .map(power::multiply)
                .filter(candidate -> candidate.compareTo(roughStep) >= 0)
                .findFirst()
                .orElse(power.multiply(BigDecimal.TEN));
        if (unit == ValueUnit.HEURES && greatest.compareTo(BigDecimal.valueOf(12)) > 0) {
            // Hours are read by half days.
            step = BigDecimal.valueOf(12)
                    .multiply(greatest.divide(BigDecimal.valueOf(60), 0, RoundingMode.UP)
                            .max(BigDecimal.ONE));
        }
        BigDecimal top = greatest.divide(step, 0, RoundingMode.UP).multiply(step);
        if (unit == ValueUnit.POURCENT && top.compareTo(BigDecimal.valueOf(100)) > 0) {
            top = BigDecimal.valueOf(100);
        }
        return new Scale(step, top, from, to);
    }

    double at(BigDecimal value) {
        return from + (to - from) * value.doubleValue() / top.doubleValue();
    }

    List<BigDecimal> ticks() {
        List<BigDecimal> ticks = new ArrayList<>();
        for (BigDecimal tick = BigDecimal.ZERO; tick.compareTo(top) <= 0; tick = tick.add(step)) {
            ticks.add(tick);
        }
        return ticks;
    }

    /** One decimal is finer than any screen; no exponent and no locale. */
    static String plain(double coordinate) {
        BigDecimal rounded =
                BigDecimal.valueOf(coordinate).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.toPlainString();
    }
}
