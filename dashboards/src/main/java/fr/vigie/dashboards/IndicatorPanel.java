package fr.vigie.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One indicator on the page: its card, then its trend, its readings side by side, its territories. */
final class IndicatorPanel {

    /** The only indicator with a map: one is enough to find one's way, and the plot reads better. */
    private static final String MAPPED = "CAD-01";

    private final IndicatorSection section;
    private final PageValues values;
    private final Optional<Breakdown> breakdown;
    private final Optional<Funnel> funnel;
    private final Sentences sentences;
    private final Optional<String> reference;
    private final Optional<ShownValue> overall;

    IndicatorPanel(
            IndicatorSection section, PageValues values, Optional<Breakdown> breakdown, Optional<Funnel> funnel) {
        this.section = section;
        this.values = values;
        this.breakdown = breakdown;
        this.funnel = funnel;
        sentences = new Sentences(section);
        reference = values.referenceQuarter(section.code());
        overall = reference.flatMap(period -> values.overall(section.code(), period, section.unit()));
    }

    Element link() {
        return Element.of("li")
                .add(Element.of("a", section.code())
                        .attr("href", "#" + section.anchor())
                        .attr("title", FrenchFormat.typeset(section.label())));
    }

    Element card() {
        Element card = Element.of("li")
                .attr("class", "card")
                .add(
                        Element.of("p", section.code()).attr("class", "code"),
                        Element.of("h3").add(Element.of("a", section.label()).attr("href", "#" + section.anchor())));
        if (overall.isEmpty()) {
            return card.add(Element.of("p", "n.d.").attr("class", "figure"), Element.of("p", unavailable()));
        }
        ShownValue value = overall.get();
        String period = reference.map(FrenchFormat::period).orElseThrow();
        card.add(
                Element.of("p", value.value()).attr("class", "figure"),
                Element.of("p", "n\u00A0= " + value.counts() + " · " + period).attr("class", "muted"));
        evolution().ifPresent(words -> card.add(Element.of("p", words).attr("class", "muted")));
        return card.add(Element.of("p").attr("class", "card-verdict").add(value.verdictCell()));
    }

    private Optional<String> evolution() {
        return reference.flatMap(period -> values.overall(section.code(), PageValues.before(period), section.unit())
                .flatMap(before -> overall.flatMap(now -> Evolution.between(before, now)))
                .map(evolution -> evolution.words() + " depuis " + FrenchFormat.period(PageValues.before(period))));
    }

    private String unavailable() {
        return "Aucune valeur publiée\u00A0: aucun cas, ou l’un de ces flux n’a jamais été chargé ("
                + String.join(", ", section.feeds()) + ").";
    }

    Element section() {
        Element element = Element.of("section")
                .attr("id", section.anchor())
                .attr("class", "indicator")
                .attr("aria-labelledby", section.anchor() + "-t")
                .add(
                        Element.of("p", section.code()).attr("class", "code"),
                        Element.of("h2", section.label()).attr("id", section.anchor() + "-t"),
                        Element.of("p", section.question()).attr("class", "question"),
                        facts());
        if (reference.isEmpty() || overall.isEmpty()) {
            return element.add(Element.of("p", unavailable()).attr("class", "empty"));
        }
        String period = reference.get();
        Element left = Element.of("div").attr("class", "column").add(trend(period));
        Element right = Element.of("div").attr("class", "column");
        readings(period).ifPresent(left::add);
        breakdown.flatMap(told -> modalities(told, period)).ifPresent(left::add);
        funnel.map(this::funnel).ifPresent(left::add);
        List<ShownValue> departements = values.territoires(section.code(), "DEPARTEMENT", period, section.unit());
        if (!departements.isEmpty()) {
            right.add(departements(period, departements));
            if (section.code().equals(MAPPED)) {
                right.add(map(period, departements));
            }
        }
        element.add(Element.of("div").attr("class", "columns").add(left, right));
        breakdown.flatMap(this::byQuarter).ifPresent(element::add);
        cpts(period).ifPresent(element::add);
        return element;
    }

