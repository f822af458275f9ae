package fr.vigie.intake;

import fr.vigie.schema.YamlNode;
import java.time.LocalDate;
import java.util.List;

/**
 * A test of one column of a foreign file, in a mapping.
 *
 * @param column normalised name
 * @param texts folded
 */
record Condition(String column, Kind kind, List<String> texts, LocalDate day) {

    enum Kind {
        PRESENT,
        ABSENT,
        IS,
        IS_NOT,
        BEFORE,
        NOT_BEFORE
    }

    static Condition read(YamlNode node) {
        node.onlyKeys("column", "present", "is", "is_not", "before", "not_before");
        String column = HeaderLine.normalise(node.at("column").text());
        long kinds = List.of("present", "is", "is_not", "before", "not_before").stream()
                .filter(key -> node.at(key).isPresent())
                .count();
        if (kinds != 1) {
            node.problem("une seule des clés present, is, is_not, before, not_before est attendue");
        }
        if (node.at("is").isPresent()) {
            return new Condition(column, Kind.IS, folded(node.at("is")), LocalDate.MIN);
        }
        if (node.at("is_not").isPresent()) {
            return new Condition(column, Kind.IS_NOT, folded(node.at("is_not")), LocalDate.MIN);
        }
        if (node.at("before").isPresent()) {
            return new Condition(column, Kind.BEFORE, List.of(), MappingReader.day(node.at("before")));
        }
        if (node.at("not_before").isPresent()) {
            return new Condition(column, Kind.NOT_BEFORE, List.of(), MappingReader.day(node.at("not_before")));
        }
        return new Condition(
                column, node.at("present").flag(true) ? Kind.PRESENT : Kind.ABSENT, List.of(), LocalDate.MIN);
    }

    private static List<String> folded(YamlNode node) {
        return node.texts().stream().map(FoldedText::of).toList();
    }

    boolean test(String value) {
        return switch (kind) {
            case PRESENT -> !value.isEmpty();
            case ABSENT -> value.isEmpty();
            case IS -> texts.contains(FoldedText.of(value));
            case IS_NOT -> !texts.contains(FoldedText.of(value));
            case BEFORE -> isBefore(value);
            // A text that is no date is not before: the contract will say what is wrong with it.
            case NOT_BEFORE -> !value.isEmpty() && !isBefore(value);
        };
    }

    private boolean isBefore(String value) {
        WrittenDate written = WrittenDate.parse(value);
        return written != null && written.day().isBefore(day);
    }
}
