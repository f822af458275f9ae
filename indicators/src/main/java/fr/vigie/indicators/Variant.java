package fr.vigie.indicators;

import java.util.Map;
import java.util.Optional;

/**
 * One reading of an indicator.
 *
 * @param name empty for the official reading
 * @param parameters the values in force, by name
 */
public record Variant(
        String code,
        String name,
        String label,
        String unit,
        Measure measure,
        Optional<Target> target,
        Map<String, Long> parameters) {

    public Variant {
        parameters = Map.copyOf(parameters);
    }

    /** {@code CODE}, or {@code CODE/name}: the column {@code indicateur}. */
    public String key() {
        return name.isEmpty() ? code : code + "/" + name;
    }
}