    private Element facts() {
        Element facts = Element.of("dl").attr("class", "facts");
        addFact(facts, "Cible", section.targetWords().orElse("sans cible"));
        addFact(
                facts,
                "Sens",
                section.direction().sign() + " " + section.direction().words());
        addFact(facts, "Unité comptée", section.counted());
        addFact(facts, "Flux", String.join(", ", section.feeds()));
        return facts;
    }

    private static void addFact(Element facts, String name, String value) {
        facts.add(Element.of("div").add(Element.of("dt", name), Element.of("dd", value)));
    }

    private Element trend(String period) {
        List<PageValues.TrendPoint> points = values.trend(section.code(), section.unit());
        String sentence = sentences.trend(points, period);
        DataTable table = DataTable.ofValues("Évolution par trimestre, " + section.code() + ", ensemble", "Trimestre");
        for (PageValues.TrendPoint point : points) {
            String quarter = FrenchFormat.period(point.period());
            if (point.value().isPresent()) {
                table.valueRow(quarter, point.value().get());
            } else {
                table.row(quarter, "s.o.", "s.o.", "s.o.", "aucun cas");
            }
        }
        return figure(
                "Évolution par trimestre",
                new LineChart(points, section.unit())
                        .svg(section.anchor() + "-evolution", "Évolution de " + section.code(), sentence),
                sentence,
                table,
                trendKey(points));
    }

    /** Names only the marks that are drawn. */
    private static String trendKey(List<PageValues.TrendPoint> points) {
        List<ShownValue> shown =
                points.stream().flatMap(point -> point.value().stream()).toList();
        return "Point\u00A0: valeur du trimestre."
                + (shown.stream().anyMatch(value -> value.low().isPresent())
                        ? " Bande\u00A0: intervalle à 95\u00A0%."
                        : "")
                + (shown.stream().anyMatch(value -> value.target().isPresent()) ? " Tirets\u00A0: cible." : "");
    }

    private Optional<Element> readings(String period) {
        List<DotPlot.DotRow> rows = new ArrayList<>();
        ShownValue official = overall.orElseThrow();
        rows.add(new DotPlot.DotRow(section.officialLabel(), official, true));
        for (IndicatorSection.Reading reading : section.readings()) {
            if (!reading.name().isEmpty()) {
                values.overall(section.code() + "/" + reading.name(), period, reading.unit())
                        .ifPresent(value -> rows.add(new DotPlot.DotRow(reading.label(), value, false)));
            }
        }
        // A count and a share have no axis in common: what is in another unit is told by the sentence and the table.
        List<DotPlot.DotRow> drawn = rows.stream()
                .filter(row -> row.value().unit() == section.unit())
                .toList();
        if (drawn.size() < 2) {
            return Optional.empty();
        }
        StringBuilder sentence = new StringBuilder(sentences.readings(
                official, drawn.stream().skip(1).map(DotPlot.DotRow::value).toList()));
        rows.stream()
                .filter(row -> row.value().unit() != section.unit())
                .forEach(row -> sentence.append(' ')
                        .append(row.name())
                        .append("\u00A0: ")
                        .append(row.value().value())
                        .append('.'));
        String words = FrenchFormat.period(period);
        DataTable table = DataTable.ofValues("Lectures de " + section.code() + ", ensemble, " + words, "Lecture");
        rows.forEach(row -> table.valueRow(row.name(), row.value()));
        DotPlot plot = new DotPlot(drawn, section.unit(), DotPlot.Names.ABOVE);
        return Optional.of(figure(
                "Lectures côte à côte, " + words,
                plot.svg(section.anchor() + "-lectures", "Lectures de " + section.code(), sentence.toString()),
                sentence.toString(),
                table,
                plot.key("lecture officielle")));
    }

