package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.dashboards.FrenchFormat;
import fr.vigie.intake.Mapping;
import fr.vigie.intake.MappingTrial;
import fr.vigie.intake.MappingTrial.Remark;
import fr.vigie.intake.MappingTrial.ShownCell;
import fr.vigie.intake.MappingTrial.TriedFeed;
import fr.vigie.schema.FeedContract;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.commons.text.WordUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie mapping}: what a mapping makes of a foreign file, before anything is loaded. It opens neither the database nor Spark. */
@Command(
        name = "mapping",
        description = "essaie la correspondance d’un export étranger : try",
        subcommands = MappingCommand.Try.class)
final class MappingCommand implements Callable<Integer> {

    private static final int REFUSED = 3;
    private static final int MOST_ROWS = 100;
    private static final int WIDTH = 120;
    private static final Map<String, String> LEVELS =
            Map.of("E", "À corriger", "A", "À regarder", "I", "Pour information");

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        throw Failure.usage(
                "Dites quoi faire de la correspondance\u202f: vigie mapping try FICHIER --mapping CORRESPONDANCE.");
    }

    /** {@code vigie mapping try}. */
    @Command(
            name = "try",
            description = {
                "montre ce qu’une correspondance fait d’un fichier : les premières lignes avant et après, puis ce qui"
                        + " n’a pas été compris de tout le fichier.",
                "Rien n’est chargé. Les identifiants, noms et naissances sont masqués.",
                "Codes de fin : 0 le fichier serait reçu, 2 la correspondance est à corriger, 3 le fichier serait"
                        + " refusé."
            })
    static final class Try implements Callable<Integer> {

        @Parameters(paramLabel = "FICHIER", description = "l’export étranger : un fichier, un dossier ou une archive")
        private Path file = Path.of("");

        @Option(
                names = "--mapping",
                paramLabel = "FICHIER",
                required = true,
                description = "la correspondance à essayer (YAML)")
        private Path mapping = Path.of("");

        @Option(
                names = "--rows",
                paramLabel = "N",
                defaultValue = "3",
                description = "lignes montrées pour chaque flux (défaut : 3)")
        private int rows = 3;

        @Option(
                names = "--complete-to",
                paramLabel = "DATE",
                description = "jour jusqu’auquel la source est complète, comme pour load (défaut : aujourd’hui)")
        private @Nullable String completeTo;

        @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
        private @Nullable Format format;

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            if (rows < 0 || rows > MOST_ROWS) {
                throw Failure.usage("--rows attend un nombre de lignes entre 0 et " + MOST_ROWS + ".");
            }
            if (!Files.exists(file)) {
                throw Failure.usage("Fichier introuvable\u202f: " + file + ". Vérifiez le chemin.");
            }
            LocalDate day = completeTo == null ? LocalDate.now(StopDates.PARIS) : Words.day(completeTo);
            Mapping read = WritingCommand.read(mapping);
            List<TriedFeed> tried = new MappingTrial(read, FeedContract.all(), day, rows).of(file);
            if (tried.isEmpty()) {
                throw Failure.usage("La correspondance " + mapping
                        + " laisse ce fichier de côté (ignored_files)\u202f: il n’y a rien à montrer.");
            }
            if (CommonOptions.format(format) == Format.table) {
                tried.forEach(one -> describe(one, System.out));
            } else {
                Output.print(flat(tried), CommonOptions.format(format), System.out);
            }
            tried.forEach(Try::conclude);
            return tried.stream().anyMatch(one -> one.refusal().isPresent()) ? REFUSED : 0;
        }

        private static void describe(TriedFeed tried, PrintStream out) {
            out.println("── " + title(tried) + " ──");
            if (!tried.cells().isEmpty()) {
                List<List<@Nullable Object>> cells = new ArrayList<>();
                long line = 0;
                for (ShownCell cell : tried.cells()) {
                    cells.add(row(
                            cell.line() == line ? null : cell.line(),
                            cell.column(),
                            cell.before(),
                            cell.after(),
                            cell.codes()));
                    line = cell.line();
                }
                out.println();
                Output.print(
                        new Output.Rows(List.of("ligne", "colonne", "avant", "après", "constat"), cells),
                        Format.table,
                        out);
            }
            tell(tried.remarks(), out);
            if (!tried.unused().isEmpty()) {
                out.println();
                paragraph(
                        "Colonnes du fichier qu’aucun flux ne lit\u202f: " + String.join(", ", tried.unused()) + ".",
                        out);
            }
            out.println();
        }

        /** One paragraph for each thing to say, with the values that call for it. */
        private static void tell(List<Remark> remarks, PrintStream out) {
            Map<String, List<Remark>> groups = new LinkedHashMap<>();
            remarks.forEach(one -> groups.computeIfAbsent(
                            one.level() + "\n" + one.column() + "\n" + one.code() + "\n" + one.message(),
                            group -> new ArrayList<>())
                    .add(one));
            for (List<Remark> group : groups.values()) {
                Remark first = group.get(0);
                long count = group.stream().mapToLong(Remark::count).sum();
                String where = first.column()
                        + (count == 0
                                ? ""
                                : (first.column().isEmpty() ? "" : ", ")
                                        + FrenchFormat.plural(count, "ligne", "lignes")
                                        + " à partir de la ligne " + first.line());
                out.println();
                paragraph(
                        LEVELS.get(first.level()) + (where.isEmpty() ? "" : "\u202f: " + where) + ". " + first.message()
                                + " [" + first.code() + "]",
                        out);
                String values = group.stream()
                        .filter(one -> !one.value().isEmpty())
                        .map(one -> "«\u00a0" + one.value() + "\u00a0»"
                                + (one.count() == 0 ? "" : "\u00a0×\u00a0" + one.count()))
                        .collect(Collectors.joining(", "));
                if (!values.isEmpty()) {
                    paragraph("    " + values, out);
                }
            }
        }

        private static void paragraph(String text, PrintStream out) {
            out.println(WordUtils.wrap(text, WIDTH, System.lineSeparator() + "    ", false));
        }

        private static String title(TriedFeed tried) {
            return tried.file() + (tried.feed().isEmpty() ? "" : " → " + tried.feed());
        }

        /** The verdict, for people. */
        private static void conclude(TriedFeed tried) {
            String counts = FrenchFormat.plural(tried.read(), "ligne lue", "lignes lues") + ", "
                    + FrenchFormat.plural(tried.rejected(), "rejetée", "rejetées");
            System.err.println(title(tried) + "\u202f: "
                    + tried.refusal().map(why -> "serait REFUSÉ. " + why).orElse("serait reçu (" + counts + ")."));
        }

        /** One table of all of it, for programs: first the values shown, then the remarks, which alone have a level. */
        private static Output.Rows flat(List<TriedFeed> tried) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (TriedFeed one : tried) {
                for (ShownCell cell : one.cells()) {
                    rows.add(row(
                            one.file(),
                            one.feed(),
                            cell.line(),
                            cell.column(),
                            cell.before(),
                            cell.after(),
                            "",
                            cell.codes(),
                            "",
                            null));
                }
                for (Remark remark : one.remarks()) {
                    rows.add(row(
                            one.file(),
                            one.feed(),
                            positive(remark.line()),
                            remark.column(),
                            remark.value(),
                            "",
                            remark.level(),
                            remark.code(),
                            remark.message(),
                            positive(remark.count())));
                }
                for (String name : one.unused()) {
                    rows.add(row(
                            one.file(),
                            one.feed(),
                            null,
                            "",
                            name,
                            "",
                            "I",
                            "COLONNE_NON_LUE",
                            "Colonne du fichier qu’aucun flux ne lit.",
                            null));
                }
                one.refusal()
                        .ifPresent(why -> rows.add(
                                row(one.file(), one.feed(), null, "", "", "", "E", "FICHIER_REFUSE", why, null)));
            }
            return new Output.Rows(
                    List.of(
                            "fichier", "flux", "ligne", "colonne", "avant", "apres", "niveau", "code", "message",
                            "nombre"),
                    rows);
        }

        private static @Nullable Long positive(long count) {
            return count == 0 ? null : count;
        }

        private static List<@Nullable Object> row(@Nullable Object... cells) {
            return Arrays.asList(cells);
        }
    }
}
