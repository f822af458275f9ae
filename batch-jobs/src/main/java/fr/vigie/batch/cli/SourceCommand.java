package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.RunLock;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.registre.Closing;
import fr.vigie.batch.registre.Entry;
import fr.vigie.batch.registre.Ledger;
import fr.vigie.schema.SourceName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie source}: who sends what, until when, and who has ended (domaine 0.9 bis « Source close »). */
@Command(
        name = "source",
        description = "les sources et leur complétude, celles qui ont cessé d’émettre",
        subcommands = {SourceCommand.Listing.class, SourceCommand.Close.class})
final class SourceCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        throw Failure.usage(
                "Écrivez «\u00a0vigie source list\u00a0» ou «\u00a0vigie source close NOM --on DATE\u00a0».");
    }

    /** {@code vigie source list}. */
    @Command(
            name = "list",
            description = "les sources, leurs flux, jusqu’où ils sont complets, et depuis quand elles sont closes")
    static final class Listing implements Callable<Integer> {

        @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
        private @Nullable Format format;

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            if (common.hasDatabase()) {
                Ledger ledger = new Ledger(common.openToRead().reader());
                List<Entry> counting = ledger.counting();
                Map<String, LocalDate> closed = Closing.inForce(ledger.closings(), counting);
                completeness(counting).forEach((key, until) -> {
                    List<@Nullable Object> row = new ArrayList<>();
                    row.add(key.source());
                    row.add(key.feed());
                    row.add(until.map(LocalDate::toString).orElse(""));
                    LocalDate on = closed.get(key.source());
                    row.add(on == null ? "" : on.toString());
                    rows.add(row);
                });
            }
            Output.print(
                    new Output.Rows(List.of("source", "flux", "complet_jusqu_au", "close_le"), rows),
                    CommonOptions.format(format),
                    System.out);
            return 0;
        }
    }

    /** {@code vigie source close NAME --on DATE}. */
    @Command(name = "close", description = "dit qu’une source a cessé d’émettre : elle ne retient plus la date d’arrêt")
    static final class Close implements Callable<Integer> {

        @Parameters(arity = "1", paramLabel = "NOM", description = "la source, comme « vigie source list » la nomme")
        private String name = "";

        @Option(names = "--on", required = true, paramLabel = "DATE", description = "le dernier jour dont elle a parlé")
        private String on = "";

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            LocalDate day = Words.day(on);
            String source = SourceName.of(name);
            if (!common.hasDatabase()) {
                throw Failure.usage("Aucune source n’a encore rien envoyé à cette instance.");
            }
            Database database = common.open();
            Ledger ledger = new Ledger(database.reader());
            SortedMap<Key, Optional<LocalDate>> known = completeness(ledger.counting());
            if (known.keySet().stream().noneMatch(key -> key.source().equals(source))) {
                throw Failure.usage("Aucun fichier chargé ne vient de la source «\u00a0" + source
                        + "\u00a0»\u202f: «\u00a0vigie source list\u00a0» les donne.");
            }
            // A run that has read which sources are closed publishes by what it read.
            try (RunLock lock = RunLock.take(database, "source close " + source)) {
                lock.ensureHeld();
                ledger.close(source, day);
            }
            System.err.println("La source " + source + " est close au " + StopDates.french(day)
                    + "\u202f: elle ne retient plus la date d’arrêt des périodes qui suivent, ses faits restent. Ce qu’elle enverrait encore"
                    + " la rouvrirait.");
            known.forEach((key, until) -> {
                if (key.source().equals(source) && until.filter(day::isAfter).isPresent()) {
                    System.err.println(
                            "Attention\u202f: son flux «\u00a0" + key.feed() + "\u00a0» n’est complet que jusqu’au "
                                    + StopDates.french(until.get()) + "\u202f; ses faits d’après, jusqu’au "
                                    + StopDates.french(day)
                                    + ", manquent et ne seront plus attendus.");
                }
            });
            return 0;
        }
    }

    private record Key(String source, String feed) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int bySource = source.compareTo(other.source);
            return bySource == 0 ? feed.compareTo(other.feed) : bySource;
        }
    }

    /** Per source and feed; a reference feed has no completeness. */
    private static SortedMap<Key, Optional<LocalDate>> completeness(List<Entry> counting) {
        SortedMap<Key, Optional<LocalDate>> known = new TreeMap<>();
        for (Entry entry : counting) {
            known.merge(
                    new Key(entry.source(), entry.feed()),
                    entry.completeUntil(),
                    (one, other) ->
                            one.isEmpty() || other.isPresent() && other.get().isAfter(one.get()) ? other : one);
        }
        return known;
    }
}
