package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.jobs.Order;
import fr.vigie.batch.jobs.Outcome;
import fr.vigie.batch.jobs.WritingJob;
import fr.vigie.batch.worker.WorkerLauncher;
import fr.vigie.indicators.Catalogue;
import fr.vigie.intake.EmptyWords;
import fr.vigie.intake.Mapping;
import fr.vigie.schema.FeedContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the writing commands share: their options and how they tell what they did. */
final class WritingCommand {

    private static final int REFUSED = 3;

    private WritingCommand() {}

    /** How files are taken. */
    static final class LoadingOptions {
        @Option(names = "--feed", paramLabel = "FLUX", description = "flux des fichiers dont le nom ne le dit pas")
        private @Nullable String feed;

        @Option(names = "--mapping", paramLabel = "FICHIER", description = "correspondance d’un export étranger (YAML)")
        private @Nullable Path mapping;

        @Option(names = "--source", paramLabel = "NOM", description = "source des fichiers qui ne la nomment pas")
        private @Nullable String source;

        @Option(
                names = "--complete-to",
                paramLabel = "DATE",
                description = "jour jusqu’auquel la source est complète (défaut : aujourd’hui)")
        private @Nullable String completeTo;

        @Option(
                names = "--empty",
                paramLabel = "TEXTE",
                description = "texte qui vaut vide dans ces fichiers (NULL, N/A, -…), à l’identique\u202f; répétable")
        private List<String> empties = new ArrayList<>();

        /** A mapping reads every file of its command: the official geography, which is in the exchange format, would be refused by it. */
        void checkNoMapping() {
            if (mapping != null) {
                throw Failure.usage(
                        "--reference et --mapping ne vont pas ensemble\u202f: la géographie officielle n’a pas besoin"
                                + " de correspondance. Chargez-la d’abord («\u00a0vigie load --reference\u00a0»), puis"
                                + " l’export.");
            }
        }

        Order.Loading loading(List<Path> paths, boolean strict) {
            if (paths.isEmpty()) {
                throw Failure.usage(
                        "Aucun fichier donné\u202f: nommez au moins un fichier, un dossier ou une archive.");
            }
            if (feed != null && !FeedContract.all().containsKey(feed)) {
                throw Failure.usage("Flux inconnu\u202f: «\u00a0" + feed + "\u00a0». Connus\u00a0: "
                        + String.join(", ", FeedContract.all().keySet()) + ".");
            }
            for (Path path : paths) {
                if (!Files.exists(path)) {
                    throw Failure.usage("Fichier introuvable\u202f: " + path + ". Vérifiez le chemin.");
                }
            }
            return new Order.Loading(
                    paths,
                    Optional.ofNullable(feed),
                    Optional.ofNullable(mapping).map(WritingCommand::read),
                    Optional.ofNullable(source),
                    Optional.ofNullable(completeTo).map(Words::day),
                    EmptyWords.NONE.and(empties),
                    strict);
        }
    }

    /** What is computed. */
    static final class RefreshingOptions {

        /** Shifted dates of public files go back that far. */
        private static final int MOST_YEARS = 150;

        private static final int MONTHS_OF_YEAR = 12;

        @Option(
                names = "--as-of",
                paramLabel = "DATE",
                required = true,
                description = "date d’arrêt, par exemple 2026-02-28T23:59")
        private String asOf = "";

        @Option(names = "--full", description = "recalcule tout depuis les lignes reçues")
        private boolean full;

        @Option(
                names = "--depth",
                paramLabel = "ANNÉES",
                defaultValue = "5",
                description = "années publiées avant la date d’arrêt (défaut : 5)")
        private int depth = 5;

        @Option(
                names = "--master",
                paramLabel = "URL",
                defaultValue = "local[*]",
                description = "maître Spark (défaut : local[*])")
        private String master = "local[*]";

        @Option(
                names = "--definitions",
                paramLabel = "DOSSIER",
                description = "définitions d’indicateurs à ajouter à celles du produit")
        private @Nullable Path definitions;

