package fr.vigie.verification.oracle;

import fr.vigie.indicators.Predicate;
import fr.vigie.indicators.Predicate.Operator;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Whether a predicate holds of one fact. */
final class TruthOf implements Predicate.Visitor<Truth> {

    private final Fact fact;

    TruthOf(Fact fact) {
        this.fact = fact;
    }

    @Override
    public Truth flag(Predicate.Flag flag) {
        return Truth.of(Boolean.TRUE.equals(fact.value(flag.column().name())));
    }

    @Override
    public Truth threshold(Predicate.Threshold threshold) {
        GoldColumn column = threshold.column();
        if (column.type() != Type.UNCERTAIN) {
            Long value = fact.number(column.name());
            return Truth.of(value != null && holds(value, threshold.operator(), threshold.bound()));
        }
        Long least = least(column);
        Long greatest = greatest(column);
        // What never happened is infinitely late.
        double from = least == null ? Double.POSITIVE_INFINITY : least;
        double to = least == null || greatest == null ? Double.POSITIVE_INFINITY : greatest;
        return between(from, to, threshold.operator(), threshold.bound());
    }

    @Override
    public Truth oneOf(Predicate.OneOf oneOf) {
        Object value = fact.value(oneOf.column().name());
        if (value instanceof Collection<?> texts) {
            return Truth.of(texts.stream().anyMatch(text -> oneOf.codes().contains(text.toString())));
        }
        return Truth.of(value != null && oneOf.codes().contains(value.toString()));
    }

    @Override
    public Truth absent(Predicate.Absent absent) {
        GoldColumn column = absent.column();
        String stored = column.type() == Type.UNCERTAIN ? column.name() + "_min" : column.name();
        return Truth.of(fact.value(stored) == null);
    }

    @Override
    public Truth before(Predicate.Before before) {
        Long first = fact.number(before.first().name());
        if (first == null) {
            return Truth.FALSE;
        }
        GoldColumn second = before.second();
        Long least = second.type() == Type.UNCERTAIN ? least(second) : fact.number(second.name());
        Long greatest = second.type() == Type.UNCERTAIN ? greatest(second) : least;
        if (least == null || first < least) {
            return Truth.TRUE;
        }
        return greatest != null && first >= greatest ? Truth.FALSE : Truth.UNDECIDED;
    }

    @Override
    public Truth not(Predicate.Not not) {
        switch (not.negated().accept(this)) {
            case TRUE:
                return Truth.FALSE;
            case FALSE:
                return Truth.TRUE;
            default:
                return Truth.UNDECIDED;
        }
    }

    @Override
    public Truth and(Predicate.And and) {
        Truth left = and.left().accept(this);
        Truth right = and.right().accept(this);
        if (left == Truth.FALSE || right == Truth.FALSE) {
            return Truth.FALSE;
        }
        return left == Truth.TRUE && right == Truth.TRUE ? Truth.TRUE : Truth.UNDECIDED;
    }

    @Override
    public Truth or(Predicate.Or or) {
        Truth left = or.left().accept(this);
        Truth right = or.right().accept(this);
        if (left == Truth.TRUE || right == Truth.TRUE) {
            return Truth.TRUE;
        }
        return left == Truth.FALSE && right == Truth.FALSE ? Truth.FALSE : Truth.UNDECIDED;
    }

    private @Nullable Long least(GoldColumn column) {
        return fact.number(column.name() + "_min");
    }

    private @Nullable Long greatest(GoldColumn column) {
        return fact.number(column.name() + "_max");
    }

    /** A value somewhere from one bound to the other. */
    private static Truth between(double from, double to, Operator operator, long bound) {
        boolean atFrom = holds(from, operator, bound);
        boolean atTo = holds(to, operator, bound);
        boolean boundIsInside = from < bound && bound < to;
        if (atFrom == atTo && !(operator == Operator.EQUAL && boundIsInside)) {
            return Truth.of(atFrom);
        }
        return Truth.UNDECIDED;
    }

    private static boolean holds(double value, Operator operator, double bound) {
        switch (operator) {
            case LESS:
                return value < bound;
            case AT_MOST:
                return value <= bound;
            case EQUAL:
                return value == bound;
            case AT_LEAST:
                return value >= bound;
            default:
                return value > bound;
        }
    }
}
