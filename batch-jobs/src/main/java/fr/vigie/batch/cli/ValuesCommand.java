package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.publication.PublicationReader;
import fr.vigie.batch.publication.PublicationReader.Computable;
import fr.vigie.batch.publication.PublicationReader.Publication;
import fr.vigie.batch.publication.PublicationReader.Question;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.dashboards.FrenchFormat;
import fr.vigie.dashboards.PublicationStamp;
import fr.vigie.dashboards.ValueChange;
import fr.vigie.dashboards.ValueChanges;
import fr.vigie.dashboards.ValueRow;
import fr.vigie.dashboards.ValueUnit;
import fr.vigie.dashboards.ValuesWorkbook;
import fr.vigie.indicators.Catalogue;
import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.AccessPolicy.Audience;
import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie values}: published values. */
@Command(name = "values", description = "valeurs publiées")
final class ValuesCommand implements Callable<Integer> {

    @Option(names = "--indicator", paramLabel = "CODE", description = "indicateur : CODE, CODE/variante ou CODE/*")
    private List<String> indicators = new ArrayList<>();

    @Option(
            names = "--territory",
            paramLabel = "TYPE:CODE",
            description = "territoire, par exemple DEPARTEMENT:34 ou ENSEMBLE")
    private List<String> territories = new ArrayList<>();

    @Option(
            names = "--period",
            paramLabel = "PÉRIODE",
            description = "période : 2026-02, 2026-T1, 2026-S1, 2026, 2026-02/12M")
    private List<String> periods = new ArrayList<>();

    @Option(names = "--by", paramLabel = "DIM[,DIM]", description = "ajoute les lignes ventilées")
    private List<String> breakdowns = new ArrayList<>();

    @Option(names = "--publication", paramLabel = "N", description = "une publication plus ancienne, par son numéro")
    private @Nullable Integer publication;

    @Option(
            names = "--audience",
            paramLabel = "interne|partenaire|public",
            description = "lecteur (défaut : interne ; un classeur xlsx le demande)")
    private @Nullable String audience;

    @Option(names = "--with-change", description = "ajoute l’évolution depuis la période précédente et en un an")
    private boolean withChange;

