package fr.vigie.dashboards;

import java.util.List;

/** Bars one under the other from the same left edge, each with its name and its count: read without any colour. */
final class FunnelChart {

    /** One bar. */
    record Step(String name, long count) {}

    private static final double WIDTH = 400;
    private static final double LEFT = 2;
    private static final double LONGEST = 318;
    private static final double ROW = 44;

    private final List<Step> steps;

    FunnelChart(List<Step> steps) {
        this.steps = steps;
    }

    Element svg(String id, String title, String description) {
        long most = Math.max(1, steps.stream().mapToLong(Step::count).max().orElse(1));
        Element svg = Drawing.svg(id, WIDTH, ROW * steps.size() + 4, title, description);
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            double top = ROW * index;
            double width = Math.max(1, LONGEST * step.count() / most);
            svg.add(
                    Drawing.text("name-text", LEFT, top + 15, "start", step.name()),
                    Element.of("rect")
                            .attr("class", "bar")
                            .attr("x", LEFT)
                            .attr("y", top + 21)
                            .attr("width", width)
                            .attr("height", 15),
                    Drawing.text(
                            "value-text", LEFT + width + 8, top + 33, "start", FrenchFormat.integer(step.count())));
        }
        return svg;
    }
}
