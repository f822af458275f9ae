package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A target as the column {@code cible} tells it.
 *
 * @param operator {@code >}, {@code >=}, {@code <} or {@code <=}
 * @param value percents, hours or days
 */
public record ShownTarget(String operator, BigDecimal value) {

    private static final Pattern TEXT = Pattern.compile("\\s*(>=|<=|>|<)\\s*(\\d+(?:\\.\\d+)?)\\s*");

    /** Absent when there is no target, or none that can be drawn. */
    public static Optional<ShownTarget> of(@Nullable String cible) {
        if (cible == null) {
            return Optional.empty();
        }
        Matcher matcher = TEXT.matcher(cible);
        return matcher.matches()
                ? Optional.of(new ShownTarget(matcher.group(1), new BigDecimal(matcher.group(2))))
                : Optional.empty();
    }

    /** Whether a value meets it. */
    boolean isMetBy(BigDecimal shown) {
        return isMetBy(shown, value);
    }

    /** Whether the left side of a cross-multiplication stands rightly to its right side. */
    boolean isMetBy(BigDecimal left, BigDecimal right) {
        int comparison = left.compareTo(right);
        return switch (operator) {
            case ">" -> comparison > 0;
            case ">=" -> comparison >= 0;
            case "<" -> comparison < 0;
            default -> comparison <= 0;
        };
    }

    /** {@code > 60 %}, {@code ≤ 7 j}. */
    String text(ValueUnit unit) {
        String sign = operator.replace(">=", "≥").replace("<=", "≤");
        return sign + FrenchFormat.NO_BREAK_SPACE + unit.tick(value);
    }
}
