package fr.vigie.batch.cli;

import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.jobs.Order;
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

/** {@code vigie run}: load, then refresh, in one pass of the worker. */
@Command(name = "run", description = "reçoit des fichiers, puis calcule et publie")
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FICHIER…", description = "fichiers, dossiers ou archives")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--strict", description = "ne calcule rien si un fichier est refusé")
    private boolean strict;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
    private @Nullable Format format;

    @Mixin
    private WritingCommand.LoadingOptions loading = new WritingCommand.LoadingOptions();

    @Mixin
    private WritingCommand.RefreshingOptions refreshing = new WritingCommand.RefreshingOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        Order.Refreshing asked = refreshing.refreshing();
        return WritingCommand.execute(
                common,
                new Order(
                        "run " + paths + asked.words(),
                        Optional.of(loading.loading(paths, strict)),
                        Set.of(),
                        Optional.of(asked)),
                format);
    }
}
