package fr.vigie.dashboards;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page says of an indicator beside its values.
 *
 * @param counted what the denominator counts, as the definition names it: {@code sortie}, {@code personne}…
 * @param target the target in words; null when there is none
 * @param feeds the feeds without which it is not available
 * @param readings other readings to show beside the official one; one with an empty name says what the official one is
 */
public record IndicatorSection(
        String code,
        String label,
        String question,
        ValueUnit unit,
        String counted,
        Direction direction,
        @Nullable String target,
        List<String> feeds,
        List<Reading> readings) {

    /** What is better. */
    public enum Direction {
        HIGHER("une valeur haute est favorable", "↑"),
        LOWER("une valeur basse est favorable", "↓"),
        DESCRIPTIVE("descriptif, sans sens favorable", "○");

        private final String words;
        private final String sign;

        Direction(String words, String sign) {
            this.words = words;
            this.sign = sign;
        }

        String words() {
            return words;
        }

        String sign() {
            return sign;
        }
    }

    /**
     * One reading of the indicator.
     *
     * @param name as in {@code CODE/name}, empty for the official one
     */
    public record Reading(String name, String label) {}

    public IndicatorSection {
        feeds = List.copyOf(feeds);
        readings = List.copyOf(readings);
    }

    String anchor() {
        return "indicateur-" + code;
    }

    /** The plural of what is counted; words in -s and -x do not change. */
    String countedPlural() {
        return counted.endsWith("s") || counted.endsWith("x") ? counted : counted + "s";
    }

    String officialLabel() {
        return readings.stream()
                .filter(reading -> reading.name().isEmpty())
                .findFirst()
                .map(Reading::label)
                .orElse("Lecture officielle");
    }

    Optional<String> targetWords() {
        return Optional.ofNullable(target);
    }
}
