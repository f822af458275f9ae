package fr.vigie.verification.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The current rows of every feed: one per natural key, without cycles of replacement. */
public record CurrentRows(Map<String, List<SilverRow>> feeds) {

    public CurrentRows {
        Map<String, List<SilverRow>> copy = new TreeMap<>();
        feeds.forEach((feed, rows) -> copy.put(feed, List.copyOf(rows)));
        feeds = Map.copyOf(copy);
    }

    public List<SilverRow> rows(String feed) {
        return feeds.getOrDefault(feed, List.of());
    }
}
