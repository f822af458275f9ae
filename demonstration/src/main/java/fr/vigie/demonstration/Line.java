package fr.vigie.demonstration;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One line of a feed while it is written. An empty value is unknown. */
final class Line {

    private final DemonstrationFeed feed;
    private final String[] values;

    Line(DemonstrationFeed feed, String[] values) {
        this.feed = feed;
        this.values = values;
        Arrays.fill(values, "");
    }

    DemonstrationFeed feed() {
        return feed;
    }

    Line with(String column, @Nullable String value) {
        values[feed.position(column)] = value == null ? "" : value;
        return this;
    }

    Line with(String column, @Nullable LocalDate value) {
        return with(column, value == null ? "" : FrenchDates.day(value));
    }

    Line with(String column, @Nullable LocalDateTime value) {
        return with(column, value == null ? "" : FrenchDates.minute(value));
    }

    Line with(String column, int value) {
        return with(column, Integer.toString(value));
    }

    Line with(String column, boolean value) {
        return with(column, value ? "O" : "N");
    }

    String value(String column) {
        return values[feed.position(column)];
    }

    Line copy() {
        Line copy = feed.line();
        System.arraycopy(values, 0, copy.values, 0, values.length);
        return copy;
    }

    String[] values() {
        return values.clone();
    }
}
