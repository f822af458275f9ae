package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.demonstration.DemonstrationGenerator;
import fr.vigie.batch.publication.PublishedValues;
import fr.vigie.batch.publication.PublishedValues.Publication;
import fr.vigie.batch.publication.PublishedValues.Question;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.registre.Entry;
import fr.vigie.batch.registre.Ledger;
import fr.vigie.dashboards.DemonstrationContent;
import fr.vigie.dashboards.DemonstrationPage;
import fr.vigie.dashboards.FeedQuality;
import fr.vigie.dashboards.FrenchFormat;
import fr.vigie.dashboards.IndicatorSection;
import fr.vigie.dashboards.PublicationStamp;
import fr.vigie.dashboards.RejectCount;
import fr.vigie.dashboards.ValueRow;
import fr.vigie.dashboards.ValueUnit;
import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Measure;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the demonstration ends with: the main indicators against their targets, and a page to open in a browser. */
final class DemonstrationReport {

    private final CommonOptions common;

    DemonstrationReport(CommonOptions common) {
        this.common = common;
    }

    void tell() {
        JdbcClient jdbc = common.open().reader();
        PublishedValues values = new PublishedValues(jdbc);
        Publication publication = ReadingCommand.publication(values, null);
        Catalogue catalogue = Catalogue.read(Optional.empty());
        List<ValueRow> rows =
                values.values(publication.number(), new Question(List.of(), List.of(), List.of(), List.of())).stream()
                        .filter(row -> List.of("ENSEMBLE", "INCONNU", "REGION", "DEPARTEMENT", "CPTS")
                                .contains(row.territoireType()))
                        .toList();
        table(catalogue, rows);
        Path page = common.home().root().resolve("demonstration.html");
        try {
            Files.writeString(page, DemonstrationPage.render(content(jdbc, publication, catalogue, rows)));
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

    /** The last finished quarter of the whole, one row per reading. */
    private static void table(Catalogue catalogue, List<ValueRow> rows) {
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (Definition definition : catalogue.definitions()) {
            definition
                    .variants()
                    .forEach(variant -> rows.stream()
                            .filter(row -> row.indicateur().equals(variant.key())
                                    && row.territoireType().equals("ENSEMBLE")
                                    && row.statut().equals("PUBLIE")
                                    && row.periode().contains("-T"))
                            .max(Comparator.comparing(ValueRow::periode))
                            .ifPresent(row -> {
                                List<@Nullable Object> line = new ArrayList<>();
                                line.add(row.indicateur());
                                line.add(variant.label());
                                line.add(FrenchFormat.period(row.periode()));
                                line.add(row.numerateur()
                                        + (row.denominateur() == null ? "" : " / " + row.denominateur()));
                                line.add(unit(variant.measure()).shown(row.valeur()));
                                line.add(row.cible() == null ? "" : row.cible());
                                line.add(
                                        row.verdict().equals("ATTEINTE")
                                                ? "✓ atteinte"
                                                : row.verdict().equals("NON_ATTEINTE") ? "✗ non atteinte" : "–");
                                cells.add(line);
                            }));
        }
        Output.print(
                new Output.Rows(List.of("indicateur", "libelle", "periode", "n", "valeur", "cible", "verdict"), cells),
                Output.Format.table,
                System.out);
    }

    private enum Unit {
        POURCENT("\u00a0%"),
        HEURES("\u00a0h"),
        JOURS("\u00a0j"),
        EFFECTIF("");

        private final String suffix;

        Unit(String suffix) {
            this.suffix = suffix;
        }

        private String shown(java.math.@Nullable BigDecimal value) {
            return value == null
                    ? "s.o."
                    : FrenchFormat.number(value.setScale(1, java.math.RoundingMode.HALF_UP)) + suffix;
        }
    }

    private static Unit unit(Measure measure) {
        return Unit.valueOf(ValueUnit.of(measure).name());
    }

    private static DemonstrationContent content(
            JdbcClient jdbc, Publication publication, Catalogue catalogue, List<ValueRow> rows) {
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
                            .map(variant -> new IndicatorSection.Reading(variant.name(), variant.label()))
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
        List<RejectCount> rejects = jdbc.sql("SELECT r.code, r.niveau, min(r.message), count(*) FROM registre.rejet r"
                        + " JOIN registre.livraison l ON l.id = r.livraison WHERE l.statut = 'CHARGE'"
                        + " GROUP BY r.code, r.niveau ORDER BY count(*) DESC, r.code COLLATE \"C\"")
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
                List.copyOf(feeds.values()),
                rejects);
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
