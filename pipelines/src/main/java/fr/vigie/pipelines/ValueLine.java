package fr.vigie.pipelines;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Target;
import fr.vigie.indicators.Variant;
import fr.vigie.indicators.statistics.OpenDelays;
import fr.vigie.indicators.statistics.Share;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One published value from its components: two integers first, then the value, the interval, the verdict and the status (contrat.md 4). */
final class ValueLine implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What becomes of components. */
    private enum Shape {
        PROPORTION,
        RATIO,
        COUNT,
        DELAY
    }

    private final Shape shape;
    private final long unitSeconds;
    private final boolean isState;
    private final @Nullable String operator;
    private final @Nullable BigDecimal target;
    private transient @Nullable Map<Share, ShareText> remembered;

    /** A share as published; most shares are of small integers and come back thousands of times. */
    private record ShareText(BigDecimal percents, String low, String high) {
        static ShareText of(Share share) {
            return new ShareText(
                    share.percents(), share.low().toPlainString(), share.high().toPlainString());
        }
    }

    private static final int REMEMBERED = 100_000;

    /** What a line must know of its reading: a serializable extract of the definition. */
    ValueLine(Variant variant) {
        Measure measure = variant.measure();
        isState = measure instanceof Measure.State;
        unitSeconds = measure instanceof Measure.Delay delay && delay.clock() == Measure.Clock.SECONDS ? 3600 : 1;
        if (measure instanceof Measure.Count) {
            shape = Shape.COUNT;
        } else if (measure instanceof Measure.Ratio) {
            shape = Shape.RATIO;
        } else if (measure instanceof Measure.Delay) {
            shape = Shape.DELAY;
        } else {
            shape = Shape.PROPORTION;
        }
        operator = variant.target().map(one -> one.operator().name()).orElse(null);
        target = variant.target().map(Target::value).orElse(null);
    }

    /** Whether the value of a period is that of its last month. */
    boolean isState() {
        return isState;
    }

    private Optional<Target> aim() {
        return operator == null || target == null
                ? Optional.empty()
                : Optional.of(new Target(Target.Operator.valueOf(operator), target));
    }

    private ShareText text(Share share) {
        if (remembered == null || remembered.size() > REMEMBERED) {
            remembered = new HashMap<>();
        }
        return remembered.computeIfAbsent(share, ShareText::of);
    }

    /** The cells of {@code WorkerResult.MEASURE_COLUMNS}, as CSV: numbers and plain words, nothing for what does not apply. */
    String of(
            int line,
            int territory,
            PeriodSums.Span period,
            long counted,
            long among,
            long immature,
            OpenDelays delays) {
        long numerator = counted;
        long denominator = among;
        Optional<BigDecimal> value = Optional.empty();
        Optional<ShareText> interval = Optional.empty();
        boolean isEmpty;
        switch (shape) {
            case COUNT -> {
                value = Optional.of(BigDecimal.valueOf(numerator));
                isEmpty = false;
            }
            case DELAY -> {
                numerator = delays.ended();
                denominator = delays.all();
                value = delays.median(unitSeconds);
                isEmpty = denominator == 0;
            }
            case RATIO -> {
                // No interval: its numerator is not a part of its denominator, and may pass it.
                isEmpty = denominator == 0;
                value = isEmpty ? Optional.empty() : Optional.of(new Share(numerator, denominator).percents());
            }
            case PROPORTION -> {
                isEmpty = denominator == 0;
                if (!isEmpty) {
                    ShareText share = text(new Share(numerator, denominator));
                    value = Optional.of(share.percents());
                    interval = Optional.of(share);
                }
            }
            default -> throw new IllegalStateException("unknown shape " + shape);
        }
        boolean hasOnlyImmature = numerator == 0 && denominator == 0 && immature > 0;
        String status =
                isEmpty && !hasOnlyImmature ? "SO" : hasOnlyImmature || period.isUnfinished() ? "EN_COURS" : "PUBLIE";
        return line + ";" + territory + ";" + period.code() + ";" + numerator + ";"
                + (shape == Shape.COUNT ? "" : denominator) + ";"
                + value.map(BigDecimal::toPlainString).orElse("") + ";"
                + interval.map(ShareText::low).orElse("") + ";"
                + interval.map(ShareText::high).orElse("") + ";"
                + verdict(status, numerator, denominator, delays) + ";" + status;
    }

    private String verdict(String status, long numerator, long denominator, OpenDelays delays) {
        if (!status.equals("PUBLIE")) {
            return "SANS_OBJET";
        }
        if (aim().isEmpty()) {
            return "SANS_CIBLE";
        }
        Target target = aim().get();
        boolean isMet;
        switch (shape) {
            case DELAY -> {
                Optional<Long> twice = delays.twiceMedian();
                if (twice.isEmpty()) {
                    return "SANS_OBJET";
                }
                // Exact: the target is multiplied by twice the divisor rather than the median divided.
                isMet = new Target(target.operator(), target.value().multiply(BigDecimal.valueOf(2 * unitSeconds)))
                        .isMetBy(BigDecimal.valueOf(twice.get()));
            }
            case COUNT -> isMet = target.isMetBy(BigDecimal.valueOf(numerator));
            default -> isMet = target.isMetByShare(numerator, denominator);
        }
        return isMet ? "ATTEINTE" : "NON_ATTEINTE";
    }
}
