package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.jobs.Order;
import fr.vigie.batch.registre.Entry;
import fr.vigie.batch.registre.Ledger;
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

    @Parameters(arity = "1", paramLabel = "FICHIER", description = "nom du fichier, ou début de son empreinte")
    private String file = "";

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        List<Entry> known = new Ledger(common.openToRead().reader())
                .entries().stream().filter(entry -> isMeant(entry)).toList();
        List<Entry> counting = withStatus(known, "CHARGE");
        // A withdrawal that was killed had marked its file: the same command ends it.
        List<Entry> found = counting.isEmpty() ? withStatus(known, "RETIRE") : counting;
        if (found.isEmpty()) {
            throw Failure.usage("Aucun fichier chargé ne s’appelle «\u00a0" + file
                    + "\u00a0»\u202f: «\u00a0vigie status\u00a0» les liste.");
        }
        boolean isArchive = found.stream().allMatch(this::isInside);
        if (!isArchive && found.stream().map(Entry::sha256).distinct().count() > 1) {
            throw Failure.usage("Plusieurs fichiers chargés répondent à «\u00a0" + file
                    + "\u00a0»\u202f: donnez le début de l’empreinte de l’un d’eux\u00a0: "
                    + String.join(
                            ", ",
                            found.stream()
                                    .map(entry ->
                                            entry.file() + " (" + entry.sha256().substring(0, 12) + ")")
                                    .toList())
                    + ".");
        }
        // One file may feed several feeds, one archive hold several files: they leave together.
        String command = "withdraw " + (isArchive ? file : found.get(0).sha256());
        Set<String> ids = found.stream().map(Entry::id).collect(Collectors.toSet());
        WritingCommand.execute(common, new Order(command, Optional.empty(), ids, Optional.empty()), null);
        for (Entry entry : found) {
            System.err.println("Retiré\u202f: " + entry.file() + " (" + entry.feed() + ", " + entry.kept()
                    + " lignes). Le prochain «\u00a0vigie refresh\u00a0» ne le compte plus.");
        }
        return 0;
    }

    private static List<Entry> withStatus(List<Entry> entries, String status) {
        return entries.stream().filter(entry -> entry.status().equals(status)).toList();
    }

    private boolean isMeant(Entry entry) {
        return entry.file().equals(file)
                || entry.file().endsWith("/" + file)
                || isInside(entry)
                || file.length() >= 8 && entry.sha256().startsWith(file);
    }

    /** An archive was loaded under its own name, its entries under theirs ({@code a.zip!/x.csv}). */
    private boolean isInside(Entry entry) {
        return entry.file().startsWith(file + "!/") || entry.file().contains("/" + file + "!/");
    }
}
