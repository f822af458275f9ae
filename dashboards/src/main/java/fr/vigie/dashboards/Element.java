package fr.vigie.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One element of a page or of a drawing, well-formed and escaped by construction.
 *
 * <p>What it writes reads the same as HTML and as XML, so that an XML parser can check a whole page.
 */
final class Element {

    /** HTML would read a self-closed {@code td} as an open one; these it closes itself, or they belong to SVG. */
    private static final Set<String> CLOSED_BY_THEMSELVES =
            Set.of("br", "hr", "meta", "col", "path", "line", "circle", "rect", "polyline", "polygon");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> children = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    static Element of(String name) {
        return new Element(name);
    }

    static Element of(String name, String text) {
        return new Element(name).text(text);
    }

    Element attr(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    Element attr(String attribute, double value) {
        return attr(attribute, Scale.plain(value));
    }

    /** Texts come from definitions and messages, typed on any keyboard: they are typeset here, once for all. */
    Element text(String text) {
        children.add(FrenchFormat.typeset(text));
        return this;
    }

    Element add(Element... elements) {
        children.addAll(List.of(elements));
        return this;
    }

    Element addAll(List<Element> elements) {
        children.addAll(elements);
        return this;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private void writeTo(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> out.append(' ')
                .append(attribute)
                .append("=\"")
                .append(escape(value))
                .append('"'));
        if (children.isEmpty() && CLOSED_BY_THEMSELVES.contains(name)) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (Object child : children) {
            if (child instanceof Element element) {
                element.writeTo(out);
            } else {
                out.append(escape((String) child));
            }
        }
        out.append("</").append(name).append('>');
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        writeTo(out);
        return out.toString();
    }
}
