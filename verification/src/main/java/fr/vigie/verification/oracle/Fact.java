package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One gold fact as the oracle sees it, by the stored names of the gold contract; an absent name is a null.
 *
 * <p>In place of {@code zone_id}, {@code commune} holds the commune of residence on that day, absent for {@code INCONNU}.
 */
public record Fact(String table, Map<String, Object> values) {

    public Fact {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public @Nullable Object value(String name) {
        return values.get(name);
    }

    public @Nullable Long number(String name) {
        return (Long) values.get(name);
    }

    public @Nullable String text(String name) {
        return (String) values.get(name);
    }

    public LocalDate jour() {
        return (LocalDate) Objects.requireNonNull(values.get("jour"));
    }

    Instant instant() {
        return (Instant) Objects.requireNonNull(values.get("instant"));
    }

    Instant instantMax() {
        return (Instant) Objects.requireNonNull(values.get("instant_max"));
    }
}
