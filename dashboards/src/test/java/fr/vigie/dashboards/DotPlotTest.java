package fr.vigie.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DotPlotTest {

    /** As drawn by a browser, in units of the drawing per letter. */
    private static final double NAME_LETTER = 6.5;

    private static final double VALUE_LETTER = 7.4;

    private static final double BOLD_LETTER = 8.4;

    @Test
    void theLongestNameAndTheLongestValueFitBesideThePlot() {
        String name = "Hors territoire ou inconnu";
        String svg = new DotPlot(
                        List.of(row("Ensemble", "28.5"), row(name, "280.5667")), ValueUnit.HEURES, DotPlot.Names.BESIDE)
                .svg("id", "title", "description")
                .toString();

        Matcher named = text(svg, "name-text", name);
        assertTrue(Double.parseDouble(named.group(1)) >= NAME_LETTER * name.length(), named.group());
        Matcher valued = text(svg, "value-text", "280[^<]*");
        double start = Double.parseDouble(valued.group(1))
                - VALUE_LETTER * valued.group(2).length();
        Matcher dot = Pattern.compile("<circle [^>]*cx=\"([0-9.]+)\"").matcher(svg);
        int dots = 0;
        while (dot.find()) {
            dots++;
            assertTrue(Double.parseDouble(dot.group(1)) + 5 < start, dot.group() + " " + valued.group());
        }
        assertEquals(2, dots);
    }

    @Test
    void aLongBoldNameGoesToTheNextLineBeforeTheEdge() {
        DotPlot.DotRow official = new DotPlot.DotRow(
                "Écart entre orientations demandées et obtenues (75 ans et plus, hospitalisation non programmée)",
                row("", "20").value(),
                true);
        String svg = new DotPlot(List.of(official), ValueUnit.HEURES, DotPlot.Names.ABOVE)
                .svg("id", "title", "description")
                .toString();

        Matcher box = Pattern.compile("viewBox=\"0 0 ([0-9.]+) ").matcher(svg);
        assertTrue(box.find(), svg);
        Matcher line = Pattern.compile("<text class=\"name-text strong\" x=\"([0-9.]+)\"[^>]*>([^<]+)<")
                .matcher(svg);
        int lines = 0;
        while (line.find()) {
            lines++;
            double end = Double.parseDouble(line.group(1))
                    + BOLD_LETTER * line.group(2).length();
            assertTrue(end <= Double.parseDouble(box.group(1)), line.group());
        }
        assertEquals(3, lines);
    }

    @Test
    void theKeyNamesOnlyTheMarksThatAreDrawn() {
        assertEquals(
                "Point\u00A0: valeur. Point vide et △\u00A0: moins de 10, à interpréter avec prudence.",
                new DotPlot(List.of(row("Ariège", "28.5")), ValueUnit.HEURES, DotPlot.Names.BESIDE).key("ensemble"));
    }

    private static Matcher text(String svg, String style, String content) {
        Matcher matcher = Pattern.compile("<text class=\"" + style + "\" x=\"([0-9.]+)\"[^>]*>(" + content + ")</text>")
                .matcher(svg);
        assertTrue(matcher.find(), svg);
        return matcher;
    }

    private static DotPlot.DotRow row(String name, String hours) {
        ValueRow value = new ValueRow(
                "CAD-02",
                1,
                "DEPARTEMENT",
                "09",
                name,
                "2026-T1",
                "",
                4L,
                5L,
                new BigDecimal(hours),
                null,
                null,
                null,
                "SANS_CIBLE",
                "PUBLIE",
                1);
        return new DotPlot.DotRow(name, new ShownValue(value, ValueUnit.HEURES), false);
    }
}
