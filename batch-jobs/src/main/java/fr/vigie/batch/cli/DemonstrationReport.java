package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.publication.PublicationReader;
import fr.vigie.batch.publication.PublicationReader.Publication;
import fr.vigie.batch.publication.PublicationReader.Question;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.registre.Entry;
import fr.vigie.batch.registre.Ledger;
import fr.vigie.dashboards.Breakdown;
import fr.vigie.dashboards.DemonstrationContent;
import fr.vigie.dashboards.DemonstrationPage;
import fr.vigie.dashboards.FeedQuality;
import fr.vigie.dashboards.FrenchFormat;
import fr.vigie.dashboards.FunnelCount;
import fr.vigie.dashboards.IndicatorSection;
import fr.vigie.dashboards.PublicationStamp;
import fr.vigie.dashboards.RejectCount;
import fr.vigie.dashboards.ShownValue;
import fr.vigie.dashboards.ValueRow;
import fr.vigie.dashboards.ValueUnit;
import fr.vigie.demonstration.DemonstrationGenerator;
import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Variant;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the demonstration ends with: the main indicators against their targets, and a page to open in a browser. */
final class DemonstrationReport {

    /** What the page tells apart, beside the totals. */
    private static final List<List<String>> BREAKDOWNS =
            List.of(List.of("age"), List.of("pathologie"), List.of("regle"));

    private final CommonOptions common;

    DemonstrationReport(CommonOptions common) {
        this.common = common;
    }

    void tell() {
        JdbcClient jdbc = common.open().snapshot();
        PublicationReader values = new PublicationReader(jdbc);
        Publication publication = PublicationCommand.publication(values, null);
        Catalogue catalogue = Catalogue.read(Optional.empty());
        Set<String> departements = DemonstrationGenerator.departements();
        List<ValueRow> rows = new ArrayList<>();
        String[] whole = {"ENSEMBLE", "ENSEMBLE"};
        values.read(
                publication.number(),
                new Question(List.of(), List.<String[]>of(whole), List.of(), BREAKDOWNS),
                PublicationReader.EVERYTHING,
                rows::add);
        values.read(
                publication.number(),
                new Question(List.of(), List.of(), List.of(), List.of()),
                PublicationReader.EVERYTHING,
                row -> {
                    if (isOnThePage(row, departements)) {
                        rows.add(row);
                    }
                });
        table(catalogue, rows);
        Path page = common.home().root().resolve("demonstration.html");
        try {
            Files.writeString(page, DemonstrationPage.render(content(jdbc, values, publication, catalogue, rows)));
        } catch (IOException problem) {
            throw Failure.of(
                    "La page n’a pas pu être écrite dans " + page + "\u202f: vérifiez la place disponible.", problem);
        }
        System.err.println();
        System.err.println(DemonstrationGenerator.MENTION);
        System.err.println("Page à ouvrir dans un navigateur\u202f: " + page);
        System.err.println(
                "Pour aller plus loin\u202f: vigie values --indicator CAD-01 --territory REGION:76 --by age");
    }

    /** People who live elsewhere are in the whole only: thirty départements with one passage each would hide the thirteen. */
    private static boolean isOnThePage(ValueRow row, Set<String> departements) {
        return switch (row.territoireType()) {
            case "REGION" -> row.territoireCode().equals(DemonstrationGenerator.REGION);
            case "DEPARTEMENT" -> departements.contains(row.territoireCode());
            case "CPTS", "INCONNU" -> true;
            default -> false;
        };
    }

    /** The last finished quarter of the whole, one row per indicator: the page holds the other readings. */
    private static void table(Catalogue catalogue, List<ValueRow> rows) {
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (Definition definition : catalogue.definitions()) {
            Variant official = definition.official();
            rows.stream()
                    .filter(row -> row.indicateur().equals(definition.code())
                            && row.ventilation().isEmpty()
                            && row.territoireType().equals("ENSEMBLE")
                            && row.statut().equals("PUBLIE")
                            && row.periode().contains("-T"))
                    .max(Comparator.comparing(ValueRow::periode))
                    .ifPresent(row -> {
                        List<@Nullable Object> line = new ArrayList<>();
                        line.add(row.indicateur());
                        line.add(definition.label());
                        line.add(FrenchFormat.period(row.periode()));
                        ShownValue shown = new ShownValue(row, ValueUnit.of(official.measure()));
                        line.add(shown.counts());
                        line.add(shown.value());
                        line.add(shown.targetWords().orElse("sans cible"));
                        line.add(
                                row.verdict().equals("ATTEINTE")
                                        ? "✓ atteinte"
                                        : row.verdict().equals("NON_ATTEINTE") ? "✗ non atteinte" : "–");
                        cells.add(line);
                    });
        }
        Output.print(
                new Output.Rows(List.of("indicateur", "libelle", "periode", "n", "valeur", "cible", "verdict"), cells),
                Output.Format.table,
                System.out);
    }

