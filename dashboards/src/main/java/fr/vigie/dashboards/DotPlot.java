package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Values one under the other with their 95 % intervals, on one scale. A small denominator is hollow and dashed; a mask is written. */
final class DotPlot {

    /** Whether names stand beside the marks (short ones) or over them (sentences). */
    enum Names {
        BESIDE,
        ABOVE
    }

    /**
     * One line of the plot.
     *
     * @param isReference drawn in bold, and its value as a line through the others
     */
    record DotRow(String name, ShownValue value, boolean isReference) {}

    private static final double TOP = 26;
    private static final int LETTERS_PER_LINE = 50;

    /** Bold letters are wider: a line of fifty would run out of the drawing. */
    private static final int BOLD_LETTERS_PER_LINE = 43;

    private static final double LETTER_WIDTH = 7;
    private static final double BOLD_LETTER_WIDTH = 7.6;

    private final List<DotRow> rows;
    private final ValueUnit unit;
    private final Names names;
    private final Scale scale;
    private final double left;
    private final double right;
    private final double width;
    private final Optional<ShownTarget> target;

    DotPlot(List<DotRow> rows, ValueUnit unit, Names names) {
        this.rows = rows;
        this.unit = unit;
        this.names = names;
        // The longest name and the longest value get the room that they need: the drawing grows, the plot does not
        // shrink.
        left = names == Names.BESIDE
                ? Math.max(158, 16 + LETTER_WIDTH * longest(rows.stream().map(DotRow::name)))
                : 16;
        right = names == Names.BESIDE ? left + 154 : 312;
        width = right
                + Math.max(88, 16 + BOLD_LETTER_WIDTH * longest(rows.stream().map(DotPlot::valueText)));
        target = rows.stream().flatMap(row -> row.value().target().stream()).findFirst();
        // A handful of cases would stretch the scale until nothing else can be told apart: their intervals may run out
        // of the frame.
        List<BigDecimal> extent = Stream.concat(
                        rows.stream()
                                .map(DotRow::value)
                                .flatMap(value -> Stream.concat(
                                        value.position().stream(),
                                        value.isFragile() ? Stream.empty() : value.high().stream())),
                        target.stream().map(ShownTarget::value))
                .toList();
        scale = Scale.over(extent, unit, left, right);
    }

    Element svg(String id, String title, String description) {
        List<Double> baselines = new ArrayList<>();
        double cursor = TOP;
        for (DotRow row : rows) {
            cursor += names == Names.BESIDE ? 24 : 32 + 17 * lines(row).size();
            baselines.add(cursor - (names == Names.BESIDE ? 10 : 18));
        }
        double bottom = cursor + 4;
        Element svg = Drawing.svg(id, width, bottom + 26, title, description);
        List<BigDecimal> ticks = scale.ticks();
        for (int index = 0; index < ticks.size(); index++) {
            double x = scale.at(ticks.get(index));
            svg.add(Drawing.line("grid", x, TOP, x, bottom));
            if (index % ticksPerText(ticks) == 0) {
                svg.add(Drawing.text("axis-text", x, bottom + 17, "middle", unit.tick(ticks.get(index))));
            }
        }
        rows.stream()
                .filter(DotRow::isReference)
                .findFirst()
                .flatMap(row -> row.value().position())
                .ifPresent(position ->
                        svg.add(Drawing.line("reference", scale.at(position), TOP, scale.at(position), bottom)));
        target.ifPresent(aim -> {
            double x = scale.at(aim.value());
            svg.add(
                    Drawing.line("target", x, TOP - 6, x, bottom),
                    Drawing.text(
                            "target-text", Math.min(x, right - 30), TOP - 11, "middle", "cible " + aim.text(unit)));
        });
        for (int index = 0; index < rows.size(); index++) {
            addRow(svg, rows.get(index), baselines.get(index));
        }
        return svg;
    }

    private void addRow(Element svg, DotRow row, double y) {
        String weight = row.isReference() ? " strong" : "";
        if (names == Names.BESIDE) {
            svg.add(Drawing.text("name-text" + weight, left - 12, y + 4.5, "end", row.name()));
        } else {
            List<String> lines = lines(row);
            for (int index = 0; index < lines.size(); index++) {
                svg.add(Drawing.text(
                        "name-text" + weight,
                        left,
                        y - 14 - 17 * (lines.size() - 1 - index),
                        "start",
                        lines.get(index)));
            }
        }
        ShownValue value = row.value();
        String fragile = value.isFragile() || value.isRunning() ? "-open" : "";
        if (value.low().isPresent() && value.high().isPresent()) {
            svg.add(Drawing.line(
                    "interval" + fragile,
                    scale.at(value.low().get()),
                    y,
                    scale.at(value.high().get().min(scale.top())),
                    y));
        }
        value.position()
                .ifPresent(position -> svg.add(Element.of("circle")
                        .attr("class", "dot" + fragile)
                        .attr("cx", scale.at(position))
                        .attr("cy", y)
                        .attr("r", 5)));
        svg.add(Drawing.text("value-text" + weight, width - 2, y + 4.5, "end", valueText(row)));
    }

    /** What each mark means, naming only those that are drawn. */
    String key(String reference) {
        List<ShownValue> values = rows.stream().map(DotRow::value).toList();
        StringBuilder key = new StringBuilder("Point\u00A0: valeur.");
        if (values.stream().anyMatch(value -> value.low().isPresent())) {
            key.append(" Barre\u00A0: intervalle à 95\u00A0%.");
        }
        if (rows.stream().anyMatch(DotRow::isReference)) {
            key.append(" Trait plein\u00A0: ").append(reference).append('.');
        }
        // The official reading may have no target where another has one: whose it is must be said.
        rows.stream()
                .filter(row -> row.value().target().isPresent())
                .findFirst()
                .filter(row -> rows.get(0).value().target().isEmpty())
                .ifPresent(row -> key.append(" Tirets\u00A0: cible de «\u00A0")
                        .append(row.name())
                        .append("\u00A0», seulement."));
        List<ShownValue> fragile = values.stream().filter(ShownValue::isFragile).toList();
        if (!fragile.isEmpty()) {
            key.append(" Point vide et △\u00A0: moins de 10, à interpréter avec prudence");
            key.append(
                    fragile.stream().anyMatch(value -> value.high().isPresent())
                            ? "\u202F; l’intervalle peut sortir du cadre."
                            : ".");
        }
        if (values.stream().anyMatch(DotPlot::isRunning)) {
            key.append(" Point vide et …\u00A0: encore en cours d’observation.");
        }
        return key.toString();
    }

    /** Without a value there is no mark: the words say it. */
    private static boolean isRunning(ShownValue value) {
        return value.isRunning() && value.position().isPresent();
    }

    private static String valueText(DotRow row) {
        ShownValue value = row.value();
        return value.value() + (value.isFragile() ? " △" : isRunning(value) ? " …" : "");
    }

    private static int longest(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    /** So that the words under the axis never touch. */
    private int ticksPerText(List<BigDecimal> ticks) {
        int letters =
                ticks.stream().mapToInt(tick -> unit.tick(tick).length()).max().orElse(1);
        double room = ticks.size() < 2 ? width : scale.at(ticks.get(1)) - scale.at(ticks.get(0));
        return (int) Math.max(1, Math.ceil((letters + 1) * LETTER_WIDTH / room));
    }

    /** Cuts a sentence at spaces. */
    private static List<String> lines(DotRow row) {
        int most = row.isReference() ? BOLD_LETTERS_PER_LINE : LETTERS_PER_LINE;
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : row.name().split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > most) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