    @Option(names = "--format", paramLabel = "table|csv|json|xlsx", description = "présentation")
    private @Nullable Format format;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        List<String[]> places = territories.stream().map(Words::territory).toList();
        periods.forEach(Words::period);
        List<List<String>> dimensions =
                breakdowns.stream().map(Words::dimensions).toList();
        Audience reader = reader();
        if (format == Format.xlsx && "1".equals(System.getenv("VIGIE_TERMINAL_OUT"))) {
            throw Failure.usage(
                    "Un classeur ne s’affiche pas dans un terminal\u202f: écrivez par exemple «\u00a0vigie values --format xlsx --audience partenaire > valeurs-partenaire.xlsx\u00a0».");
        }
        List<String> strangers = indicators.stream()
                .filter(key -> !PublicationCommand.isInCatalogue(key))
                .toList();
        // A code of a folder of definitions is only known by the publication that it made.
        if (!strangers.isEmpty() && !common.hasDatabase()) {
            throw PublicationCommand.unknown(strangers.get(0));
        }
        PublicationReader values = PublicationCommand.values(common, publication);
        if (!strangers.isEmpty() && values.current().isEmpty()) {
            throw PublicationCommand.unknown(strangers.get(0));
        }
        Publication asked = PublicationCommand.publication(values, publication);
        Map<String, Computable> published = values.indicators(asked.number());
        for (String key : strangers) {
            if (!PublicationCommand.isPublished(published, key)) {
                throw PublicationCommand.unknown(key);
            }
        }
        places.forEach(place -> PublicationCommand.checkTerritory(values, asked, place));
        Set<String> keys = keys(published);
        Selection selection =
                new Selection(values, asked, reader, keys, places, dimensions, published, CommonOptions.format(format));
        if (selection.format() == Format.xlsx || withChange) {
            printTogether(selection);
        } else {
            printRowByRow(selection);
        }
        return 0;
    }

    /** What was asked for, checked against what is published. */
    private record Selection(
            PublicationReader values,
            Publication publication,
            Audience reader,
            Set<String> keys,
            List<String[]> places,
            List<List<String>> dimensions,
            Map<String, Computable> published,
            Format format) {

        Question over(List<String> periods) {
            return new Question(List.copyOf(keys), places, periods, dimensions);
        }
    }

    private void printRowByRow(Selection asked) {
        boolean isExact = !asked.keys().isEmpty() && !asked.places().isEmpty() && !periods.isEmpty();
        Set<List<String>> found = new HashSet<>();
        try (RowPrinter printer = new RowPrinter(asked, Optional.empty())) {
            asked.values()
                    .read(
                            asked.publication().number(),
                            asked.over(periods),
                            asked.reader().code(),
                            row -> {
                                if (isExact && row.ventilation().isEmpty()) {
                                    found.add(whole(row));
                                }
                                printer.add(row);
                            });
            missing(found, asked).forEach(printer::add);
        }
    }

    /** Prints rows, and says at the end when figures went out that are not to go further. */
    private final class RowPrinter implements AutoCloseable {

        private final Output.Printer printer;
        private final Selection asked;
        private final Optional<ValueChanges> changes;
        private final Set<String> codes = new HashSet<>();
        private boolean hasToldAFigure;

        RowPrinter(Selection asked, Optional<ValueChanges> changes) {
            this.printer = Output.printer(columns(), asked.format(), System.out);
            this.asked = asked;
            this.changes = changes;
        }

        void add(ValueRow row) {
            printer.add(cells(row, changes, asked.format()));
            codes.add(PublicationCommand.code(row.indicateur()));
            hasToldAFigure |= row.isShown();
        }

        @Override
        public void close() {
            printer.close();
            PublicationCommand.tellMentions(asked.published(), codes::contains);
            if (hasToldAFigure && !asked.reader().isMasked()) {
                PublicationCommand.warnOfHandingOn(
                        asked.format(),
                        FrenchFormat.capitalised(asked.reader().mention())
                                + ". Pour transmettre : --audience partenaire ou public.");
            }
        }
    }

    /** A workbook, and what a row is compared with, take all the rows at once. */
    private void printTogether(Selection asked) throws IOException {
        Publication publication = asked.publication();
        List<ValueRow> compared = asked.values()
                .values(
                        publication.number(),
                        asked.over(withChange ? comparedPeriods() : periods),
                        asked.reader().code());
        Optional<ValueChanges> changes = withChange
                ? Optional.of(new ValueChanges(compared, key -> unit(asked.published(), key)))
                : Optional.empty();
        List<ValueRow> rows = new ArrayList<>(compared.stream()
                .filter(row -> periods.isEmpty() || periods.contains(row.periode()))
                .toList());
        Set<List<String>> found = rows.stream()
                .filter(row -> row.ventilation().isEmpty())
                .map(ValuesCommand::whole)
                .collect(Collectors.toSet());
        rows.addAll(missing(found, asked));
        if (asked.format() == Format.xlsx) {
            PublicationStamp stamp = new PublicationStamp(
                    publication.number(),
                    LocalDateTime.ofInstant(publication.asOf(), StopDates.PARIS),
                    publication.print());
            if (rows.size() > ValuesWorkbook.MOST_ROWS) {
                throw Failure.of("Un classeur tient au plus " + FrenchFormat.integer(ValuesWorkbook.MOST_ROWS)
                        + " lignes, et il en faudrait " + FrenchFormat.integer(rows.size())
                        + "\u202f: restreignez avec --indicator, --territory ou --period, ou prenez --format csv.");
            }
            ValuesWorkbook.write(System.out, stamp, asked.reader(), rows, key -> unit(asked.published(), key), changes);
            System.out.flush();
            Set<String> codes = rows.stream()
                    .map(row -> PublicationCommand.code(row.indicateur()))
                    .collect(Collectors.toSet());
            PublicationCommand.tellMentions(asked.published(), codes::contains);
            return;
        }
        try (RowPrinter printer = new RowPrinter(asked, changes)) {
            rows.forEach(printer::add);
        }
    }

    private static List<String> whole(ValueRow row) {
        return List.of(row.indicateur(), row.territoireType(), row.territoireCode(), row.periode());
    }

    /** Who will read: the house, unless it is said otherwise. A workbook is made to leave it, and nobody is to guess for whom. */
    private Audience reader() {
        Map<String, Audience> known = AccessPolicy.read().audiences();
        if (audience == null && format == Format.xlsx) {
            throw Failure.usage(FrenchFormat.typeset(
                    "Un classeur est fait pour être transmis : dites à qui avec --audience. Au choix : "
                            + known.values().stream()
                                    .map(one -> one.code() + " (" + one.mention() + ")")
                                    .collect(Collectors.joining(", "))
                            + "."));
        }
        Audience reader = known.get(audience == null ? PublicationReader.EVERYTHING : audience);
        if (reader == null) {
            throw Failure.usage("Lecteur inconnu\u202f: «\u00a0" + audience + "\u00a0». Connus\u00a0: "
                    + String.join(", ", known.keySet()) + ".");
        }
        return reader;
    }

    /** The periods asked for, and those that they are compared with. */
    private List<String> comparedPeriods() {
        return periods.stream().flatMap(ValueChanges::compared).distinct().toList();
    }

    private static Optional<ValueUnit> unit(Map<String, Computable> published, String key) {
        return Optional.ofNullable(published.get(PublicationCommand.code(key))).flatMap(one -> one.unit(key));
    }

    /** The exact readings asked for, the alias of an official one replaced by it. */
    private Set<String> keys(Map<String, Computable> published) {
        Set<String> keys = new LinkedHashSet<>();
        Catalogue catalogue = Catalogue.read(Optional.empty());
        for (String key : indicators) {
            String code = PublicationCommand.code(key);
            if (key.endsWith("/*")) {
                keys.add(code);
                Computable one = published.get(code);
                if (one != null) {
                    one.variants().forEach(variant -> keys.add(code + "/" + variant));
                }
            } else {
                keys.add(catalogue.variant(key).map(variant -> variant.key()).orElse(key));
            }
        }
        return keys;
    }

    /** Asked for by exact code, territory and period, a missing value is a row that says why it is missing (contrat.md 4). */
    private List<ValueRow> missing(Set<List<String>> found, Selection asked) {
        List<ValueRow> rows = new ArrayList<>();
        for (String key : asked.keys()) {
            for (String[] place : asked.places()) {
                for (String period : periods) {
                    if (!found.contains(List.of(key, place[0], place[1], period))) {
                        Computable one = asked.published().get(PublicationCommand.code(key));
                        boolean isComputable = one != null && one.missingFeeds().isEmpty();
                        boolean isOpen = asked.reader().mayAsk(place[0], periodKind(period));
                        rows.add(new ValueRow(
                                key,
                                one == null ? 1 : one.version(),
                                place[0],
                                place[1],
                                asked.values()
                                        .territoryName(asked.publication().number(), place[0], place[1])
                                        .orElse(place[1]),
                                period,
                                "",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "SANS_OBJET",
                                !isComputable ? "ND" : isOpen ? "SO" : "SEC",
                                asked.publication().number()));
                    }
                }
            }
        }
        return rows;
    }

    private static String periodKind(String period) {
        if (period.endsWith("/12M")) {
            return "GLISSANT";
        }
        return switch (period.length()) {
            case 4 -> "ANNEE";
            default -> period.charAt(5) == 'T' ? "TRIMESTRE" : period.charAt(5) == 'S' ? "SEMESTRE" : "MOIS";
        };
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(WorkerResult.VALUE_COLUMNS);
        columns.add("publication");
        if (withChange) {
            columns.addAll(columns.indexOf("valeur") + 1, List.of("evolution_precedente", "evolution_an"));
        }
        return columns;
    }

    private static List<@Nullable Object> cells(ValueRow row, Optional<ValueChanges> changes, Format chosen) {
        List<@Nullable Object> line = new ArrayList<>();
        line.add(row.indicateur());
        line.add((long) row.version());
        line.add(row.territoireType());
        line.add(row.territoireCode());
        line.add(row.territoireLibelle());
        line.add(row.periode());
        line.add(row.ventilation());
        line.add(row.numerateur());
        line.add(row.denominateur());
        line.add(row.valeur());
        changes.ifPresent(known -> {
            line.add(cell(known.fromBefore(row), chosen));
            line.add(cell(known.fromYearBefore(row), chosen));
        });
        line.add(row.icBas());
        line.add(row.icHaut());
        line.add(row.cible());
        line.add(row.verdict());
        line.add(row.statut());
        line.add((long) row.publication());
        return line;
    }

    /** A number for programs; words with their unit for people. */
    private static @Nullable Object cell(Optional<ValueChange> change, Format format) {
        if (change.isEmpty()) {
            return null;
        }
        return format == Format.table ? change.get().words() : change.get().amount();
    }
}
