package fr.vigie.demonstration;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was written.
 *
 * @param rows lines of each file, by file name, headers not counted
 * @param dirtyLines how many of them were spoilt or repeated on purpose
 */
public record DemonstrationSummary(SortedMap<String, Long> rows, long dirtyLines) {

    public DemonstrationSummary {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /** Lines of all the files. */
    public long totalRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
