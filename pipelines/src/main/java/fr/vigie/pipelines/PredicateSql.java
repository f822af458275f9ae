package fr.vigie.pipelines;

import fr.vigie.indicators.Predicate;
import fr.vigie.schema.GoldColumn.Type;
import java.util.stream.Collectors;

/** A predicate as a SQL condition over the stored columns of its fact: true, false, or null where it is undecided. */
final class PredicateSql implements Predicate.Visitor<String> {

    private PredicateSql() {}

    static String of(Predicate predicate) {
        return predicate.accept(new PredicateSql());
    }

    /** True only where the predicate is surely true. */
    static String surely(Predicate predicate) {
        return "coalesce(" + of(predicate) + ", false)";
    }

    @Override
    public String flag(Predicate.Flag flag) {
        return "coalesce(" + flag.column().name() + ", false)";
    }

    @Override
    public String threshold(Predicate.Threshold threshold) {
        String name = threshold.column().name();
        long bound = threshold.bound();
        if (threshold.column().type() != Type.UNCERTAIN) {
            return "coalesce(" + name + " " + threshold.operator().symbol() + " " + bound + ", false)";
        }
        String least = name + "_min";
        String most = name + "_max";
        return switch (threshold.operator()) {
            case AT_MOST -> atMost(least, most, bound);
            case LESS -> atMost(least, most, bound - 1);
            case GREATER -> "(NOT " + atMost(least, most, bound) + ")";
            case AT_LEAST -> "(NOT " + atMost(least, most, bound - 1) + ")";
            case EQUAL -> equal(least, most, bound);
        };
    }

    /** Whole numbers: « less than n » is « at most n - 1 ». A null least bound never happened. */
    private static String atMost(String least, String most, long bound) {
        return "(CASE WHEN " + most + " <= " + bound + " THEN true WHEN " + least + " IS NULL OR " + least + " > "
                + bound + " THEN false END)";
    }

    private static String equal(String least, String most, long bound) {
        return "(CASE WHEN " + least + " = " + bound + " AND " + most + " = " + bound + " THEN true WHEN " + least
                + " IS NULL OR " + least + " > " + bound + " OR " + most + " < " + bound + " THEN false END)";
    }

    @Override
    public String oneOf(Predicate.OneOf oneOf) {
        String codes = oneOf.codes().stream()
                .map(code -> "'" + code.replace("'", "") + "'")
                .collect(Collectors.joining(", "));
        String name = oneOf.column().name();
        return oneOf.column().type() == Type.TEXTS
                ? "coalesce(arrays_overlap(" + name + ", array(" + codes + ")), false)"
                : "coalesce(" + name + " IN (" + codes + "), false)";
    }

    @Override
    public String absent(Predicate.Absent absent) {
        String name = absent.column().name();
        return "(" + (absent.column().type() == Type.UNCERTAIN ? name + "_min" : name) + " IS NULL)";
    }

    @Override
    public String before(Predicate.Before before) {
        String first = before.first().name();
        String second = before.second().name();
        if (before.second().type() != Type.UNCERTAIN) {
            return "coalesce(" + first + " < " + second + " OR (" + first + " IS NOT NULL AND " + second
                    + " IS NULL), false)";
        }
        return "(CASE WHEN " + first + " IS NULL THEN false WHEN " + second + "_min IS NULL OR " + first + " < "
                + second + "_min THEN true WHEN " + first + " >= " + second + "_max THEN false END)";
    }

    @Override
    public String not(Predicate.Not not) {
        return "(NOT " + not.negated().accept(this) + ")";
    }

    @Override
    public String and(Predicate.And and) {
        return "(" + and.left().accept(this) + " AND " + and.right().accept(this) + ")";
    }

    @Override
    public String or(Predicate.Or or) {
        return "(" + or.left().accept(this) + " OR " + or.right().accept(this) + ")";
    }
}
