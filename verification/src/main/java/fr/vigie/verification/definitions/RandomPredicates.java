package fr.vigie.verification.definitions;

import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import fr.vigie.schema.GoldTable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Predicates over the columns of one fact, and the parameters that they ask for. */
final class RandomPredicates {

    /** How many columns every fact has, but those that decide nothing. */
    private static final int COMMON = 13;

    private static final List<String> COMPARISONS = List.of("<", "<=", "=", "!=", ">=", ">");

    /** Bounds that the drawn worlds stand on, by what the column counts. */
    private static final List<Integer> SECONDS = List.of(-1, 0, 3600, 36_000, 86_400, 172_800, 259_200, 2_592_000);

    private static final List<Integer> DAYS = List.of(-1, 0, 1, 3, 7, 14, 30, 31, 90);
    private static final List<Integer> AGES = List.of(0, 16, 64, 65, 66, 75, 85);
    private static final List<Integer> NUMBERS = List.of(0, 1, 2, 3, 4);

    /** Of texts whose contract lists no code. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "regle", List.of("RUP-01", "RUP-02", "RUP-03", "RUP-05"),
            "absorbee_par", List.of("RUP-04", "RUP-07"),
            "sens", List.of("CPTS>DAC", "DAC>CPTS", "ES>DAC"));

    private final Random random;
    private final GoldTable fact;
    private final List<GoldColumn> columns;
    private final Map<String, Integer> parameters = new TreeMap<>();

    RandomPredicates(Random random, GoldTable fact) {
        this.random = random;
        this.fact = fact;
        // What tells one person from another decides nothing.
        columns = fact.columns().stream()
                .filter(column ->
                        !List.of("patient_id", "zone_id", "ancre", "chaine").contains(column.name()))
                .toList();
    }

    /** Values by name, as the texts drawn so far ask for them. */
    Map<String, Integer> parameters() {
        return parameters;
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    String predicate(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> "not (" + predicate(depth - 1) + ")";
                case 1 -> "(" + predicate(depth - 1) + ") and " + predicate(depth - 1);
                default -> predicate(depth - 1) + " or (" + predicate(depth - 1) + ")";
            };
        }
        // Conditions on what every fact has would hide the columns of its own.
        List<GoldColumn> own = columns.subList(Math.min(columns.size() - 1, COMMON), columns.size());
        GoldColumn column = oneOf(random.nextBoolean() ? own : columns);
        if (random.nextInt(12) == 0) {
            return column.name() + (random.nextBoolean() ? " is null" : " is not null");
        }
        return switch (column.type()) {
            case BOOLEAN -> (random.nextBoolean() ? "" : "not ") + column.name();
            case DATE, INSTANT -> column.name() + (random.nextBoolean() ? " is null" : " is not null");
            case TEXT, TEXTS -> ofText(column);
            case INTEGER, UNCERTAIN -> ofNumber(column);
        };
    }

    private String ofText(GoldColumn column) {
        List<String> codes = column.codes().isEmpty()
                ? WORDS.getOrDefault(column.name(), List.of("A", "340780477"))
                : column.codes();
        return switch (random.nextInt(3)) {
            case 0 -> column.name() + " = '" + oneOf(codes) + "'";
            case 1 -> column.name() + " != '" + oneOf(codes) + "'";
            default ->
                column.name() + " in ("
                        + String.join(
                                ", ",
                                Stream.of(oneOf(codes), oneOf(codes), oneOf(codes))
                                        .map(code -> "'" + code + "'")
                                        .toList())
                        + ")";
        };
    }

    private String ofNumber(GoldColumn column) {
        if (column.type() == Type.INTEGER && random.nextInt(4) == 0) {
            List<String> others = columns.stream()
                    .filter(other -> other.type() == Type.INTEGER || other.type() == Type.UNCERTAIN)
                    .filter(other -> unit(other).equals(unit(column)))
                    .map(GoldColumn::name)
                    .toList();
            return column.name() + " before " + oneOf(others);
        }
        int bound = oneOf(bounds(column));
        if (bound >= 0 && random.nextInt(3) == 0) {
            String name = "p_" + bound;
            parameters.put(name, bound);
            return column.name() + " " + oneOf(COMPARISONS) + " " + name;
        }
        return column.name() + " " + oneOf(COMPARISONS) + " " + bound;
    }

    private static List<Integer> bounds(GoldColumn column) {
        return switch (unit(column)) {
            case "secondes" -> SECONDS;
            case "jours" -> DAYS;
            default -> column.name().equals("age") ? AGES : NUMBERS;
        };
    }

    /** What a number counts: its name says it. */
    static String unit(GoldColumn column) {
        List<String> words = List.of(column.name().split("_"));
        return words.contains("secondes") ? "secondes" : words.contains("jours") ? "jours" : "";
    }

    /** Columns of the fact that a delay can be made of. */
    List<String> durations(String unit) {
        return fact.columns().stream()
                .filter(column -> column.type() == Type.INTEGER || column.type() == Type.UNCERTAIN)
                .filter(column -> unit(column).equals(unit))
                .map(GoldColumn::name)
                .toList();
    }
}
