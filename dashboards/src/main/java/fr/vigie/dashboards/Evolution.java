package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * How a proportion moved between two periods, in points.
 *
 * @param isConclusive whether the 95 % interval of the difference leaves out 0 (domaine 0.4)
 */
record Evolution(BigDecimal points, boolean isConclusive) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * From two published rows; absent for anything but two shown proportions with their intervals. The interval of the difference is
     * Newcombe's, built from the two Wilson intervals that were published, so nothing unseen enters it.
     */
    static Optional<Evolution> between(ShownValue before, ShownValue now) {
        if (now.unit() != ValueUnit.POURCENT || now.isRunning() || before.isRunning()) {
            return Optional.empty();
        }
        Optional<BigDecimal> first = exact(before);
        Optional<BigDecimal> second = exact(now);
        if (first.isEmpty()
                || second.isEmpty()
                || before.low().isEmpty()
                || before.high().isEmpty()
                || now.low().isEmpty()
                || now.high().isEmpty()) {
            return Optional.empty();
        }
        BigDecimal difference = second.get().subtract(first.get());
        BigDecimal low = difference.subtract(hypotenuse(
                second.get().subtract(now.low().get()), before.high().get().subtract(first.get())));
        BigDecimal high = difference.add(hypotenuse(
                now.high().get().subtract(second.get()),
                first.get().subtract(before.low().get())));
        boolean leavesOutZero = low.signum() > 0 || high.signum() < 0;
        return Optional.of(new Evolution(difference, leavesOutZero && !before.isFragile() && !now.isFragile()));
    }

    private static Optional<BigDecimal> exact(ShownValue value) {
        Long numerator = value.row().numerateur();
        Long denominator = value.row().denominateur();
        return !value.isShown() || numerator == null || denominator == null || denominator == 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(numerator)
                        .multiply(HUNDRED)
                        .divide(BigDecimal.valueOf(denominator), MathContext.DECIMAL64));
    }

    private static BigDecimal hypotenuse(BigDecimal one, BigDecimal other) {
        return one.multiply(one).add(other.multiply(other)).sqrt(MathContext.DECIMAL64);
    }

    String words() {
        return FrenchFormat.points(points) + (isConclusive ? " (écart concluant)" : " (écart non concluant)");
    }
}
