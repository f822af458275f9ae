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
 * code   := word | "'" any text without "'" nor "\\" "'"
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

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(<=|>=|!=|<|>|=|\\(|\\)|,|'[^'\\\\]*'|[\\p{L}\\p{N}_+-]+)");

    private static final String DIFFERENT = "!=";

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
            if (!Measure.Clock.of(column).equals(Measure.Clock.of(second))) {
                throw new ParseException(
                        "« " + column.name() + " » et « " + second.name() + " » ne se comptent pas dans la même unité");
            }
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
                codes.add(code(column));
            } while (accept(","));
            expect(")");
            return new Predicate.OneOf(column, codes);
        }
        if (accept(DIFFERENT)) {
            return new Predicate.Not(comparison(column, Operator.EQUAL));
        }
        for (Operator operator : Operator.values()) {
            if (accept(operator.symbol())) {
                return comparison(column, operator);
            }
        }
        requireType(column, Type.BOOLEAN);
        return new Predicate.Flag(column);
    }

    private Predicate comparison(GoldColumn column, Operator operator) throws ParseException {
        if (column.type() == Type.TEXT || column.type() == Type.TEXTS) {
            if (operator != Operator.EQUAL) {
                throw new ParseException("« " + column.name() + " » est un texte : seuls = et != s’y appliquent");
            }
            return new Predicate.OneOf(column, List.of(code(column)));
        }
        requireType(column, Type.INTEGER, Type.UNCERTAIN);
        String value = next();
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

    private String code(GoldColumn column) throws ParseException {
        String word = next();
        if (!word.matches("'.*'|[\\p{L}\\p{N}_+-]+")) {
            throw new ParseException("un code est attendu au lieu de « " + word + " »");
        }
        String code = word.startsWith("'") ? word.substring(1, word.length() - 1) : word;
        if (!column.codes().isEmpty() && !column.codes().contains(code)) {
            throw new ParseException("code inconnu « " + code + " » de « " + column.name() + " » (connus : "
                    + String.join(", ", column.codes()) + ")");
        }
        return code;
    }

    private GoldColumn column(String name) throws ParseException {
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
