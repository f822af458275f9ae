package fr.vigie.indicators;

import java.math.BigDecimal;

/**
 * What is aimed at.
 *
 * @param value percents for a proportion, the delay's unit for a delay
 */
public record Target(Operator operator, BigDecimal value) {

    /** How the value must stand to the target. */
    public enum Operator {
        GREATER(">"),
        AT_LEAST(">="),
        LESS("<"),
        AT_MOST("<=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** Whether {@code 100 × numerator / denominator} meets the target, decided by cross-multiplication (domaine 0.4). */
    public boolean isMetByShare(long numerator, long denominator) {
        return holds(BigDecimal.valueOf(numerator)
                .multiply(BigDecimal.valueOf(100))
                .compareTo(value.multiply(BigDecimal.valueOf(denominator))));
    }

    /** Whether an exact value meets the target. */
    public boolean isMetBy(BigDecimal exact) {
        return holds(exact.compareTo(value));
    }

    private boolean holds(int comparison) {
        return switch (operator) {
            case GREATER -> comparison > 0;
            case AT_LEAST -> comparison >= 0;
            case LESS -> comparison < 0;
            case AT_MOST -> comparison <= 0;
        };
    }

    /** As published in the column {@code cible}: {@code > 60}. */
    public String text() {
        return operator.symbol() + " " + value.stripTrailingZeros().toPlainString();
    }
}