    private Optional<Element> modalities(Breakdown told, String period) {
        Map<String, ShownValue> shown = values.modalities(section.code(), told, period, section.unit());
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        String words = FrenchFormat.period(period);
        String sentence = told.isMultivalued()
                ? "Une même personne peut figurer sur plusieurs lignes\u00A0: leur somme dépasse l’ensemble. «\u00A0Aucune connue\u00A0» ne veut pas dire absence."
                : section.unit() == ValueUnit.EFFECTIF
                        ? "La somme des lignes est l’ensemble."
                        : "La somme des effectifs des lignes est celle de l’ensemble.";
        List<DotPlot.DotRow> rows = new ArrayList<>();
        if (section.unit() != ValueUnit.EFFECTIF) {
            rows.add(new DotPlot.DotRow("Ensemble", overall.orElseThrow(), true));
        }
        shown.forEach((code, value) -> rows.add(new DotPlot.DotRow(told.label(code), value, false)));
        DataTable table = DataTable.ofValues(section.code() + " " + told.words() + ", " + words, told.header());
        table.valueRow("Ensemble", overall.orElseThrow());
        shown.forEach((code, value) -> table.valueRow(told.label(code), value));
        DotPlot plot = new DotPlot(rows, section.unit(), DotPlot.Names.ABOVE);
        return Optional.of(figure(
                FrenchFormat.capitalised(told.words()) + ", " + words,
                plot.svg(section.anchor() + "-detail", section.code() + " " + told.words(), sentence),
                sentence,
                table,
                plot.key("ensemble")));
    }

    /** Counts only: they can be read side by side without their intervals. */
    private Optional<Element> byQuarter(Breakdown told) {
        if (section.unit() != ValueUnit.EFFECTIF) {
            return Optional.empty();
        }
        List<String> quarters = values.trend(section.code(), section.unit()).stream()
                .map(PageValues.TrendPoint::period)
                .toList();
        List<String> headers = new ArrayList<>(List.of(told.header()));
        quarters.forEach(quarter -> headers.add(FrenchFormat.period(quarter)));
        DataTable table = new DataTable(
                section.code() + " " + told.words() + " et par trimestre, ensemble", headers.toArray(String[]::new));
        Set<String> codes = new LinkedHashSet<>();
        told.modalities().forEach(modality -> codes.add(modality.code()));
        quarters.forEach(quarter -> codes.addAll(
                values.modalities(section.code(), told, quarter, section.unit()).keySet()));
        for (String code : codes) {
            table.row(
                    told.label(code),
                    quarters.stream()
                            .map(quarter -> Optional.ofNullable(
                                            values.modalities(section.code(), told, quarter, section.unit())
                                                    .get(code))
                                    .map(ShownValue::value)
                                    .orElse(FrenchFormat.NOT_APPLICABLE))
                            .toArray());
        }
        table.row(
                "Ensemble",
                quarters.stream()
                        .map(quarter -> values.overall(section.code(), quarter, section.unit())
                                .map(ShownValue::value)
                                .orElse(FrenchFormat.NOT_APPLICABLE))
                        .toArray());
        return Optional.of(Element.of("div").attr("class", "cpts").add(table.element()));
    }

    private Element funnel(Funnel steps) {
        String words = FrenchFormat.period(steps.period());
        String sentence = "Sur " + FrenchFormat.integer(steps.facts()) + " faits lus, "
                + FrenchFormat.integer(steps.population()) + " répondent à la question, "
                + FrenchFormat.integer(steps.kept()) + " sont comptés et "
                + FrenchFormat.plural(steps.reached(), "est au numérateur", "sont au numérateur") + " ("
                + FrenchFormat.percent(steps.reached(), steps.kept()) + ").";
        DataTable table =
                new DataTable("Étapes de " + section.code() + ", ensemble, " + words, "Étape", "Motif", "Faits");
        steps.counts()
                .forEach(count -> table.row(
                        FrenchFormat.stepWords(count.etape()), count.motif(), FrenchFormat.integer(count.effectif())));
        return figure(
                "Du fait lu au numérateur, " + words,
                new FunnelChart(List.of(
                                new FunnelChart.Step("Faits lus", steps.facts()),
                                new FunnelChart.Step("Dans la population", steps.population()),
                                new FunnelChart.Step("Fenêtre entièrement observée", steps.observed()),
                                new FunnelChart.Step("Comptés (après exclusions)", steps.kept()),
                                new FunnelChart.Step("Au numérateur", steps.reached())))
                        .svg(section.anchor() + "-entonnoir", "Étapes de " + section.code(), sentence),
                sentence,
                table,
                "Chaque barre est contenue dans la précédente\u202F; le tableau donne le motif de chaque départ.");
    }