    private static DemonstrationContent content(
            JdbcClient jdbc,
            PublicationReader values,
            Publication publication,
            Catalogue catalogue,
            List<ValueRow> rows) {
        List<IndicatorSection> sections = new ArrayList<>();
        for (Definition definition : catalogue.definitions()) {
            sections.add(new IndicatorSection(
                    definition.code(),
                    definition.label(),
                    definition.question(),
                    ValueUnit.of(definition.official().measure()),
                    definition.official().unit(),
                    IndicatorSection.Direction.valueOf(definition.direction().toUpperCase(Locale.ROOT)),
                    definition.official().target().map(target -> target.text()).orElse(null),
                    definition.feeds().stream().sorted().toList(),
                    definition.variants().stream()
                            .map(variant -> new IndicatorSection.Reading(
                                    variant.name(), variant.label(), ValueUnit.of(variant.measure())))
                            .toList()));
        }
        Map<String, FeedQuality> feeds = new TreeMap<>();
        for (Entry entry : new Ledger(jdbc).counting()) {
            feeds.merge(
                    entry.feed(),
                    new FeedQuality(
                            entry.feed(),
                            entry.read(),
                            entry.kept(),
                            entry.rejected(),
                            entry.warnings(),
                            entry.completeUntil().orElse(null)),
                    DemonstrationReport::sum);
        }
        List<RejectCount> rejects = jdbc.sql(Resources.text("sql/consultation/rejets_par_code.sql"))
                .query((row, index) ->
                        new RejectCount(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)))
                .list();
        return new DemonstrationContent(
                new PublicationStamp(
                        publication.number(),
                        LocalDateTime.ofInstant(publication.asOf(), StopDates.PARIS),
                        publication.print()),
                sections,
                rows,
                breakdowns(jdbc, catalogue),
                funnels(jdbc, values, publication, catalogue),
                List.copyOf(feeds.values()),
                rejects);
    }

    private static Map<String, Breakdown> breakdowns(JdbcClient jdbc, Catalogue catalogue) {
        return Map.of(
                "MT-01", new Breakdown("age", "par âge", "Âge", false, words(jdbc, "age")),
                "MT-02", new Breakdown("pathologie", "par pathologie", "Pathologie", true, words(jdbc, "pathologie")),
                "RUP-00",
                        new Breakdown(
                                "regle",
                                "par règle",
                                "Règle",
                                false,
                                catalogue.ruptures().stream()
                                        .map(rule ->
                                                new Breakdown.Modality(rule.code(), rule.code() + " " + rule.label()))
                                        .sorted(Comparator.comparing(Breakdown.Modality::code))
                                        .toList()));
    }

    private static List<Breakdown.Modality> words(JdbcClient jdbc, String dimension) {
        return jdbc.sql(Resources.text("sql/consultation/modalites.sql"))
                .param(dimension)
                .query((row, index) -> new Breakdown.Modality(row.getString(1), row.getString(2)))
                .list();
    }

    /** Over the year under way, which shows what is not mature yet. */
    private static List<FunnelCount> funnels(
            JdbcClient jdbc, PublicationReader values, Publication publication, Catalogue catalogue) {
        String year = String.valueOf(publication.asOf().atZone(StopDates.PARIS).getYear());
        List<FunnelCount> funnels = new ArrayList<>();
        for (Definition definition : catalogue.definitions()) {
            values.funnel(publication.number(), definition.code(), "ENSEMBLE", "ENSEMBLE", year)
                    .forEach(row -> funnels.add(new FunnelCount(
                            definition.code(), year, row.step(), reason(jdbc, row.reason()), row.count())));
        }
        return funnels;
    }

    private static String reason(JdbcClient jdbc, String code) {
        return jdbc.sql(Resources.text("sql/consultation/motif.sql"))
                .param(code)
                .query(String.class)
                .single();
    }

    private static FeedQuality sum(FeedQuality one, FeedQuality other) {
        LocalDate left = one.completJusquAu();
        LocalDate right = other.completJusquAu();
        return new FeedQuality(
                one.flux(),
                one.lues() + other.lues(),
                one.gardees() + other.gardees(),
                one.rejetees() + other.rejetees(),
                one.avertissements() + other.avertissements(),
                left == null || right == null ? left : left.isBefore(right) ? left : right);
    }
}
