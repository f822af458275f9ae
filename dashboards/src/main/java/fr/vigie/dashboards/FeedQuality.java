package fr.vigie.dashboards;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What became of the lines of a feed.
 *
 * @param completJusquAu last complete day; null for a reference feed, which has none
 */
public record FeedQuality(
        String flux,
        long lues,
        long gardees,
        long rejetees,
        long avertissements,
        @Nullable LocalDate completJusquAu) {}
