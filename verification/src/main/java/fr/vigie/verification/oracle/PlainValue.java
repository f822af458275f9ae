package fr.vigie.verification.oracle;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Period;
import fr.vigie.indicators.Variant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is published of a result (contrat.md 4): value, verdict and status, read from the text alone. */
public final class PlainValue {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private PlainValue() {}

    /** {@code numerator;denominator;value;verdict;status}. */
    public static String of(Result result, Variant variant, Instant limit) {
        Measure measure = variant.measure();
        boolean isCount = measure instanceof Measure.Count;
        boolean isDelay = measure instanceof Measure.Delay;
        BigDecimal exact = isCount
                ? BigDecimal.valueOf(result.numerator())
                : isDelay ? result.median() : result.denominator() == 0 ? null : percents(result);
        boolean hasOnlyImmature = result.numerator() == 0 && result.denominator() == 0 && result.immature() > 0;
        boolean isUnfinished = ParisTime.midnight(
                        Period.parse(result.period()).orElseThrow().end())
                .isAfter(limit);
        boolean isWithoutObject = !isCount && result.denominator() == 0 && !hasOnlyImmature;
        String status = isWithoutObject ? "SO" : hasOnlyImmature || isUnfinished ? "EN_COURS" : "PUBLIE";
        return result.numerator() + ";" + (isCount ? "" : result.denominator()) + ";" + text(exact) + ";"
                + verdict(result, variant, exact, status) + ";" + status;
    }

    private static String verdict(Result result, Variant variant, @Nullable BigDecimal exact, String status) {
        if (!status.equals("PUBLIE")) {
            return "SANS_OBJET";
        }
        if (variant.target().isEmpty()) {
            return "SANS_CIBLE";
        }
        if (exact == null) {
            return "SANS_OBJET";
        }
        BigDecimal aim = variant.target().get().value();
        boolean isShare = !(variant.measure() instanceof Measure.Count || variant.measure() instanceof Measure.Delay);
        int side = isShare
                ? HUNDRED.multiply(BigDecimal.valueOf(result.numerator()))
                        .compareTo(aim.multiply(BigDecimal.valueOf(result.denominator())))
                : exact.compareTo(aim);
        boolean isMet = switch (variant.target().get().operator().symbol()) {
            case ">" -> side > 0;
            case ">=" -> side >= 0;
            case "<" -> side < 0;
            default -> side <= 0;
        };
        return isMet ? "ATTEINTE" : "NON_ATTEINTE";
    }

    private static BigDecimal percents(Result result) {
        return HUNDRED.multiply(BigDecimal.valueOf(result.numerator()))
                .divide(BigDecimal.valueOf(result.denominator()), 4, RoundingMode.HALF_UP);
    }

    private static String text(@Nullable BigDecimal value) {
        return value == null
                ? ""
                : value.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }
}
