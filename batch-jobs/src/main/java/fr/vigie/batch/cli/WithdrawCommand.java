package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.jobs.Order;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.registre.Entry;
import fr.vigie.batch.registre.Ledger;
import fr.vigie.dashboards.FrenchFormat;
import fr.vigie.schema.Delivery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vigie withdraw}: takes back everything that a loaded file brought; the next refresh no longer counts it. */
@Command(name = "withdraw", description = "retire tout ce qu’un fichier chargé a apporté")
final class WithdrawCommand implements Callable<Integer> {

    /** Characters of a number or of a print: those shown, and the least that are taken. */
    private static final int SHOWN = 12;

    private static final int SHORTEST = 8;

    @Parameters(
            arity = "1",
            paramLabel = "FICHIER",
            description = "nom du fichier, début de son empreinte, ou numéro donné quand plusieurs ont ce nom")
    private String file = "";

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        List<Entry> entries = new Ledger(common.openToRead().reader()).entries();
        List<Entry> counting = meant(entries, "CHARGE");
        // A withdrawal that was killed had marked its file: the same command ends it.
        List<Entry> found = counting.isEmpty() ? meant(entries, "RETIRE") : counting;
        if (found.isEmpty()) {
            throw Failure.usage("Aucun fichier chargé ne s’appelle «\u00a0" + file
                    + "\u00a0»\u202f: «\u00a0vigie status\u00a0» les liste.");
        }
        boolean isArchive = found.stream().allMatch(this::isInside);
        if (!isArchive && found.stream().map(Sending::of).distinct().count() > 1) {
            throw Failure.usage("Plusieurs fichiers chargés répondent à «\u00a0" + file
                    + "\u00a0»\u202f: donnez le numéro de l’un d’eux\u00a0: "
                    + String.join(
                            ", ", found.stream().map(WithdrawCommand::numbered).toList())
                    + ".");
        }
        // One file may feed several feeds, one archive hold several files: they leave together.
        String command = "withdraw " + (isArchive ? file : found.get(0).id());
        Set<String> ids = found.stream().map(Entry::id).collect(Collectors.toSet());
        WritingCommand.execute(common, new Order(command, Optional.empty(), ids, Optional.empty()), null);
        for (Entry entry : found) {
            System.err.println("Retiré\u202f: " + entry.file() + " (" + entry.feed() + ", "
                    + FrenchFormat.plural(entry.kept(), "ligne", "lignes")
                    + "). Le prochain «\u00a0vigie refresh\u00a0» ne le compte plus.");
        }
        return 0;
    }

    /** A file as somebody sent it: the same bytes may come of two sources, or for two months, when they hold no line. */
    private record Sending(String sha256, String source, Optional<Delivery.Replacement> replaced) {

        static Sending of(Entry entry) {
            return new Sending(entry.sha256(), entry.source(), entry.replaced());
        }
    }

    private static String numbered(Entry entry) {
        return entry.file() + " (" + entry.id().substring(0, SHOWN)
                + (entry.source().isEmpty() ? "" : ", source " + entry.source())
                + entry.completeUntil()
                        .map(day -> ", complet jusqu’au " + StopDates.french(day))
                        .orElse("") + ")";
    }

    /** What the person means, of those in this state: by number, with what the same file brought to other feeds. */
    private List<Entry> meant(List<Entry> entries, String status) {
        List<Entry> inState =
                entries.stream().filter(entry -> entry.status().equals(status)).toList();
        Set<Sending> numbered = inState.stream()
                .filter(entry -> file.length() >= SHORTEST && entry.id().startsWith(file))
                .map(Sending::of)
                .collect(Collectors.toSet());
        return inState.stream()
                .filter(entry -> isMeant(entry) || numbered.contains(Sending.of(entry)))
                .toList();
    }

    private boolean isMeant(Entry entry) {
        return entry.file().equals(file)
                || entry.file().endsWith("/" + file)
                || isInside(entry)
                || file.length() >= SHORTEST && entry.sha256().startsWith(file);
    }

    /** An archive was loaded under its own name, its entries under theirs ({@code a.zip!/x.csv}). */
    private boolean isInside(Entry entry) {
        return entry.file().startsWith(file + "!/") || entry.file().contains("/" + file + "!/");
    }
}
