package fr.vigie.batch.publication;

import fr.vigie.dashboards.ValueRow;
import fr.vigie.dashboards.ValueUnit;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Target;
import fr.vigie.indicators.Variant;
import fr.vigie.schema.Resources;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads any publication: the current one, or an older one by its number. */
public final class PublicationReader {

    /** One publication. */
    public record Publication(int number, Instant asOf, String print, Instant publishedAt, long lines) {}

    /**
     * What a publication says of one indicator, whether it could be computed or not.
     *
     * @param unobservedRisks feeds of deaths and departures that were never received; the value is published all the same
     * @param leftOut rules of rupture that could not be computed
     * @param feeds those that it needs, and target that of its official reading; empty for publications made before they were kept
     * @param variants their names, without the official reading
     * @param units of the official reading, then of each variant
     */
    public record Computable(
            String code,
            int version,
            String label,
            String target,
            Optional<Instant> asOf,
            Set<String> feeds,
            Set<String> missingFeeds,
            Set<String> unobservedRisks,
            Set<String> leftOut,
            List<String> variants,
            List<ValueUnit> units) {

        /** What a reading, {@code CODE} or {@code CODE/variant}, is in. */
        public Optional<ValueUnit> unit(String key) {
            int reading = key.equals(code) ? 0 : 1 + variants.indexOf(key.substring(key.indexOf('/') + 1));
            return reading == 0 && !key.equals(code) ? Optional.empty() : Optional.of(units.get(reading));
        }
    }

    /** What a publication says of a reading in words. */
    public record Described(
            String label,
            String reading,
            String question,
            String source,
            String unit,
            List<String> parameters,
            String target,
            String attribution) {

        /** As a definition says it. */
        public static Described of(Definition definition, Variant variant) {
            return new Described(
                    definition.label(),
                    variant.name().isEmpty() ? "Lecture officielle" : variant.label(),
                    definition.question(),
                    definition.source(),
                    variant.unit(),
                    variant.parameters().entrySet().stream()
                            .map(one -> one.getKey() + " = " + one.getValue() + " ("
                                    + definition.parameterMeanings().get(one.getKey()) + ")")
                            .toList(),
                    variant.target().map(Target::text).orElse(""),
                    definition.attribution());
        }
    }

    /** One row of a funnel. */
    public record FunnelRow(String step, String reason, long count) {}

    /**
     * Which values are asked for; an empty list does not restrict.
     *
     * @param keys exact readings
     * @param breakdowns sets of dimension codes in order, in addition to the totals
     */
    public record Question(
            List<String> keys, List<String[]> territories, List<String> periods, List<List<String>> breakdowns) {}

    /** The unmasked values. */
    public static final String EVERYTHING = "interne";

    private static final int ROWS_AT_ONCE = 5_000;

    private final JdbcClient jdbc;

    public PublicationReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Publication> current() {
        return publication(null);
    }

    public Optional<Publication> numbered(int number) {
        return publication(number);
    }

    private Optional<Publication> publication(@Nullable Integer number) {
        return jdbc.sql(sql("publication"))
                .param(number)
                .query((row, index) -> new Publication(
                        row.getInt(1),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getLong(5)))
                .optional();
    }

    public List<ValueRow> values(int publication, Question question) {
        return values(publication, question, EVERYTHING);
    }

    /** What an audience of the access policy reads. */
    public List<ValueRow> values(int publication, Question question, String audience) {
        List<ValueRow> rows = new ArrayList<>();
        read(publication, question, audience, rows::add);
        return rows;
    }

