package fr.vigie.dashboards;

import java.util.List;

/**
 * What the demonstration page is made of.
 *
 * @param sections in the order of the page
 * @param values totals for ENSEMBLE, REGION, DEPARTEMENT, CPTS and INCONNU; other rows are ignored
 */
public record DemonstrationContent(
        PublicationStamp stamp,
        List<IndicatorSection> sections,
        List<ValueRow> values,
        List<FeedQuality> feeds,
        List<RejectCount> rejects) {

    public DemonstrationContent {
        sections = List.copyOf(sections);
        values = List.copyOf(values);
        feeds = List.copyOf(feeds);
        rejects = List.copyOf(rejects);
    }
}
