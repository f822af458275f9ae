package fr.vigie.indicators.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A numerator over a denominator in percents, with its Wilson interval at 95 % (Wilson 1927; domaine 0.4).
 *
 * @param denominator strictly positive
 */
public record Share(long numerator, long denominator) {

    private static final int DECIMALS = 4;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** The 97.5 % quantile of the normal law. */
    private static final BigDecimal Z = new BigDecimal("1.959963984540054");

    public Share {
        if (denominator <= 0) {
            throw new IllegalArgumentException("a share needs a positive denominator");
        }
    }

    /** Percents, rounded half up to 4 decimals, trailing zeros dropped. */
    public BigDecimal percents() {
        return plain(HUNDRED.multiply(BigDecimal.valueOf(numerator))
                .divide(BigDecimal.valueOf(denominator), DECIMALS, RoundingMode.HALF_UP));
    }

    /** Lower bound of the interval, percents. */
    public BigDecimal low() {
        return bound(-1);
    }

    /** Upper bound of the interval, percents. */
    public BigDecimal high() {
        return bound(1);
    }

    private BigDecimal bound(int side) {
        MathContext exact = MathContext.DECIMAL64;
        BigDecimal n = BigDecimal.valueOf(denominator);
        BigDecimal x = BigDecimal.valueOf(numerator);
        BigDecimal z2 = Z.multiply(Z);
        BigDecimal inside = x.multiply(n.subtract(x)).divide(n, exact).add(z2.divide(BigDecimal.valueOf(4), exact));
        BigDecimal margin = Z.multiply(inside.sqrt(exact), exact);
        BigDecimal centre = x.add(z2.divide(BigDecimal.valueOf(2), exact));
        BigDecimal bound = centre.add(side < 0 ? margin.negate() : margin)
                .multiply(HUNDRED)
                .divide(n.add(z2), DECIMALS, RoundingMode.HALF_UP);
        // At 0 and at n one bound is exactly 0 or 100: the square root leaves a last digit that is not.
        return plain(bound.max(BigDecimal.ZERO).min(HUNDRED));
    }

    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
