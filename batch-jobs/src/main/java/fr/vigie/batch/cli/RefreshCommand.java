package fr.vigie.batch.cli;

import fr.vigie.batch.jobs.Order;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vigie refresh}: silver → gold → cells → mart → publication. */
@Command(name = "refresh", description = "calcule les indicateurs et publie")
final class RefreshCommand implements Callable<Integer> {

    @Mixin
    private WritingCommand.RefreshingOptions refreshing = new WritingCommand.RefreshingOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        Order.Refreshing asked = refreshing.refreshing();
        return WritingCommand.execute(
                common, new Order("refresh" + asked.words(), Optional.empty(), Set.of(), Optional.of(asked)), null);
    }
}
