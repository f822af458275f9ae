package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A trend by quarter: line, 95 % band, dashed target. A quarter without value breaks the line; one still running is hollow. */
final class LineChart {

    private static final double WIDTH = 400;
    private static final double HEIGHT = 256;
    private static final double LEFT = 48;
    private static final double RIGHT = 392;
    private static final double TOP = 22;
    private static final double BOTTOM = 210;

    private final List<PageValues.TrendPoint> points;
    private final ValueUnit unit;
    private final Scale scale;
    private final Optional<ShownTarget> target;

    LineChart(List<PageValues.TrendPoint> points, ValueUnit unit) {
        this.points = points;
        this.unit = unit;
        target = points.stream()
                .flatMap(point -> point.value().flatMap(ShownValue::target).stream())
                .reduce((earlier, later) -> later);
        List<BigDecimal> extent = Stream.concat(
                        points.stream()
                                .flatMap(point -> point.value().stream())
                                .flatMap(value -> Stream.concat(value.position().stream(), value.high().stream())),
                        target.stream().map(ShownTarget::value))
                .toList();
        scale = Scale.over(extent, unit, BOTTOM, TOP);
    }

    Element svg(String id, String title, String description) {
        Element svg = Drawing.svg(id, WIDTH, HEIGHT, title, description);
        for (BigDecimal tick : scale.ticks()) {
            double y = scale.at(tick);
            svg.add(
                    Drawing.line("grid", LEFT, y, RIGHT, y),
                    Drawing.text("axis-text", LEFT - 7, y + 4.5, "end", unit.tick(tick)));
        }
        for (int index = 0; index < points.size(); index++) {
            addPeriod(svg, index);
        }
        runs().forEach(run -> addRun(svg, run));
        target.ifPresent(aim -> {
            double y = scale.at(aim.value());
            svg.add(
                    Drawing.line("target", LEFT, y, RIGHT, y),
                    Drawing.text("target-text", LEFT + 4, y - 6, "start", "cible " + aim.text(unit)));
        });
        for (int index = 0; index < points.size(); index++) {
            addDot(svg, index);
        }
        lastSettled().ifPresent(index -> addLabel(svg, index));
        return svg;
    }

    private double x(int index) {
        double inset = 16;
        return points.size() == 1
                ? (LEFT + RIGHT) / 2
                : LEFT + inset + (RIGHT - LEFT - 2 * inset) * index / (points.size() - 1);
    }

    private void addPeriod(Element svg, int index) {
        String period = points.get(index).period();
        boolean startsYear = index == 0 || period.endsWith("T1");
        svg.add(Drawing.line("tick", x(index), BOTTOM, x(index), BOTTOM + 5));
        svg.add(Drawing.text("axis-text", x(index), BOTTOM + 20, "middle", period.substring(5)));
        if (startsYear) {
            svg.add(Drawing.text("axis-text year", x(index), BOTTOM + 38, "middle", period.substring(0, 4)));
        }
    }

    /** Stretches of quarters that follow each other with a value. */
    private List<List<Integer>> runs() {
        List<List<Integer>> runs = new ArrayList<>();
        List<Integer> run = new ArrayList<>();
        for (int index = 0; index < points.size(); index++) {
            if (position(index).isPresent()) {
                run.add(index);
            } else if (!run.isEmpty()) {
                runs.add(run);
                run = new ArrayList<>();
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    private void addRun(Element svg, List<Integer> run) {
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (int index : run) {
            String at = Scale.plain(x(index)) + ",";
            line.append(at)
                    .append(Scale.plain(scale.at(position(index).orElseThrow())))
                    .append(' ');
            Optional<ShownValue> value = points.get(index).value();
            Optional<BigDecimal> low = value.flatMap(ShownValue::low);
            Optional<BigDecimal> high = value.flatMap(ShownValue::high);
            if (low.isPresent() && high.isPresent()) {
                upper.append(at).append(Scale.plain(scale.at(high.get()))).append(' ');
                lower.insert(0, at + Scale.plain(scale.at(low.get())) + " ");
            }
        }
        if (upper.length() > 0 && run.size() > 1) {
            svg.add(Element.of("polygon").attr("class", "band").attr("points", (upper.toString() + lower).strip()));
        }
        svg.add(Element.of("polyline")
                .attr("class", "series")
                .attr("points", line.toString().strip()));
    }

    private void addDot(Element svg, int index) {
        position(index).ifPresent(position -> {
            ShownValue value = points.get(index).value().orElseThrow();
            svg.add(Element.of("circle")
                    .attr("class", value.isRunning() || value.isFragile() ? "dot-open" : "dot")
                    .attr("cx", x(index))
                    .attr("cy", scale.at(position))
                    .attr("r", 4.2));
        });
    }

    private Optional<Integer> lastSettled() {
        Optional<Integer> last = Optional.empty();
        for (int index = 0; index < points.size(); index++) {
            if (position(index).isPresent()
                    && points.get(index).value().stream().noneMatch(ShownValue::isRunning)) {
                last = Optional.of(index);
            }
        }
        return last;
    }

    private void addLabel(Element svg, int index) {
        ShownValue value = points.get(index).value().orElseThrow();
        double y = scale.at(position(index).orElseThrow());
        boolean isUnderTheLine = index > 0
                && position(index - 1).map(before -> scale.at(before) < y).orElse(false);
        boolean isBelow = y < TOP + 14 || (isUnderTheLine && y < BOTTOM - 26);
        // Where the line goes on the same way up or down, only the near side of the point is clear of it.
        boolean goesOn = index > 0
                && index + 1 < points.size()
                && position(index + 1)
                        .map(after -> isUnderTheLine == scale.at(after) > y)
                        .orElse(false);
        svg.add(Drawing.text(
                "value-text",
                goesOn ? x(index) + 2 : Math.min(x(index) + 6, RIGHT),
                isBelow ? y + 20 : y - 10,
                goesOn || index == points.size() - 1 ? "end" : "middle",
                value.value()));
    }

    private Optional<BigDecimal> position(int index) {
        return points.get(index).value().flatMap(ShownValue::position);
    }
}
