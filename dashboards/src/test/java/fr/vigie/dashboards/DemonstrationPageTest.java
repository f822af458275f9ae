package fr.vigie.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The numbers in the names are the cases of domaine 7.2. */
class DemonstrationPageTest {

    private static final String PAGE = DemonstrationPage.render(SampleContent.content());

    @Test
    void case103_theStateDesignSystemIsNotBorrowed() {
        assertFalse(PAGE.toLowerCase(Locale.ROOT).contains("marianne"));
        assertFalse(Pattern.compile("class=\"([^\"]* )?fr-").matcher(PAGE).find());
        assertFalse(Pattern.compile("\\.fr-").matcher(PAGE).find());
    }

    @Test
    void case103_eachChartComesWithItsTable() throws Exception {
        NodeList charts = document().getElementsByTagName("svg");
        assertEquals(19, charts.getLength());
        for (int index = 0; index < charts.getLength(); index++) {
            org.w3c.dom.Element figure =
                    (org.w3c.dom.Element) charts.item(index).getParentNode();
            assertEquals("figure", figure.getTagName());
            assertEquals(1, figure.getElementsByTagName("caption").getLength());
            assertTrue(figure.getElementsByTagName("th").getLength() > 0);
            assertFalse(figure.getElementsByTagName("figcaption")
                    .item(0)
                    .getTextContent()
                    .isBlank());
        }
    }

    @Test
    void case103_textsContrastAtLeastFourAndAHalfToOne() {
        for (Palette.TextPair pair : Palette.textPairs()) {
            assertTrue(contrast(pair) >= 4.5, pair + " " + contrast(pair));
        }
        for (Palette.TextPair pair : Palette.markPairs()) {
            assertTrue(contrast(pair) >= 3, pair + " " + contrast(pair));
        }
    }

    @Test
    void theStyleSheetUsesNoColourOutsideThePalette() {
        String printed = "--paper:#ffffff";
        String style = Resource.text("style.css").replace(printed, "");
        assertFalse(Pattern.compile("#[0-9a-fA-F]{3,8}\\b")
                .matcher(style.replace("#qualite", ""))
                .find());
        assertFalse(Pattern.compile("rgba?\\(|hsla?\\(").matcher(style).find());
    }

    @Test
    void blackOnWhiteContrastsTwentyOneToOne() {
        assertEquals(21.0, contrast(0, 0xffffff), 0.001);
        assertEquals(5.19, contrast(0x0072b2, 0xffffff), 0.005);
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        assertFalse(PAGE.contains("http://"));
        assertFalse(PAGE.contains("https://"));
        assertFalse(PAGE.contains("<script"));
        assertFalse(PAGE.contains("@import"));
        assertFalse(Pattern.compile("\\b(src|srcset)=").matcher(PAGE).find());
        assertFalse(Pattern.compile("href=\"[^#]").matcher(PAGE).find());
        assertFalse(Pattern.compile("url\\((?!#)").matcher(PAGE).find());
    }

    @Test
    void thePageIsWellFormedAndItsAnchorsExist() throws Exception {
        Document document = document();
        assertEquals("fr", document.getDocumentElement().getAttribute("lang"));
        Set<String> ids = new HashSet<>();
        NodeList all = document.getElementsByTagName("*");
        for (int index = 0; index < all.getLength(); index++) {
            String id = ((org.w3c.dom.Element) all.item(index)).getAttribute("id");
            assertTrue(id.isEmpty() || ids.add(id), "twice: " + id);
        }
        NodeList links = document.getElementsByTagName("a");
        for (int index = 0; index < links.getLength(); index++) {
            String target = ((org.w3c.dom.Element) links.item(index)).getAttribute("href");
            assertTrue(ids.contains(target.substring(1)), target);
        }
    }

