package fr.vigie.indicators;

import fr.vigie.schema.GoldColumn;
import java.util.List;
import java.util.stream.Stream;

/**
 * A statement about one fact, in the closed grammar of the definitions ({@link PredicateParser}).
 *
 * <p>It is true, false, or undecided. Only an uncertain column ({@link GoldColumn.Type#UNCERTAIN}) can be undecided: when its bounds fall on
 * both sides of the threshold. A null in any other column makes the comparison false: the thing did not happen. Its contrary is then true, so
 * that {@code statut != HONORE} and {@code nuits != 2} hold where nothing is known.
 */
public sealed interface Predicate {

    <T> T accept(Visitor<T> visitor);

    /** Every column that it reads. */
    List<GoldColumn> columns();

    /** How two values compare. */
    enum Operator {
        LESS("<"),
        AT_MOST("<="),
        EQUAL("="),
        AT_LEAST(">="),
        GREATER(">");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** A boolean column that is true. */
    record Flag(GoldColumn column) implements Predicate {
        @Override
        public List<GoldColumn> columns() {
            return List.of(column);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.flag(this);
        }
    }

    /** An integer or uncertain column against a number. */
    record Threshold(GoldColumn column, Operator operator, long bound) implements Predicate {
        @Override
        public List<GoldColumn> columns() {
            return List.of(column);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.threshold(this);
        }
    }

    /** A text column among some codes; for a column of texts, at least one of them. */
    record OneOf(GoldColumn column, List<String> codes) implements Predicate {
        public OneOf {
            codes = List.copyOf(codes);
        }

        @Override
        public List<GoldColumn> columns() {
            return List.of(column);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.oneOf(this);
        }
    }

    /** A column without a value. */
    record Absent(GoldColumn column) implements Predicate {
        @Override
        public List<GoldColumn> columns() {
            return List.of(column);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.absent(this);
        }
    }

    /** An integer column that happened, strictly before an integer or uncertain one, or while that one never happened. */
    record Before(GoldColumn first, GoldColumn second) implements Predicate {
        @Override
        public List<GoldColumn> columns() {
            return List.of(first, second);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.before(this);
        }
    }

    record Not(Predicate negated) implements Predicate {
        @Override
        public List<GoldColumn> columns() {
            return negated.columns();
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.not(this);
        }
    }

    record And(Predicate left, Predicate right) implements Predicate {
        @Override
        public List<GoldColumn> columns() {
            return Stream.concat(left.columns().stream(), right.columns().stream())
                    .toList();
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.and(this);
        }
    }

    record Or(Predicate left, Predicate right) implements Predicate {
        @Override
        public List<GoldColumn> columns() {
            return Stream.concat(left.columns().stream(), right.columns().stream())
                    .toList();
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.or(this);
        }
    }

    /** What can be made of a predicate: SQL, words, a truth value. */
    interface Visitor<T> {
        T flag(Flag flag);

        T threshold(Threshold threshold);

        T oneOf(OneOf oneOf);

        T absent(Absent absent);

        T before(Before before);

        T not(Not not);

        T and(And and);

        T or(Or or);
    }
}
