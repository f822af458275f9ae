package fr.vigie.dashboards;

/** The few SVG marks that the charts share. */
final class Drawing {

    private Drawing() {}

    /** A drawing with its name and its description, announced as one image. */
    static Element svg(String id, double width, double height, String title, String description) {
        return Element.of("svg")
                .attr("class", "chart")
                .attr("viewBox", "0 0 " + Scale.plain(width) + " " + Scale.plain(height))
                .attr("role", "img")
                .attr("aria-labelledby", id + "-t " + id + "-d")
                .add(
                        Element.of("title", title).attr("id", id + "-t"),
                        Element.of("desc", description).attr("id", id + "-d"));
    }

    static Element line(String styleClass, double x1, double y1, double x2, double y2) {
        return Element.of("line")
                .attr("class", styleClass)
                .attr("x1", x1)
                .attr("y1", y1)
                .attr("x2", x2)
                .attr("y2", y2);
    }

    static Element text(String styleClass, double x, double y, String anchor, String text) {
        return Element.of("text", text)
                .attr("class", styleClass)
                .attr("x", x)
                .attr("y", y)
                .attr("text-anchor", anchor);
    }
}
