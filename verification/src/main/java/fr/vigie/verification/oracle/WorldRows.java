package fr.vigie.verification.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a random world while it is drawn. Ids are numbered by feed and source, so that two sources use the same ones. */
final class WorldRows {

    /** One row being filled. */
    static final class Row {
        private final Map<String, Object> values = new HashMap<>();

        Row with(String column, @Nullable Object value) {
            if (value != null) {
                values.put(column, value);
            }
            return this;
        }

        /** A datetime; of a day only, its midnight is kept. */
        Row at(String column, @Nullable Instant instant, boolean dayOnly) {
            if (instant != null) {
                values.put(column, dayOnly ? ParisTime.midnight(ParisTime.dayOf(instant)) : instant);
                values.put(column + "_precision", dayOnly ? "jour" : "heure");
            }
            return this;
        }
    }

    private final String prefix;
    private final Map<String, List<SilverRow>> feeds = new HashMap<>();
    private final Map<String, Integer> lastNumbers = new HashMap<>();
    private int versions;

    WorldRows(String prefix) {
        this.prefix = prefix;
    }

    String nextId(String feed, String source) {
        return prefix + "-" + lastNumbers.merge(feed + "/" + source, 1, Integer::sum);
    }

    void add(String feed, Row row) {
        feeds.computeIfAbsent(feed, key -> new ArrayList<>()).add(SilverRow.of(row.values));
    }

    /** With a version of its own, so that no two rows tell different things with equal right. */
    void addVersioned(String feed, Row row) {
        Instant version = Instant.parse("2026-10-01T08:00:00Z").plusSeconds(60L * versions++);
        add(feed, row.at("date_maj", version, false).with("version", version));
    }

    CurrentRows silver() {
        return new CurrentRows(feeds);
    }
}
