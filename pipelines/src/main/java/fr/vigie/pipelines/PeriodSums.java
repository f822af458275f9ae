package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;

import fr.vigie.indicators.statistics.OpenDelays;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Adds the cells of one line (reading, breakdown) up in the territories that hold their zone, and their months in the periods that publish them.
 * Cells come sorted by line: none is ever multiplied by its territories or periods, only a line's counts by month are held.
 */
final class PeriodSums implements MapPartitionsFunction<Row, String> {

    private static final long serialVersionUID = 1L;

    /** Columns of {@code valeur.sql}. */
    private static final int LINE = 0;

    private static final int SORT = 1;
    private static final int ZONE = 2;
    private static final int LENGTH = 3;
    private static final int MONTH = 4;
    private static final int PERIOD = 5;
    private static final int ZONES = 6;
    private static final int COUNT = 7;

    private static final int[] NOWHERE = {};

    /** What a component adds to (contrat.md 4, domaine 0.4, 0.5). */
    enum Role {
        /** Counted nowhere but in the funnel, and makes no value appear. */
        OUT,
        /** Counted nowhere but in the funnel. */
        SET_ASIDE,
        NUMERATOR_AND_DENOMINATOR,
        NUMERATOR,
        DENOMINATOR,
        IMMATURE,
        ENDED,
        CENSORED;

        static Role of(String component) {
            return switch (component) {
                case Classification.NUMERATOR -> NUMERATOR_AND_DENOMINATOR;
                case Classification.NUMERATOR_ONLY -> NUMERATOR;
                case Classification.DENOMINATOR, Classification.UNDECIDED -> DENOMINATOR;
                case Classification.IMMATURE -> IMMATURE;
                case Classification.ENDED -> ENDED;
                case Classification.CENSORED -> CENSORED;
                default -> component.startsWith(Classification.OUT) ? OUT : SET_ASIDE;
            };
        }
    }

    /**
     * A published period.
     *
     * @param first index of its first observed month
     * @param last index of its last observed month
     */
    record Span(int code, int first, int last, boolean isYear, boolean isUnfinished) implements Serializable {}

    /**
     * What a variant publishes.
     *
     * @param periods the codes of those in which its version holds
     * @param ranks of persons: what each rank adds to
     */
    record Published(ValueLine line, Set<Integer> periods, List<Role> ranks) implements Serializable {}

    /** A sorte: the line that it counts for, and how. */
    record Sort(int variant, Role role) implements Serializable {}

    /**
     * The territories that hold each zone, and which of them are communes: these publish years only (contrat.md 4).
     */
    record Territories(Map<Integer, int[]> ofZone, Set<Integer> communes) implements Serializable {}

    private final Territories territories;
    private final List<Span> spans;
    private final int firstMonth;
    private final int months;
    private final Map<Integer, Sort> sorts;
    private final Map<Integer, Published> published;

    /** {@code firstMonth}: year × 12 + month − 1 of the month of index 0. */
    PeriodSums(
            Territories territories,
            List<Span> spans,
            int firstMonth,
            int months,
            Map<Integer, Sort> sorts,
            Map<Integer, Published> published) {
        this.territories = territories;
        this.spans = spans;
        this.firstMonth = firstMonth;
        this.months = months;
        this.sorts = sorts;
        this.published = published;
    }

    @Override
    public Iterator<String> call(Iterator<Row> rows) {
        return new Lines(rows);
    }

    /** Reads one line at a time, and gives its rows territory after territory. */
    private final class Lines implements Iterator<String> {

        private final Iterator<Row> rows;
        private @Nullable Row ahead;
        private int line;
        private Iterator<Map.Entry<Integer, Group>> groups = Collections.emptyIterator();
        private Iterator<String> ready = Collections.emptyIterator();

