package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How a published value changed (domaine 0.4): a count in percents of what it was, a share in points, a delay by the difference of its
 * medians. Kept as a fraction, so that it is rounded once, for whoever reads it.
 *
 * @param over null when there is no change to tell
 * @param under strictly positive
 * @param isFromNothing whether it is a count that was 0, or was not there: its change is {@code n.d.}
 */
public record ValueChange(ValueUnit unit, @Nullable BigDecimal over, BigDecimal under, boolean isFromNothing) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 4;

    /**
     * From one row of a reading to a later one of the same territory and breakdown. Only published values are compared: one that is masked,
     * without object, not available or still open, now or before, gives no change. Nor do two versions of an indicator: they mean two things.
     *
     * @param before null when the publication has no such row
     */
    static ValueChange between(ValueUnit unit, @Nullable ValueRow before, ValueRow now) {
        if (!isPublished(now)) {
            return none(unit);
        }
        if (before == null) {
            // Rows exist where a component is not zero: a count that is not there was nothing.
            return unit == ValueUnit.EFFECTIF ? fromNothing() : none(unit);
        }
        return !isPublished(before) || before.version() != now.version()
                ? none(unit)
                : switch (unit) {
                    case EFFECTIF -> ofCounts(before.numerateur(), now.numerateur());
                    case POURCENT -> ofShares(before, now);
                    case HEURES, JOURS -> ofMedians(unit, before.valeur(), now.valeur());
                };
    }

    private static boolean isPublished(ValueRow row) {
        return row.statut().equals("PUBLIE");
    }

    private static ValueChange ofCounts(@Nullable Long before, @Nullable Long now) {
        if (before == null || now == null) {
            return none(ValueUnit.EFFECTIF);
        }
        return before == 0
                ? fromNothing()
                : new ValueChange(
                        ValueUnit.EFFECTIF,
                        BigDecimal.valueOf(now)
                                .subtract(BigDecimal.valueOf(before))
                                .multiply(HUNDRED),
                        BigDecimal.valueOf(before),
                        false);
    }

    private static ValueChange ofShares(ValueRow before, ValueRow now) {
        BigDecimal n0 = whole(before.numerateur());
        BigDecimal d0 = whole(before.denominateur());
        BigDecimal n1 = whole(now.numerateur());
        BigDecimal d1 = whole(now.denominateur());
        if (n0 == null || d0 == null || n1 == null || d1 == null || d0.signum() == 0 || d1.signum() == 0) {
            return none(ValueUnit.POURCENT);
        }
        BigDecimal difference = n1.multiply(d0).subtract(n0.multiply(d1));
        return new ValueChange(ValueUnit.POURCENT, difference.multiply(HUNDRED), d0.multiply(d1), false);
    }

    private static ValueChange ofMedians(ValueUnit unit, @Nullable BigDecimal before, @Nullable BigDecimal now) {
        return before == null || now == null
                ? none(unit)
                : new ValueChange(unit, now.subtract(before), BigDecimal.ONE, false);
    }

    private static @Nullable BigDecimal whole(@Nullable Long number) {
        return number == null ? null : BigDecimal.valueOf(number);
    }

    private static ValueChange none(ValueUnit unit) {
        return new ValueChange(unit, null, BigDecimal.ONE, false);
    }

    private static ValueChange fromNothing() {
        return new ValueChange(ValueUnit.EFFECTIF, null, BigDecimal.ONE, true);
    }

    /** For programs: as a value, rounded half up (half away from zero) to 4 decimals, trailing zeros dropped; null when there is none. */
    public @Nullable BigDecimal amount() {
        if (over == null) {
            return null;
        }
        BigDecimal amount = rounded(over, DECIMALS).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    /** For people: {@code −10,0 pt}, {@code +25,0 %}, {@code −1,5 j}; {@code n.d.} from nothing; empty when there is none. */
    public String words() {
        if (over == null) {
            return isFromNothing ? "n.d." : "";
        }
        BigDecimal shown = rounded(over, 1);
        return (shown.signum() > 0 ? "+" : "") + FrenchFormat.number(shown, 1) + FrenchFormat.NO_BREAK_SPACE + suffix();
    }

    /** What the number is in. */
    String suffix() {
        return switch (unit) {
            case POURCENT -> "pt";
            case EFFECTIF -> "%";
            case HEURES -> "h";
            case JOURS -> "j";
        };
    }

    private BigDecimal rounded(BigDecimal fraction, int decimals) {
        return fraction.divide(under, decimals, RoundingMode.HALF_UP);
    }
}
