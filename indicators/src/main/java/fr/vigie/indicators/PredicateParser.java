package fr.vigie.indicators;

import fr.vigie.indicators.Predicate.Operator;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import fr.vigie.schema.GoldTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a predicate of a definition and checks it against the fact's contract.
 *
 * <pre>
 * or     := and { "or" and }            and := not { "and" not }        not := [ "not" ] atom
 * atom   := "(" or ")" | column | column operator value | column "in" "(" code { "," code } ")"
 *         | column "is" [ "not" ] "null" | column "before" column
 * value  := number | code | parameter
 * </pre>
 */
final class PredicateParser {

    /** Thrown with a French sentence that names what is wrong; the reader of the definition adds file and path. */
    static final class ParseException extends Exception {
        private static final long serialVersionUID = 1L;

        ParseException(String sentence) {
            super(sentence);
        }
    }

    private static final Pattern TOKEN = Pattern.compile("\\s*(<=|>=|!=|<|>|=|\\(|\\)|,|[\\p{L}\\p{N}_+-]+)");

    private final GoldTable table;
    private final Map<String, Long> parameters;
    private final List<String> tokens = new ArrayList<>();
    private int position;

    private PredicateParser(String text, GoldTable table, Map<String, Long> parameters) throws ParseException {
        this.table = table;
        this.parameters = parameters;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new ParseException(
                    "signe inattendu près de « " + text.substring(end).trim() + " »");
        }
    }

    static Predicate parse(String text, GoldTable table, Map<String, Long> parameters) throws ParseException {
        PredicateParser parser = new PredicateParser(text, table, parameters);
        Predicate predicate = parser.or();
        if (parser.position < parser.tokens.size()) {
            throw new ParseException("mot en trop : « " + parser.tokens.get(parser.position) + " »");
        }
        return predicate;
    }

    private Predicate or() throws ParseException {
        Predicate left = and();
        while (accept("or")) {
            left = new Predicate.Or(left, and());
        }
        return left;
    }

    private Predicate and() throws ParseException {
        Predicate left = not();
        while (accept("and")) {
            left = new Predicate.And(left, not());
        }
        return left;
    }

    private Predicate not() throws ParseException {
        return accept("not") ? new Predicate.Not(not()) : atom();
    }

    private Predicate atom() throws ParseException {
        if (accept("(")) {
            Predicate inside = or();
            expect(")");
            return inside;
        }
        GoldColumn column = column(next());
        if (accept("before")) {
            GoldColumn second = column(next());
            requireType(column, Type.INTEGER);
            requireType(second, Type.INTEGER, Type.UNCERTAIN);
            return new Predicate.Before(column, second);
        }
        if (accept("is")) {
            boolean negated = accept("not");
            expect("null");
            Predicate absent = new Predicate.Absent(column);
            return negated ? new Predicate.Not(absent) : absent;
        }
        if (accept("in")) {
            requireType(column, Type.TEXT, Type.TEXTS);
            List<String> codes = new ArrayList<>();
            expect("(");
            do {
                codes.add(next());
            } while (accept(","));
            expect(")");
            return new Predicate.OneOf(column, codes);
        }
        for (Operator operator : Operator.values()) {
            if (accept(operator.symbol())) {
                return comparison(column, operator, next());
            }
        }
        requireType(column, Type.BOOLEAN);
        return new Predicate.Flag(column);
    }

    private Predicate comparison(GoldColumn column, Operator operator, String value) throws ParseException {
        if (column.type() == Type.TEXT || column.type() == Type.TEXTS) {
            Predicate one = new Predicate.OneOf(column, List.of(value));
            switch (operator) {
                case EQUAL:
                    return one;
                case DIFFERENT:
                    return new Predicate.Not(one);
                default:
                    throw new ParseException("« " + column.name() + " » est un texte : seuls = et != s’y appliquent");
            }
        }
        requireType(column, Type.INTEGER, Type.UNCERTAIN);
        Long bound = parameters.get(value);
        if (bound == null) {
            try {
                bound = Long.valueOf(value);
            } catch (NumberFormatException notANumber) {
                throw new ParseException("« " + value + " » n’est ni un nombre ni un paramètre de la définition");
            }
        }
        return new Predicate.Threshold(column, operator, bound);
    }

    GoldColumn column(String name) throws ParseException {
        return table.column(name)
                .orElseThrow(() -> new ParseException("colonne inconnue « " + name + " » dans le fait « " + table.name()
                        + " » (connues : " + String.join(", ", columnNames()) + ")"));
    }

    private List<String> columnNames() {
        return table.columns().stream().map(GoldColumn::name).toList();
    }

    private static void requireType(GoldColumn column, Type... types) throws ParseException {
        if (!List.of(types).contains(column.type())) {
            throw new ParseException("« " + column.name() + " » est de type " + column.type()
                    + ", qui ne convient pas ici (attendu : " + List.of(types) + ")");
        }
    }

    private String next() throws ParseException {
        if (position >= tokens.size()) {
            throw new ParseException("l’expression s’arrête trop tôt");
        }
        return tokens.get(position++);
    }

    private boolean accept(String token) {
        if (position < tokens.size() && tokens.get(position).equals(token)) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(String token) throws ParseException {
        if (!accept(token)) {
            throw new ParseException("« " + token + " » est attendu"
                    + (position < tokens.size() ? " au lieu de « " + tokens.get(position) + " »" : " à la fin"));
        }
    }
}
