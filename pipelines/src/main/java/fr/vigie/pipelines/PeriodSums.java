package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;

import fr.vigie.indicators.statistics.OpenDelays;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Sums the months of one reading, breakdown and territory into every period that publishes them: rows come sorted by (ligne, territoire), so that
 * one pass over a few dozen months gives some hundred and sixty periods, and no row is ever multiplied by the periods that hold it.
 */
final class PeriodSums implements MapPartitionsFunction<Row, String> {

    private static final long serialVersionUID = 1L;

    /** What a component adds to (contract.md 4, domaine.md 0.4, 0.5). */
    enum Role {
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
                default -> SET_ASIDE;
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

    /** A sorte: the line that it counts for, and how. */
    record Sort(int variant, Role role) implements Serializable {}

    private final List<Span> spans;
    private final int firstMonth;
    private final int months;
    private final Map<Integer, Sort> sorts;
    private final Map<Integer, ValueLine> readings;

    /** {@code firstMonth}: year × 12 + month − 1 of the month of index 0. */
    PeriodSums(
            List<Span> spans, int firstMonth, int months, Map<Integer, Sort> sorts, Map<Integer, ValueLine> readings) {
        this.spans = spans;
        this.firstMonth = firstMonth;
        this.months = months;
        this.sorts = sorts;
        this.readings = readings;
    }

    @Override
    public Iterator<String> call(Iterator<Row> rows) {
        return new Lines(rows);
    }

    /** Reads one group at a time and gives its lines. */
    private final class Lines implements Iterator<String> {

        private final Iterator<Row> rows;
        private @Nullable Row ahead;
        private Iterator<String> ready = Collections.emptyIterator();

        Lines(Iterator<Row> rows) {
            this.rows = rows;
            ahead = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            while (!ready.hasNext() && ahead != null) {
                ready = group(ahead).iterator();
            }
            return ready.hasNext();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.next();
        }

        private List<String> group(Row start) {
            int line = start.getInt(0);
            int territory = start.getInt(1);
            Group group = new Group();
            Row row = start;
            while (row != null && row.getInt(0) == line && row.getInt(1) == territory) {
                group.add(row);
                row = rows.hasNext() ? rows.next() : null;
            }
            ahead = row;
            return group.lines(line, territory);
        }
    }

    /** The components of one line and territory, by month, or by period for what is not additive over months. */
    private final class Group {

        private final long[] numerator = new long[months];
        private final long[] denominator = new long[months];
        private final long[] immature = new long[months];
        private final long[] seen = new long[months];
        private final List<List<long[]>> delays = new ArrayList<>(Collections.nCopies(months, null));
        private final Map<Integer, long[]> byPeriod = new java.util.HashMap<>();
        private int variant;
        private boolean isCommune;

        void add(Row row) {
            Sort sort = requireNonNull(sorts.get(row.getInt(3)));
            variant = sort.variant();
            long count = row.getLong(7);
            if (!row.isNullAt(6)) {
                // Persons: sums of a period, and nothing to add up.
                long[] sums = byPeriod.computeIfAbsent(row.getInt(6), none -> new long[2]);
                sums[0] += sort.role() == Role.NUMERATOR_AND_DENOMINATOR ? count : 0;
                sums[1] += count;
                return;
            }
            isCommune = row.getBoolean(2);
            int month = row.getInt(5) - firstMonth;
            if (month < 0 || month >= months) {
                return;
            }
            seen[month]++;
            switch (sort.role()) {
                case NUMERATOR_AND_DENOMINATOR -> {
                    numerator[month] += count;
                    denominator[month] += count;
                }
                case NUMERATOR -> numerator[month] += count;
                case DENOMINATOR -> denominator[month] += count;
                case IMMATURE -> immature[month] += count;
                case ENDED, CENSORED -> {
                    if (delays.get(month) == null) {
                        delays.set(month, new ArrayList<>());
                    }
                    delays.get(month).add(new long[] {sort.role() == Role.ENDED ? 1 : 0, row.getLong(4), count});
                }
                case SET_ASIDE -> {}
            }
        }

        List<String> lines(int line, int territory) {
            ValueLine reading = requireNonNull(readings.get(variant));
            long[] numerators = upTo(numerator);
            long[] denominators = upTo(denominator);
            long[] immatures = upTo(immature);
            long[] sightings = upTo(seen);
            List<String> lines = new ArrayList<>();
            for (Span span : spans) {
                long[] persons = byPeriod.get(span.code());
                if (persons != null) {
                    lines.add(reading.of(line, territory, span, persons[0], persons[1], 0, new OpenDelays()));
                    continue;
                }
                // A state is that of the last observed month, never a sum.
                int first = reading.isState() ? span.last() : span.first();
                int end = span.last() + 1;
                if (isCommune && !span.isYear() || sightings[end] == sightings[first]) {
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
            for (List<long[]> month : delays.subList(first, end)) {
                if (month != null) {
                    for (long[] delay : month) {
                        if (delay[0] == 1) {
                            all.addEnded(delay[1], delay[2]);
                        } else {
                            all.addCensored(delay[1], delay[2]);
                        }
                    }
                }
            }
            return all;
        }

        /** Sums of the first i months, at i. */
        private long[] upTo(long[] byMonth) {
            long[] sums = new long[months + 1];
            System.arraycopy(byMonth, 0, sums, 1, months);
            Arrays.parallelPrefix(sums, Long::sum);
            return sums;
        }
    }
}
