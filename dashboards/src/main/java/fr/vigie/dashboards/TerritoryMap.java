package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The départements of Occitanie, shaded by class. Each carries its printed value, so the shade is never the only sign; a small denominator is hatched. */
final class TerritoryMap {

    private static final int MOST_CLASSES = 4;
    private static final double WIDTH = 560;
    private static final double MAP_HEIGHT = 412;

    private final ValueUnit unit;
    private final Map<String, ShownValue> byCode;
    private final BigDecimal start;
    private final BigDecimal step;
    /** As many as there are values to tell apart, and no more than a reader can. */
    private final int classes;

    TerritoryMap(List<ShownValue> departements, ValueUnit unit) {
        this.unit = unit;
        byCode = departements.stream()
                .collect(Collectors.toMap(value -> value.row().territoireCode(), Function.identity()));
        List<BigDecimal> settled = departements.stream()
                .filter(value -> !value.isFragile())
                .flatMap(value -> value.position().stream())
                .toList();
        BigDecimal least = settled.stream().reduce(BigDecimal::min).orElse(BigDecimal.ZERO);
        BigDecimal most = settled.stream().reduce(BigDecimal::max).orElse(BigDecimal.ONE);
        classes = Math.min(MOST_CLASSES, (int)
                settled.stream().map(BigDecimal::stripTrailingZeros).distinct().count());
        // Whole bounds, whatever the values: a legend is read, not decoded.
        start = least.setScale(0, RoundingMode.FLOOR);
        step = most.subtract(start)
                .divide(BigDecimal.valueOf(Math.max(1, classes)), 0, RoundingMode.FLOOR)
                .add(BigDecimal.ONE);
    }

    Element svg(String id, String title, String description) {
        String hatch = id + "-h";
        Element svg = Drawing.svg(id, WIDTH, MAP_HEIGHT + 34, title, description)
                .add(Element.of("defs")
                        .add(Element.of("pattern")
                                .attr("id", hatch)
                                .attr("width", "7")
                                .attr("height", "7")
                                .attr("patternUnits", "userSpaceOnUse")
                                .attr("patternTransform", "rotate(45)")
                                .add(
                                        Element.of("rect")
                                                .attr("class", "hatch-ground")
                                                .attr("width", "7")
                                                .attr("height", "7"),
                                        Drawing.line("hatch-line", 0, 0, 0, 7))));
        for (DepartementOutline outline : DepartementOutline.occitanie()) {
            Optional<ShownValue> value = Optional.ofNullable(byCode.get(outline.code()));
            Element shape = Element.of("path").attr("d", outline.path());
            Optional<BigDecimal> position = value.flatMap(ShownValue::position);
            if (value.isPresent() && value.get().isFragile()) {
                shape.attr("class", "departement").attr("fill", "url(#" + hatch + ")");
            } else {
                shape.attr(
                        "class", "departement " + position.map(this::styleClass).orElse("class-none"));
            }
            svg.add(shape);
        }
        for (DepartementOutline outline : DepartementOutline.occitanie()) {
            String shown = Optional.ofNullable(byCode.get(outline.code()))
                    .map(ShownValue::value)
                    .orElse("s.o.");
            svg.add(
                    Drawing.text("map-code", outline.labelX(), outline.labelY() - 5, "middle", outline.code()),
                    Drawing.text("map-value", outline.labelX(), outline.labelY() + 15, "middle", shown));
        }
        addLegend(svg, hatch);
        return svg;
    }

    private String styleClass(BigDecimal position) {
        return "class-" + (1 + classOf(position));
    }

    private int classOf(BigDecimal position) {
        int index = position.subtract(start).divide(step, 0, RoundingMode.FLOOR).intValueExact();
        return Math.max(0, Math.min(classes - 1, index));
    }

    private void addLegend(Element svg, String hatch) {
        double y = MAP_HEIGHT + 8;
        double width = 114;
        for (int index = 0; index < classes; index++) {
            BigDecimal from = start.add(step.multiply(BigDecimal.valueOf(index)));
            String words = FrenchFormat.number(from) + "–" + unit.tick(from.add(step));
            svg.add(Element.of("rect")
                    .attr("class", "departement class-" + (index + 1))
                    .attr("x", 6 + index * width)
                    .attr("y", y)
                    .attr("width", 16)
                    .attr("height", 16));
            svg.add(Drawing.text("legend-text", 27 + index * width, y + 13, "start", words));
        }
        svg.add(
                Element.of("rect")
                        .attr("class", "departement")
                        .attr("fill", "url(#" + hatch + ")")
                        .attr("x", 6 + classes * width)
                        .attr("y", y)
                        .attr("width", 16)
                        .attr("height", 16),
                Drawing.text("legend-text", 27 + classes * width, y + 13, "start", "n < " + ShownValue.PRUDENCE_BELOW));
    }
}
