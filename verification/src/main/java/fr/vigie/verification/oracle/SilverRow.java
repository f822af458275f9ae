package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One current row of a silver table, by the stored names of its feed contract. A column without a value is null, never a sentinel.
 *
 * <p>A datetime {@code x} is an instant with {@code x_precision} = {@code heure} or {@code jour}; for a day only, the instant is its midnight
 * in Paris.
 */
public final class SilverRow {

    private final Map<String, Object> values;

    private SilverRow(Map<String, Object> values) {
        this.values = values;
    }

    /** Null values are the same as absent ones. */
    public static SilverRow of(Map<String, ? extends @Nullable Object> values) {
        Map<String, Object> known = new TreeMap<>();
        values.forEach((name, value) -> {
            if (value != null) {
                known.put(name, value);
            }
        });
        return new SilverRow(Collections.unmodifiableMap(known));
    }

    /** The columns that have a value, in alphabetical order. */
    public Map<String, Object> values() {
        return values;
    }

    public @Nullable String text(String column) {
        Object value = values.get(column);
        return value == null ? null : value.toString();
    }

    public String requiredText(String column) {
        return Objects.requireNonNull(text(column), column);
    }

    /** Whether the column holds one of the codes. */
    public boolean isOneOf(String column, String... codes) {
        String text = text(column);
        return text != null && List.of(codes).contains(text);
    }

    /** A date, or the civil day in Paris of an instant. */
    public @Nullable LocalDate day(String column) {
        Object value = values.get(column);
        if (value instanceof Instant instant) {
            return ParisTime.dayOf(instant);
        }
        return (LocalDate) value;
    }

    public LocalDate requiredDay(String column) {
        return Objects.requireNonNull(day(column), column);
    }

    /** The earliest instant that a datetime may be. */
    public @Nullable Instant instant(String column) {
        return (Instant) values.get(column);
    }

    public Instant requiredInstant(String column) {
        return Objects.requireNonNull(instant(column), column);
    }

    /** The latest instant that a datetime may be: the last second of its day when only the day is known. */
    public Instant requiredLatest(String column) {
        return isDayOnly(column) ? ParisTime.lastSecond(requiredDay(column)) : requiredInstant(column);
    }

    public boolean isDayOnly(String column) {
        return "jour".equals(values.get(column + "_precision"));
    }

    public @Nullable Boolean flag(String column) {
        return (Boolean) values.get(column);
    }

    public boolean isTrue(String column) {
        return Boolean.TRUE.equals(values.get(column));
    }

    public @Nullable Integer number(String column) {
        Object value = values.get(column);
        return value == null ? null : ((Number) value).intValue();
    }

    public List<String> texts(String column) {
        Object value = values.get(column);
        return value == null
                ? List.of()
                : ((Collection<?>) value).stream().map(Object::toString).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SilverRow row && values.equals(row.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The names of the columns only: a row may tell about a person. */
    @Override
    public String toString() {
        return "SilverRow" + values.keySet();
    }
}
