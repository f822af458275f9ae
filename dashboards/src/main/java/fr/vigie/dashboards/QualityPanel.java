package fr.vigie.dashboards;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** What was read, kept, rejected and warned about: what the figures above stand on. */
final class QualityPanel {

    private final List<FeedQuality> feeds;
    private final List<RejectCount> rejects;

    QualityPanel(List<FeedQuality> feeds, List<RejectCount> rejects) {
        this.feeds = feeds;
        this.rejects = rejects;
    }

    List<Element> elements() {
        return rejects.isEmpty()
                ? List.of(Element.of("p", sentence()), feedTable(), Element.of("p", "Aucun contrôle n’a parlé."))
                : List.of(Element.of("p", sentence()), feedTable(), rejectTable());
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