        Order.Refreshing refreshing() {
            Instant instant = Words.asOf(asOf);
            if (depth < 1 || depth > MOST_YEARS) {
                throw Failure.usage("--depth attend un nombre d’années entre 1 et " + MOST_YEARS + ".");
            }
            Optional<Path> folder = Optional.ofNullable(definitions).map(Path::toAbsolutePath);
            if (folder.isPresent() && !Files.isDirectory(folder.get())) {
                throw Failure.usage("Dossier de définitions introuvable\u202f: " + definitions + ".");
            }
            try {
                Catalogue.read(folder);
            } catch (Catalogue.DefinitionProblem problem) {
                String sentence = "Les définitions sont à corriger avant tout calcul\u202f:\n" + problem.getMessage();
                // A folder that the person gave is a wrong word of the command line, like a mapping; the product's own
                // are no fault of theirs.
                throw folder.isPresent() ? Failure.usage(sentence) : Failure.of(sentence, problem);
            }
            return new Order.Refreshing(instant, depth * MONTHS_OF_YEAR, folder, master, full);
        }
    }

    /** A mapping with a problem is a wrong word of the command line: nothing is opened for it. */
    static Mapping read(Path path) {
        try {
            return Mapping.read(path.getFileName().toString(), Files.readString(path), FeedContract.all());
        } catch (IOException problem) {
            throw Failure.usage("Correspondance introuvable ou illisible\u202f: " + path + ".");
        } catch (Mapping.Unusable problem) {
            throw Failure.usage(
                    "La correspondance " + path + " est à corriger\u202f:\n" + String.join("\n", problem.sentences()));
        }
    }

    /** Does what is ordered, tells it, and gives the exit code. */
    static int execute(CommonOptions common, Order order, @Nullable Format format) {
        return execute(common, order, format, true);
    }

    /** The same, without the list of files when the command has something better to print. */
    static int execute(CommonOptions common, Order order, @Nullable Format format, boolean listsFiles) {
        WorkerLauncher.checkMemory();
        Console console = new Console(System.err);
        Database database = common.open();
        Outcome outcome = followed(console, () -> WritingJob.execute(common.home(), database, root(), order, console));
        outcome.warnings().forEach(console::say);
        if (listsFiles && order.loading().isPresent()) {
            Output.print(rows(outcome.files()), CommonOptions.format(format), System.out);
        }
        for (Outcome.FileLine file : outcome.files()) {
            if (file.status().equals("REFUSE")) {
                console.say("Fichier refusé\u202f: " + file.file() + " — " + file.reason()
                        + " Détail\u00a0: vigie rejects " + file.file());
            }
        }
        outcome.published()
                .ifPresent(published -> console.say(
                        published.isNew()
                                ? "Publication " + published.number() + " en place\u202f: " + published.lines()
                                        + " valeurs, empreinte "
                                        + published.print().substring(0, 12) + "."
                                : "Rien n’a changé\u202f: la publication " + published.number() + " reste en place."));
        outcome.kept()
                .ifPresent(publication -> console.say("Rien n’a changé depuis la publication " + publication.number()
                        + ", qui reste en place\u202f: mêmes fichiers, mêmes définitions, même date d’arrêt. Rien n’est recalculé"
                        + " («\u00a0vigie refresh --full\u00a0» recalcule tout)."));
        if (outcome.hasRefusedFile() && order.refreshing().isPresent()) {
            console.say(
                    outcome.published().isPresent()
                            ? "Au moins un fichier a été refusé\u202f: le calcul s’est fait avec les autres."
                            : outcome.kept().isPresent()
                                    ? "Au moins un fichier a été refusé\u202f: les autres étaient déjà comptés."
                                    : "Au moins un fichier a été refusé\u202f: rien n’a été calculé (--strict).");
        }
        return outcome.hasRefusedFile() ? REFUSED : 0;
    }

    /** However it ends, the bar gives its line back; on Ctrl-C people are told that they may do it again. */
    private static Outcome followed(Console console, Supplier<Outcome> run) {
        Thread farewell = new Thread(() -> console.say(
                "Interrompu\u202f: rien n’est perdu, rien n’est écrit à moitié. La même commande recommence le"
                        + " travail."));
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return run.get();
        } finally {
            console.done();
            try {
                Runtime.getRuntime().removeShutdownHook(farewell);
            } catch (IllegalStateException ending) {
                // Already said.
            }
        }
    }

    private static Output.Rows rows(List<Outcome.FileLine> files) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Outcome.FileLine file : files) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(file.file());
            row.add(file.feed());
            row.add(file.read());
            row.add(file.kept());
            row.add(file.rejected());
            row.add(file.warnings());
            row.add(file.status());
            row.add(file.reason());
            rows.add(row);
        }
        return new Output.Rows(
                List.of("fichier", "flux", "lues", "gardees", "rejetees", "avertissements", "statut", "motif"), rows);
    }

    /** Folder of the project, given by the launcher. */
    static Path root() {
        return Path.of(System.getProperty("vigie.root", "."));
    }
}