        Lines(Iterator<Row> rows) {
            this.rows = rows;
            ahead = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            while (!ready.hasNext()) {
                if (groups.hasNext()) {
                    Map.Entry<Integer, Group> next = groups.next();
                    ready = next.getValue().lines(line, next.getKey()).iterator();
                } else if (ahead != null) {
                    groups = readLine(ahead).entrySet().iterator();
                } else {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.next();
        }

        private Map<Integer, Group> readLine(Row start) {
            line = start.getInt(LINE);
            Map<Integer, Group> byTerritory = new HashMap<>();
            Row row = start;
            while (row != null && row.getInt(LINE) == line) {
                Sort sort = requireNonNull(sorts.get(row.getInt(SORT)));
                if (row.isNullAt(ZONES)) {
                    addFacts(byTerritory, sort, row);
                } else {
                    addPersons(byTerritory, sort, row);
                }
                row = rows.hasNext() ? rows.next() : null;
            }
            ahead = row;
            return byTerritory;
        }

        private void addFacts(Map<Integer, Group> byTerritory, Sort sort, Row row) {
            int month = row.getInt(MONTH) - firstMonth;
            if (month < 0 || month >= months) {
                return;
            }
            long length = row.isNullAt(LENGTH) ? 0 : row.getLong(LENGTH);
            for (int territory : territoriesOf(row.getInt(ZONE))) {
                group(byTerritory, sort, territory).addFacts(sort.role(), month, length, row.getLong(COUNT));
            }
        }

        /** Each person once in a territory, with the most that it was in one of its zones (domaine 0.3, 4). */
        private void addPersons(Map<Integer, Group> byTerritory, Sort sort, Row row) {
            Map<Integer, Integer> ranks = new HashMap<>();
            for (Row zone : row.<Row>getList(ZONES)) {
                for (int territory : territoriesOf(zone.getInt(0))) {
                    ranks.merge(territory, zone.getInt(1), Math::max);
                }
            }
            List<Role> roles = requireNonNull(published.get(sort.variant())).ranks();
            ranks.forEach((territory, rank) -> {
                Role role = roles.get(rank);
                if (role != Role.OUT) {
                    group(byTerritory, sort, territory).addPersons(row.getInt(PERIOD), role, row.getLong(COUNT));
                }
            });
        }

        private int[] territoriesOf(int zone) {
            return territories.ofZone().getOrDefault(zone, NOWHERE);
        }

        private Group group(Map<Integer, Group> byTerritory, Sort sort, int territory) {
            return byTerritory.computeIfAbsent(
                    territory,
                    absent -> new Group(sort.variant(), territories.communes().contains(territory)));
        }
    }

    /** The components of one line and territory, by month, or by period for what is not additive over months. */
    private final class Group {

        private final int variant;
        private final boolean isCommune;
        private final long[] numerator = new long[months];
        private final long[] denominator = new long[months];
        private final long[] immature = new long[months];
        private final long[] seen = new long[months];
        private final Map<Integer, OpenDelays> delays = new HashMap<>();
        private final Map<Integer, long[]> byPeriod = new HashMap<>();

        Group(int variant, boolean isCommune) {
            this.variant = variant;
            this.isCommune = isCommune;
        }

        /** Persons: sums of a period (numerator, denominator, immature), and nothing to add up. */
        void addPersons(int period, Role role, long count) {
            long[] sums = byPeriod.computeIfAbsent(period, none -> new long[3]);
            sums[0] += role == Role.NUMERATOR_AND_DENOMINATOR ? count : 0;
            sums[1] += role == Role.NUMERATOR_AND_DENOMINATOR || role == Role.DENOMINATOR ? count : 0;
            sums[2] += role == Role.IMMATURE ? count : 0;
        }

        void addFacts(Role role, int month, long length, long count) {
            seen[month]++;
            switch (role) {
                case NUMERATOR_AND_DENOMINATOR -> {
                    numerator[month] += count;
                    denominator[month] += count;
                }
                case NUMERATOR -> numerator[month] += count;
                case DENOMINATOR -> denominator[month] += count;
                case IMMATURE -> immature[month] += count;
                case ENDED -> delaysOf(month).addEnded(length, count);
                case CENSORED -> delaysOf(month).addCensored(length, count);
                case OUT, SET_ASIDE -> {}
            }
        }

        private OpenDelays delaysOf(int month) {
            return delays.computeIfAbsent(month, none -> new OpenDelays());
        }

        List<String> lines(int line, int territory) {
            Published own = requireNonNull(published.get(variant));
            ValueLine reading = own.line();
            long[] numerators = upTo(numerator);
            long[] denominators = upTo(denominator);
            long[] immatures = upTo(immature);
            long[] sightings = upTo(seen);
            List<String> lines = new ArrayList<>();
            for (Span span : spans) {
                long[] persons = byPeriod.get(span.code());
                if (isCommune && !span.isYear() || !own.periods().contains(span.code())) {
                    continue;
                }
                if (persons != null) {
                    lines.add(reading.of(line, territory, span, persons[0], persons[1], persons[2], new OpenDelays()));
                    continue;
                }
                // A state is that of the last observed month, never a sum.
                int first = reading.isState() ? span.last() : span.first();
                int end = span.last() + 1;
                if (sightings[end] == sightings[first]) {
                    continue;
                }
                lines.add(reading.of(
                        line,
                        territory,
                        span,
                        numerators[end] - numerators[first],
                        denominators[end] - denominators[first],
                        immatures[end] - immatures[first],
                        delaysOf(first, end)));
            }
            return lines;
        }

        private OpenDelays delaysOf(int first, int end) {
            OpenDelays all = new OpenDelays();
            if (!delays.isEmpty()) {
                for (int month = first; month < end; month++) {
                    Optional.ofNullable(delays.get(month)).ifPresent(all::addAll);
                }
            }
            return all;
        }

        /** Sums of the first i months, at i. */
        private long[] upTo(long[] byMonth) {
            long[] sums = new long[months + 1];
            for (int month = 0; month < months; month++) {
                sums[month + 1] = sums[month] + byMonth[month];
            }
            return sums;
        }
    }
}
