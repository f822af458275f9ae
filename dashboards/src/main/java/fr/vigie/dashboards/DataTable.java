package fr.vigie.dashboards;

import java.util.ArrayList;
import java.util.List;

/** A table that a screen reader can walk: caption, headers of columns and of rows, and a frame that scrolls alone on a narrow screen. */
final class DataTable {

    private final String caption;
    private final List<String> headers;
    private final List<Element> rows = new ArrayList<>();

    DataTable(String caption, String... headers) {
        this.caption = caption;
        this.headers = List.of(headers);
    }

    /** The first cell names the row. */
    DataTable row(String name, Object... cells) {
        Element row = Element.of("tr").add(Element.of("th", name).attr("scope", "row"));
        for (Object cell : cells) {
            row.add(
                    cell instanceof Element element
                            ? Element.of("td").add(element)
                            : Element.of("td", cell.toString()));
        }
        rows.add(row);
        return this;
    }

    /** A row of readings: value, n, interval, verdict. */
    DataTable valueRow(String name, ShownValue value) {
        return row(name, value.value(), value.counts(), value.interval(), value.verdictCell());
    }

    static DataTable ofValues(String caption, String firstHeader) {
        return new DataTable(caption, firstHeader, "Valeur", "n", "Intervalle à 95\u00A0%", "Lecture");
    }

    Element element() {
        Element header = Element.of("tr");
        headers.forEach(title -> header.add(Element.of("th", title).attr("scope", "col")));
        return Element.of("div")
                .attr("class", "table-frame")
                .attr("role", "region")
                .attr("aria-label", FrenchFormat.typeset(caption))
                .attr("tabindex", "0")
                .add(Element.of("table")
                        .add(
                                Element.of("caption", caption),
                                Element.of("thead").add(header),
                                Element.of("tbody").addAll(rows)));
    }
}
