package fr.vigie.dashboards;

import java.util.List;
import java.util.Map;

/**
 * What the demonstration page is made of.
 *
 * @param sections in the order of the page
 * @param values totals for ENSEMBLE, REGION, DEPARTEMENT, CPTS and INCONNU, and the rows of the breakdowns for ENSEMBLE; other rows are ignored
 * @param breakdowns by code of indicator
 * @param funnels official readings, ENSEMBLE, over one and the same period
 */
public record DemonstrationContent(
        PublicationStamp stamp,
        List<IndicatorSection> sections,
        List<ValueRow> values,
        Map<String, Breakdown> breakdowns,
        List<FunnelCount> funnels,
        List<FeedQuality> feeds,
        List<RejectCount> rejects) {

    public DemonstrationContent {
        sections = List.copyOf(sections);
        values = List.copyOf(values);
        breakdowns = Map.copyOf(breakdowns);
        funnels = List.copyOf(funnels);
        feeds = List.copyOf(feeds);
        rejects = List.copyOf(rejects);
    }
}