    /** What an audience of the access policy reads, row by row: a publication can have more rows than memory. */
    public void read(int publication, Question question, String audience, Consumer<ValueRow> rows) {
        StringBuilder conditions = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        among(conditions, parameters, "indicateur", question.keys());
        among(conditions, parameters, "periode", question.periods());
        if (!question.territories().isEmpty()) {
            conditions
                    .append(" AND (territoire_type, territoire_code) IN (")
                    .append(question.territories().stream().map(one -> "(?, ?)").collect(Collectors.joining(", ")))
                    .append(")");
            question.territories().forEach(one -> parameters.addAll(List.of(one[0], one[1])));
        }
        conditions.append(" AND (ventilation = ''");
        for (List<String> dimensions : question.breakdowns()) {
            // Whatever the order in which they were asked for.
            conditions
                    .append(" OR cardinality(string_to_array(ventilation, '|')) = ")
                    .append(dimensions.size());
            for (String dimension : dimensions) {
                conditions.append(" AND '|' || ventilation LIKE ?");
                parameters.add("%|" + dimension + "=%");
            }
        }
        conditions.append(")");
        String statement = sql("valeurs")
                .replace("{valeur}", audience.equals(EVERYTHING) ? "valeur" : "valeur_" + audience)
                .replace("{n}", String.valueOf(publication))
                .replace("{conditions}", conditions);
        jdbc.sql(statement).withFetchSize(ROWS_AT_ONCE).params(parameters).query((RowCallbackHandler)
                row -> rows.accept(value(row, publication)));
    }

    private static void among(StringBuilder sql, List<Object> parameters, String column, List<String> values) {
        if (!values.isEmpty()) {
            sql.append(" AND ")
                    .append(column)
                    .append(" IN (")
                    .append(values.stream().map(one -> "?").collect(Collectors.joining(", ")))
                    .append(")");
            parameters.addAll(values);
        }
    }

    private static ValueRow value(ResultSet row, int publication) throws SQLException {
        return new ValueRow(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                number(row, 8),
                number(row, 9),
                row.getBigDecimal(10),
                row.getBigDecimal(11),
                row.getBigDecimal(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                publication);
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    /** By code. */
    public Map<String, Computable> indicators(int publication) {
        Map<String, Computable> indicators = new LinkedHashMap<>();
        jdbc.sql(sql("indicateurs"))
                .param(publication)
                .query((row, index) -> new Computable(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(11),
                        Optional.ofNullable(row.getTimestamp(4)).map(Timestamp::toInstant),
                        new TreeSet<>(words(row.getString(10))),
                        new TreeSet<>(words(row.getString(5))),
                        new TreeSet<>(words(row.getString(8))),
                        new TreeSet<>(words(row.getString(9))),
                        words(row.getString(6)),
                        words(row.getString(7)).stream().map(ValueUnit::valueOf).toList()))
                .list()
                .forEach(one -> indicators.put(one.code(), one));
        return indicators;
    }

    /** A reading by its key: {@code CODE} or {@code CODE/variant}. */
    public Optional<Described> described(int publication, String key) {
        return jdbc.sql(sql("lecture"))
                .params(publication, key)
                .query((row, index) -> new Described(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6).lines().toList(),
                        row.getString(7),
                        row.getString(8)))
                .optional();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    /** The name of a territory of the référentiel, when it is known there. */
    public Optional<String> territoryName(int publication, String type, String code) {
        return jdbc.sql(sql("nom_de_territoire"))
                .params(publication, type, code)
                .query(String.class)
                .optional();
    }

    /** The version of the definition that counted a value; none where there is no value. */
    public Optional<Integer> version(int publication, String key, String type, String code, String period) {
        return jdbc.sql(sql("version"))
                .params(publication, key, type, code, period)
                .query(Integer.class)
                .optional();
    }

    /** Contract order of the steps; reasons by name. */
    public List<FunnelRow> funnel(int publication, String key, String type, String code, String period) {
        return jdbc.sql(sql("entonnoir"))
                .params(publication, key, type, code, period)
                .query((row, index) -> new FunnelRow(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    /** A statement of {@code sql/consultation}. */
    private static String sql(String file) {
        return Resources.text("sql/consultation/" + file + ".sql");
    }
}
