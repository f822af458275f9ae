package fr.vigie.dashboards;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was read, kept, rejected and warned about: what the figures above stand on. */
final class QualityPanel {

    private final List<FeedQuality> feeds;
    private final List<RejectCount> rejects;
    private final List<IndicatorSection> sections;
    private final List<FunnelCount> funnels;

    QualityPanel(
            List<FeedQuality> feeds,
            List<RejectCount> rejects,
            List<IndicatorSection> sections,
            List<FunnelCount> funnels) {
        this.feeds = feeds;
        this.rejects = rejects;
        this.sections = sections;
        this.funnels = funnels;
    }

    List<Element> elements() {
        List<Element> elements = new ArrayList<>(List.of(Element.of("p", sentence()), feedTable()));
        elements.add(rejects.isEmpty() ? Element.of("p", "Aucun contrôle n’a parlé.") : rejectTable());
        maturityTable().ifPresent(elements::add);
        return elements;
    }

    private String sentence() {
        long read = feeds.stream().mapToLong(FeedQuality::lues).sum();
        long rejected = feeds.stream().mapToLong(FeedQuality::rejetees).sum();
        return "Sur " + FrenchFormat.plural(read, "ligne lue", "lignes lues") + ", "
                + FrenchFormat.plural(rejected, "est rejetée", "sont rejetées") + " ("
                + FrenchFormat.percent(rejected, read)
                + "). Chaque ligne lue est soit gardée, soit rejetée avec son motif.";
    }

    private Element feedTable() {
        DataTable table = new DataTable(
                "Lignes reçues, par flux",
                "Flux",
                "Lues",
                "Gardées",
                "Rejetées",
                "Part rejetée",
                "Avertissements",
                "Complet jusqu’au");
        feeds.stream()
                .sorted(Comparator.comparing(FeedQuality::flux, FrenchFormat.byFrenchName()))
                .forEach(feed -> table.row(
                        feed.flux(),
                        FrenchFormat.integer(feed.lues()),
                        FrenchFormat.integer(feed.gardees()),
                        FrenchFormat.integer(feed.rejetees()),
                        FrenchFormat.percent(feed.rejetees(), feed.lues()),
                        FrenchFormat.integer(feed.avertissements()),
                        completeness(feed)));
        return table.element();
    }

    private static String completeness(FeedQuality feed) {
        LocalDate date = feed.completJusquAu();
        return date == null ? "s.o. (référentiel)" : FrenchFormat.shortDate(date);
    }

    /** How much of each indicator cannot be told yet, or cannot be told at all. */
    private Optional<Element> maturityTable() {
        if (funnels.isEmpty()) {
            return Optional.empty();
        }
        DataTable table = new DataTable(
                "Faits encore en cours d’observation ou indéterminés, par indicateur, "
                        + FrenchFormat.period(funnels.get(0).periode()),
                "Indicateur",
                "Dans la population",
                "En cours",
                "Part en cours",
                "Comptés",
                "Indéterminés",
                "Part indéterminée");
        for (IndicatorSection section : sections) {
            Funnel.of(section.code(), funnels)
                    .ifPresent(funnel -> table.row(
                            section.code(),
                            FrenchFormat.integer(funnel.population()),
                            FrenchFormat.integer(funnel.immature()),
                            FrenchFormat.percent(funnel.immature(), funnel.population()),
                            FrenchFormat.integer(funnel.kept()),
                            FrenchFormat.integer(funnel.indeterminate()),
                            FrenchFormat.percent(funnel.indeterminate(), funnel.kept())));
        }
        return Optional.of(table.element());
    }

    private Element rejectTable() {
        DataTable table = new DataTable("Ce que les contrôles ont dit, par code", "Code", "Niveau", "Sens", "Lignes");
        rejects.stream()
                .sorted(Comparator.comparing(RejectCount::niveau, Comparator.comparing("EAI"::indexOf))
                        .thenComparing(RejectCount::code))
                .forEach(reject -> table.row(
                        reject.code(), reject.niveauWords(), reject.message(), FrenchFormat.integer(reject.lignes())));
        return table.element();
    }
}
