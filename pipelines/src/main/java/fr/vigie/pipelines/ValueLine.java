package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;

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
import java.util.Set;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** One published value from its components: two integers first, then the value, the interval, the verdict and the status (contract.md 4). */
final class ValueLine implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What becomes of components. */
    private enum Shape {
        PROPORTION,
        RATIO,
        COUNT,
        DELAY
    }

    /** What a line must know of its reading; a serializable extract of the definition. */
    record Reading(
            String key,
            int version,
            Shape shape,
            long unitSeconds,
            @Nullable String operator,
            @Nullable BigDecimal target)
            implements Serializable {

        static Reading of(Variant variant, int version) {
            Measure measure = variant.measure();
            Shape shape = Shape.PROPORTION;
            long divisor = 1;
            if (measure instanceof Measure.Count) {
                shape = Shape.COUNT;
            } else if (measure instanceof Measure.Ratio) {
                shape = Shape.RATIO;
            } else if (measure instanceof Measure.Delay delay) {
                shape = Shape.DELAY;
                divisor = delay.unit().equals("heures") ? 3600 : 1;
            }
            Optional<Target> target = variant.target();
            return new Reading(
                    variant.key(),
                    version,
                    shape,
                    divisor,
                    target.map(one -> one.operator().name()).orElse(null),
                    target.map(Target::value).orElse(null));
        }

        Optional<Target> aim() {
            return operator == null || target == null
                    ? Optional.empty()
                    : Optional.of(new Target(Target.Operator.valueOf(operator), target));
        }
    }

    /** A share as published; most shares are of small integers and come back thousands of times. */
    private record ShareText(BigDecimal percents, String low, String high) {
        static ShareText of(Share share) {
            return new ShareText(
                    share.percents(), share.low().toPlainString(), share.high().toPlainString());
        }
    }

    private static final int REMEMBERED = 100_000;

    private final Map<Integer, Reading> readings;
    private final Set<String> unfinished;
    private transient @Nullable Map<Share, ShareText> remembered;

    ValueLine(Map<Integer, Reading> readings, Set<String> unfinished) {
        this.readings = readings;
        this.unfinished = unfinished;
    }

    private ShareText text(Share share) {
        if (remembered == null || remembered.size() > REMEMBERED) {
            remembered = new HashMap<>();
        }
        return remembered.computeIfAbsent(share, ShareText::of);
    }

    /** The cells of {@code RunResult.VALUE_COLUMNS}, as CSV. */
    String of(Row row) {
        Reading reading = requireNonNull(readings.get(row.getInt(0)));
        String period = row.getString(4);
        long numerator = row.getLong(6);
        long denominator = row.getLong(7);
        long immature = row.getLong(8);
        OpenDelays delays = new OpenDelays();
        if (!row.isNullAt(9)) {
            for (Row delay : row.<Row>getList(9)) {
                if (delay.getString(0).equals(Classification.ENDED)) {
                    delays.addEnded(delay.getLong(1), delay.getLong(2));
                } else {
                    delays.addCensored(delay.getLong(1), delay.getLong(2));
                }
            }
        }
        Optional<BigDecimal> value = Optional.empty();
        Optional<ShareText> interval = Optional.empty();
        boolean isEmpty;
        switch (reading.shape()) {
            case COUNT -> {
                value = Optional.of(BigDecimal.valueOf(numerator));
                isEmpty = false;
            }
            case DELAY -> {
                numerator = delays.ended();
                denominator = delays.all();
                value = delays.median(reading.unitSeconds());
                isEmpty = denominator == 0;
            }
            default -> {
                isEmpty = denominator == 0;
                if (!isEmpty) {
                    ShareText share = text(new Share(numerator, denominator));
                    value = Optional.of(share.percents());
                    interval = reading.shape() == Shape.PROPORTION ? Optional.of(share) : Optional.empty();
                }
            }
        }
        boolean hasOnlyImmature = isEmpty && immature > 0;
        String status = isEmpty && !hasOnlyImmature
                ? "SO"
                : hasOnlyImmature || unfinished.contains(period) ? "EN_COURS" : "PUBLIE";
        StringBuilder line = new StringBuilder(160);
        add(line, reading.key());
        add(line, String.valueOf(reading.version()));
        add(line, row.getString(1));
        add(line, row.getString(2));
        add(line, row.getString(3));
        add(line, period);
        add(line, row.getString(5));
        add(line, String.valueOf(numerator));
        add(line, reading.shape() == Shape.COUNT ? null : String.valueOf(denominator));
        add(line, value.map(BigDecimal::toPlainString).orElse(null));
        add(line, interval.map(ShareText::low).orElse(null));
        add(line, interval.map(ShareText::high).orElse(null));
        add(line, reading.aim().map(Target::text).orElse(null));
        add(line, verdict(reading, status, numerator, denominator, delays));
        add(line, status);
        return line.substring(0, line.length() - 1);
    }

    /** One cell of CSV: nothing for null, quotes around any text, so that an empty one is not null. */
    private static void add(StringBuilder line, @Nullable String text) {
        if (text != null) {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
        line.append(';');
    }

    private static String verdict(Reading reading, String status, long numerator, long denominator, OpenDelays delays) {
        if (!status.equals("PUBLIE")) {
            return "SANS_OBJET";
        }
        if (reading.aim().isEmpty()) {
            return "SANS_CIBLE";
        }
        Target target = reading.aim().get();
        boolean isMet;
        switch (reading.shape()) {
            case DELAY -> {
                Optional<Long> twice = delays.twiceMedian();
                if (twice.isEmpty()) {
                    return "SANS_OBJET";
                }
                // Exact: the target is multiplied by twice the divisor rather than the median divided.
                isMet = new Target(
                                target.operator(),
                                target.value().multiply(BigDecimal.valueOf(2 * reading.unitSeconds())))
                        .isMetBy(BigDecimal.valueOf(twice.get()));
            }
            case COUNT -> isMet = target.isMetBy(BigDecimal.valueOf(numerator));
            default -> isMet = target.isMetByShare(numerator, denominator);
        }
        return isMet ? "ATTEINTE" : "NON_ATTEINTE";
    }
}
