package fr.vigie.dashboards;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The page that {@code vigie demo} leaves: one file that needs no network, no script and no server, and that prints.
 *
 * <p>Pure: the same content gives the same bytes.
 */
public final class DemonstrationPage {

    /** One from the sortie and one from the orientation: the others would repeat them. */
    private static final Set<String> FUNNELS = Set.of("CAD-01", "ORI-01");

    private DemonstrationPage() {}

    /** The whole page, as HTML that is also well-formed XML. */
    public static String render(DemonstrationContent content) {
        PageValues values = new PageValues(content.values());
        List<IndicatorPanel> panels = content.sections().stream()
                .map(section -> new IndicatorPanel(
                        section,
                        values,
                        Optional.ofNullable(content.breakdowns().get(section.code())),
                        FUNNELS.contains(section.code())
                                ? Funnel.of(section.code(), content.funnels())
                                : Optional.empty()))
                .toList();
        PublicationStamp stamp = content.stamp();
        QualityPanel quality =
                new QualityPanel(content.feeds(), content.rejects(), content.sections(), content.funnels());
        return filled(
                Resource.text("demonstration.html"),
                Map.of(
                        "palette", Palette.customProperties(),
                        "style", Resource.text("style.css"),
                        "numero", FrenchFormat.integer(stamp.numero()),
                        "date-arret", Element.escape(FrenchFormat.dateTime(stamp.dateArret())),
                        "empreinte", Element.escape(stamp.empreinteCourte()),
                        "navigation",
                                joined(panels.stream().map(IndicatorPanel::link).toList()),
                        "synthese",
                                joined(panels.stream().map(IndicatorPanel::card).toList()),
                        "indicateurs",
                                joined(panels.stream()
                                        .map(IndicatorPanel::section)
                                        .toList()),
                        "qualite", joined(quality.elements()),
                        "glossaire", joined(glossary())));
    }

    private static List<Element> glossary() {
        return Resource.rows("glossaire.tsv").stream()
                .map(columns ->
                        Element.of("div").add(Element.of("dt", columns.get(0)), Element.of("dd", columns.get(1))))
                .toList();
    }

    private static String joined(List<Element> elements) {
        StringBuilder joined = new StringBuilder();
        elements.forEach(element -> joined.append(element).append('\n'));
        return joined.toString();
    }

    /** Each slot once, from left to right: a slot's content is never read as a template. */
    private static String filled(String template, Map<String, String> slots) {
        StringBuilder page = new StringBuilder();
        int from = 0;
        for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", from)) {
            int close = template.indexOf("}}", open);
            String slot = template.substring(open + 2, close);
            String value = slots.get(slot);
            if (value == null) {
                throw new IllegalStateException("reports/demonstration.html asks for an unknown slot: " + slot);
            }
            page.append(template, from, open).append(value);
            from = close + 2;
        }
        return page.append(template.substring(from)).toString();
    }
}