    private Element departements(String period, List<ShownValue> departements) {
        List<DotPlot.DotRow> rows = new ArrayList<>();
        rows.add(new DotPlot.DotRow("Ensemble", overall.orElseThrow(), true));
        Stream.of("REGION", "DEPARTEMENT", "INCONNU")
                .flatMap(type -> values.territoires(section.code(), type, period, section.unit()).stream())
                .forEach(value -> rows.add(new DotPlot.DotRow(value.row().territoireLibelle(), value, false)));
        String sentence = sentences.departements(departements, overall);
        String words = FrenchFormat.period(period);
        DataTable table = DataTable.ofValues(section.code() + " par département, " + words, "Territoire");
        rows.forEach(row -> table.valueRow(row.name(), row.value()));
        DotPlot plot = new DotPlot(rows, section.unit(), DotPlot.Names.BESIDE);
        return figure(
                "Par département, " + words,
                plot.svg(section.anchor() + "-departements", section.code() + " par département", sentence),
                sentence,
                table,
                "Ordre des noms, sans classement. " + plot.key("ensemble"));
    }

    private Element map(String period, List<ShownValue> departements) {
        String words = FrenchFormat.period(period);
        String sentence = "Chaque département porte sa valeur\u00A0; les noms et les effectifs sont dans le tableau.";
        DataTable table = DataTable.ofValues("Carte de " + section.code() + ", " + words, "Département");
        departements.forEach(value ->
                table.valueRow(value.row().territoireCode() + " " + value.row().territoireLibelle(), value));
        return figure(
                "Carte, " + words,
                new TerritoryMap(departements, section.unit())
                        .svg(section.anchor() + "-carte", "Carte de " + section.code() + " par département", sentence),
                sentence,
                table,
                "Plus foncé\u00A0: valeur plus haute. Hachures\u00A0: moins de 10, à interpréter avec prudence.");
    }

    private Optional<Element> cpts(String period) {
        List<ShownValue> cpts = values.territoires(section.code(), "CPTS", period, section.unit());
        if (cpts.isEmpty()) {
            return Optional.empty();
        }
        DataTable table = DataTable.ofValues(
                section.code() + " par CPTS (communes illustratives), " + FrenchFormat.period(period), "CPTS");
        cpts.forEach(value -> table.valueRow(value.row().territoireLibelle(), value));
        return Optional.of(Element.of("details")
                .attr("class", "cpts")
                .add(
                        Element.of(
                                "summary",
                                "Par CPTS, communes illustratives ("
                                        + FrenchFormat.plural(cpts.size(), "territoire", "territoires") + ")"),
                        Element.of(
                                "p",
                                "Une commune peut relever de plusieurs CPTS ou d’aucune\u00A0: leur somme n’est pas le total du département."),
                        table.element()));
    }

    /** A chart never comes without its sentence and its table. */
    private static Element figure(String title, Element chart, String sentence, DataTable table, String key) {
        return Element.of("div")
                .attr("class", "block")
                .add(
                        Element.of("h3", title),
                        Element.of("figure")
                                .add(
                                        Element.of("figcaption").add(Element.of("p", sentence)),
                                        chart,
                                        Element.of("p", key).attr("class", "key"),
                                        Element.of("details")
                                                .add(Element.of("summary", "Tableau des données"), table.element())));
    }
}
