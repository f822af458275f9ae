package fr.vigie.indicators.statistics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Delays of which some are still open, and their Kaplan-Meier median (Kaplan and Meier 1958; domaine 0.5, 0.9 bis): the first time at which
 * S &lt; 1/2; the middle of the step when S = 1/2 exactly; at equal times ends come before censorings; absent when not reached.
 */
public final class OpenDelays {

    private static final double HALF = 0.5;
    /** Far above the rounding of a product of a million factors, far below any step that counts can make near one half by chance. */
    private static final double NEAR = 1e-9;

    private final NavigableMap<Long, long[]> atTime = new TreeMap<>();
    private long ended;
    private long all;

    /** Adds {@code count} delays of this length that ended. */
    public void addEnded(long length, long count) {
        at(length)[0] += count;
        ended += count;
        all += count;
    }

    /** Adds {@code count} delays that were still open after this length. */
    public void addCensored(long length, long count) {
        at(length)[1] += count;
        all += count;
    }

    /** Adds all of another's. */
    public void addAll(OpenDelays other) {
        other.atTime.forEach((length, counts) -> {
            addEnded(length, counts[0]);
            addCensored(length, counts[1]);
        });
    }

    public long ended() {
        return ended;
    }

    public long all() {
        return all;
    }

    /** Twice the median, so that it is always whole; absent when the curve does not reach one half, or only on its last step. */
    public Optional<Long> twiceMedian() {
        long atRisk = all;
        double survival = 1;
        for (Map.Entry<Long, long[]> step : atTime.entrySet()) {
            long ends = step.getValue()[0];
            if (ends > 0) {
                survival *= (double) (atRisk - ends) / atRisk;
                int side = Math.abs(survival - HALF) > NEAR ? Double.compare(survival, HALF) : exactSide(step.getKey());
                if (side < 0) {
                    return Optional.of(2 * step.getKey());
                }
                if (side == 0) {
                    return nextEnd(step.getKey()).map(next -> step.getKey() + next);
                }
            }
            atRisk -= ends + step.getValue()[1];
        }
        return Optional.empty();
    }

    /** The median divided by {@code divisor}, half up to 4 decimals, trailing zeros dropped. */
    public Optional<BigDecimal> median(long divisor) {
        return twiceMedian()
                .map(twice -> Share.plain(
                        BigDecimal.valueOf(twice).divide(BigDecimal.valueOf(2 * divisor), 4, RoundingMode.HALF_UP)));
    }

    /** How S compares to one half just after this time, in exact fractions: floating point cannot tell a tie. */
    private int exactSide(long time) {
        BigInteger above = BigInteger.ONE;
        BigInteger below = BigInteger.ONE;
        long atRisk = all;
        for (Map.Entry<Long, long[]> step : atTime.headMap(time, true).entrySet()) {
            if (step.getValue()[0] > 0) {
                above = above.multiply(BigInteger.valueOf(atRisk - step.getValue()[0]));
                below = below.multiply(BigInteger.valueOf(atRisk));
            }
            atRisk -= step.getValue()[0] + step.getValue()[1];
        }
        return above.multiply(BigInteger.TWO).compareTo(below);
    }

    private Optional<Long> nextEnd(long time) {
        return atTime.tailMap(time, false).entrySet().stream()
                .filter(step -> step.getValue()[0] > 0)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private long[] at(long length) {
        return atTime.computeIfAbsent(length, none -> new long[2]);
    }
}
