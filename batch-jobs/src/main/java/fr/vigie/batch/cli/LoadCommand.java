package fr.vigie.batch.cli;

import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.jobs.Order;
import fr.vigie.batch.jobs.ReferenceFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie load}: intake → bronze → silver. */
@Command(name = "load", description = "reçoit des fichiers : contrôle, mise en quarantaine, entrepôt")
final class LoadCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FICHIER…", description = "fichiers, dossiers ou archives")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--reference", description = "charge aussi la géographie officielle livrée avec le produit")
    private boolean reference;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
    private @Nullable Format format;

    @Mixin
    private WritingCommand.LoadingOptions options = new WritingCommand.LoadingOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        List<Path> all = new ArrayList<>(paths);
        if (reference) {
            options.checkNoMapping();
            all.addAll(ReferenceFiles.unpack(common.home()));
        }
        String command = "load " + paths + (reference ? " --reference" : "");
        return WritingCommand.execute(
                common,
                new Order(command, Optional.of(options.loading(all, false)), Set.of(), Optional.empty()),
                format);
    }
}
