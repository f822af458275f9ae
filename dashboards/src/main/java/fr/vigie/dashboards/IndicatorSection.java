package fr.vigie.dashboards;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page says of an indicator beside its values.
 *
 * @param counted what the denominator counts, as the definition names it: {@code sortie}, {@code personne}…
 * @param target the target as the column {@code cible} tells it; null when there is none
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
     * @param unit its own: beside a proportion may stand the count that it is made of
     */
    public record Reading(String name, String label, ValueUnit unit) {}

    public IndicatorSection {
        feeds = List.copyOf(feeds);
        readings = List.copyOf(readings);
    }

    String anchor() {
        return "indicateur-" + code;
    }

    /** The plural of what is counted: its first word takes the mark ({@code chaînes d’orientation}); -s and -x do not change, -eau takes an x. */
    String countedPlural() {
        int end = counted.indexOf(' ') < 0 ? counted.length() : counted.indexOf(' ');
        String noun = counted.substring(0, end);
        return noun.endsWith("s") || noun.endsWith("x")
                ? counted
                : noun + (noun.endsWith("eau") ? "x" : "s") + counted.substring(end);
    }

    String officialLabel() {
        return readings.stream()
                .filter(reading -> reading.name().isEmpty())
                .findFirst()
                .map(Reading::label)
                .orElse("Lecture officielle");
    }

    /** {@code > 60 %}, {@code ≤ 7 j}. */
    Optional<String> targetWords() {
        return ShownTarget.of(target).map(aim -> aim.text(unit)).or(() -> Optional.ofNullable(target));
    }
}