    @Test
    void headingsGoDownOneLevelAtATime() throws Exception {
        List<Integer> levels = new ArrayList<>();
        NodeList all = document().getElementsByTagName("*");
        for (int index = 0; index < all.getLength(); index++) {
            String name = ((org.w3c.dom.Element) all.item(index)).getTagName();
            if (name.matches("h[1-6]")) {
                levels.add(name.charAt(1) - '0');
            }
        }
        assertEquals(1, levels.get(0));
        assertEquals(1, levels.stream().filter(level -> level == 1).count());
        for (int index = 1; index < levels.size(); index++) {
            assertTrue(levels.get(index) <= levels.get(index - 1) + 1);
        }
    }

    @Test
    void aMaskedTerritoryIsReadAsMaskedAndNeverAsZero() throws Exception {
        Node row = tableRow("CAD-01 par département, T4 2025", "Ariège");
        assertEquals("Ariège<\u00A011<\u00A011<\u00A011masqué, effectif inférieur à 11", row.getTextContent());
    }

    @Test
    void aMaskedRowHidesEvenTheNumbersThatCameWithIt() {
        ValueRow leaking = new ValueRow(
                "CAD-01",
                1,
                "CPTS",
                "1",
                "X",
                "2026-T1",
                "",
                4L,
                7L,
                new BigDecimal("57.1429"),
                BigDecimal.ONE,
                BigDecimal.TEN,
                "> 60",
                "NON_ATTEINTE",
                "S11",
                1);
        ShownValue shown = new ShownValue(leaking, ValueUnit.POURCENT);
        assertEquals("<\u00A011", shown.value());
        assertEquals("<\u00A011", shown.counts());
        assertEquals("<\u00A011", shown.interval());
        assertTrue(shown.position().isEmpty()
                && shown.low().isEmpty()
                && shown.high().isEmpty());
        assertEquals(Verdict.SANS_OBJET, shown.verdict());
    }

    @Test
    void aMedianThatIsNotReachedIsNotZero() throws Exception {
        assertEquals(
                "Lotnon observée20\u00A0/\u00A041–○ sans cible",
                tableRow("CAD-02 par département, T1 2026", "Lot").getTextContent());
    }

    @Test
    void underTenTheVerdictIsReplacedByCaution() throws Exception {
        String lozere = tableRow("CAD-01 par département, T4 2025", "Lozère").getTextContent();
        assertTrue(lozere.endsWith("△ à interpréter avec prudence"), lozere);
    }

    @Test
    void aNameIsWrittenAsTextAndNeverAsMarkup() {
        assertTrue(PAGE.contains("CPTS Eaux &amp; &lt;b&gt;garrigues&lt;/b&gt;"));
        assertFalse(PAGE.contains("<b>garrigues"));
    }

    @Test
    void territoiresFollowTheFrenchAlphabet() {
        int eaux = PAGE.indexOf("CPTS Eaux");
        int ecusson = PAGE.indexOf("CPTS de l’Écusson");
        int zone = PAGE.indexOf("CPTS Zone vide");
        assertTrue(0 < ecusson && ecusson < eaux && eaux < zone);
    }

    @Test
    void theTrendSentenceTellsTheValueItsCountsAndItsChange() {
        IndicatorSection section = SampleContent.sections().get(0);
        List<PageValues.TrendPoint> points = new PageValues(List.of(
                        quarter("2025-T3", 30, 80, "27.6942", "48.4513"),
                        quarter("2025-T4", 50, 80, "51.5487", "72.3058")))
                .trend("CAD-01", ValueUnit.POURCENT);
        assertEquals(
                "Au T4 2025, la part est de 62,5\u00A0% (50\u00A0/\u00A080 sorties), intervalle à 95\u00A0% de 51,5\u00A0% à"
                        + " 72,3\u00A0%\u202F; +25,0\u00A0pt (écart concluant) par rapport au T3 2025.",
                new Sentences(section).trend(points, "2025-T4"));
    }

    @Test
    void aSmallChangeIsSaidNotConclusive() {
        ShownValue before = new ShownValue(quarter("2025-T3", 48, 80, "49.0455", "70.0382"), ValueUnit.POURCENT);
        ShownValue now = new ShownValue(quarter("2025-T4", 50, 80, "51.5487", "72.3058"), ValueUnit.POURCENT);
        assertEquals(
                "+2,5\u00A0pt (écart non concluant)",
                Evolution.between(before, now).orElseThrow().words());
    }

    @Test
    void anIndicatorWithoutAnyValueSaysWhyInsteadOfDrawing() throws Exception {
        org.w3c.dom.Element section = null;
        NodeList sections = document().getElementsByTagName("section");
        for (int index = 0; index < sections.getLength(); index++) {
            org.w3c.dom.Element candidate = (org.w3c.dom.Element) sections.item(index);
            section = candidate.getAttribute("id").equals("indicateur-URG-01") ? candidate : section;
        }
        assertTrue(section != null && section.getTextContent().contains("Aucune valeur publiée"));
        assertEquals(0, section.getElementsByTagName("svg").getLength());
    }

    @Test
    void aBreakdownFollowsItsOwnOrderAndLeavesTheCrossedOneOut() throws Exception {
        Node first = tableRow("MT-01 par âge, T4 2025", "65–74\u00A0ans");
        assertEquals("65–74\u00A0ans15,0\u00A0%12\u00A0/\u00A080–○ sans cible", first.getTextContent());
        assertEquals(
                "85\u00A0ans et plus5,0\u00A0%3\u00A0/\u00A060–○ sans cible",
                first.getNextSibling().getTextContent());
        assertEquals(3, first.getParentNode().getChildNodes().getLength());
    }

    @Test
    void eachRuleHasItsLineByQuarterAndNothingIsNotZero() throws Exception {
        String caption = "RUP-00 par règle et par trimestre, ensemble";
        assertEquals(
                "RUP-01 Sortie sans suivi5040",
                tableRow(caption, "RUP-01 Sortie sans suivi").getTextContent());
        assertEquals(
                "RUP-03 Orientation sans réponse–21",
                tableRow(caption, "RUP-03 Orientation sans réponse").getTextContent());
        assertEquals("Ensemble5061", tableRow(caption, "Ensemble").getTextContent());
    }

    /** 1000 − 800 = 200 in the population, 180 observed, 160 kept; 20 / 200 = 10 %, 4 / 160 = 2.5 %, 100 / 160 = 62.5 %. */
    @Test
    void theFunnelTellsWhatLeavesAtEachStep() throws Exception {
        String counted = "Sur 1\u202F000 faits lus, 200 répondent à la question, 160 sont comptés"
                + " et 100\u00A0sont au numérateur (62,5\u00A0%).";
        assertTrue(PAGE.contains(counted));
        assertEquals(
                "Exclusdécès20",
                tableRow("Étapes de CAD-01, ensemble, 2026", "Exclus").getTextContent());
        assertEquals(
                "CAD-012002010,0\u00A0%16042,5\u00A0%",
                tableRow("Faits encore en cours d’observation ou indéterminés, par indicateur, 2026", "CAD-01")
                        .getTextContent());
    }

    /** domaine 6.1: definitions are typed with plain spaces, and a line must not break there. */
    @Test
    void noLineBreaksBeforeAHighMarkOrBetweenANumberAndItsUnit() throws Exception {
        String text = document().getElementsByTagName("body").item(0).getTextContent();
        Matcher plain = Pattern.compile(".{0,20}( [;:!?%»]|« |\\d (?:h|j|ans|jours|heures)\\b)")
                .matcher(text);
        assertFalse(plain.find(), () -> plain.group());
    }

    @Test
    void theTargetIsReadWithItsUnit() {
        assertTrue(PAGE.contains("<dt>Cible</dt><dd>&gt;\u00A060\u00A0%</dd>"));
        assertTrue(PAGE.contains("<dt>Cible</dt><dd>≤\u00A07\u00A0j</dd>"));
    }

    /** A count among shares would read as a percentage, and has no place on their axis. */
    @Test
    void aReadingIsReadInItsOwnUnit() throws Exception {
        assertEquals(
                "Nombre de sorties700700–○ sans cible",
                tableRow("Lectures de HOS-01, ensemble, T4 2025", "Nombre de sorties")
                        .getTextContent());
        assertTrue(PAGE.contains("1\u00A0autre lecture à côté. Nombre de sorties\u00A0: 700."));
        assertFalse(PAGE.contains("700,0\u00A0%"));
    }

    @Test
    void aCohortThatIsNotMatureIsNotWithoutObject() {
        ValueRow immature = new ValueRow(
                "ORI-01",
                1,
                "DEPARTEMENT",
                "09",
                "Ariège",
                "2026-T1",
                "",
                0L,
                0L,
                null,
                null,
                null,
                null,
                "SANS_OBJET",
                "EN_COURS",
                1);
        assertEquals("en cours", new ShownValue(immature, ValueUnit.POURCENT).value());
    }

    @Test
    void thePerimetersOfCptsAreSaidIllustrativeBeforeTheirTableIsOpened() throws Exception {
        NodeList summaries = document().getElementsByTagName("summary");
        int told = 0;
        for (int index = 0; index < summaries.getLength(); index++) {
            String summary = summaries.item(index).getTextContent();
            if (summary.contains("CPTS")) {
                assertTrue(summary.contains("communes illustratives"), summary);
                told++;
            }
        }
        assertTrue(told > 0);
    }

    @Test
    void severalWordsTakeTheirPluralOnTheFirst() {
        assertEquals("chaînes d’orientation", counted("chaîne d’orientation"));
        assertEquals("rendez-vous", counted("rendez-vous"));
        assertEquals("créneaux", counted("créneau"));
    }

    private static String counted(String unit) {
        return new IndicatorSection(
                        "X-01",
                        "",
                        "",
                        ValueUnit.POURCENT,
                        unit,
                        IndicatorSection.Direction.LOWER,
                        null,
                        List.of(),
                        List.of())
                .countedPlural();
    }

    @Test
    void theSameContentGivesTheSamePage() {
        assertEquals(PAGE, DemonstrationPage.render(SampleContent.content()));
    }

    private static ValueRow quarter(String period, long num, long den, String low, String high) {
        return new ValueRow(
                "CAD-01",
                1,
                "ENSEMBLE",
                "ENSEMBLE",
                "Ensemble",
                period,
                "",
                num,
                den,
                new BigDecimal("62.5"),
                new BigDecimal(low),
                new BigDecimal(high),
                "> 60",
                "ATTEINTE",
                "PUBLIE",
                1);
    }

    private static Document document() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(PAGE)));
    }

    private static Node tableRow(String caption, String name) throws Exception {
        NodeList tables = document().getElementsByTagName("table");
        for (int index = 0; index < tables.getLength(); index++) {
            org.w3c.dom.Element table = (org.w3c.dom.Element) tables.item(index);
            if (!table.getElementsByTagName("caption").item(0).getTextContent().equals(caption)) {
                continue;
            }
            NodeList headers = table.getElementsByTagName("th");
            for (int header = 0; header < headers.getLength(); header++) {
                if (headers.item(header).getTextContent().equals(name)) {
                    return headers.item(header).getParentNode();
                }
            }
        }
        throw new AssertionError("no row " + name + " in " + caption);
    }

    private static double contrast(Palette.TextPair pair) {
        return contrast(rgb(pair.text()), rgb(pair.background()));
    }

    private static int rgb(Palette colour) {
        return Integer.parseInt(colour.hex().substring(1), 16);
    }

    /** WCAG 2.2, contrast ratio. */
    private static double contrast(int one, int other) {
        double light = Math.max(luminance(one), luminance(other));
        double dark = Math.min(luminance(one), luminance(other));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * channel(rgb >> 16 & 255) + 0.7152 * channel(rgb >> 8 & 255) + 0.0722 * channel(rgb & 255);
    }

    private static double channel(int value) {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
