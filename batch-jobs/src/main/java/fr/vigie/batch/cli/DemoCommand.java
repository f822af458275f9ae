package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie demo}: the whole chain on the demonstration territory. */
@Command(name = "demo", description = "toute la chaîne sur le territoire de démonstration, puis où regarder")
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--seed", paramLabel = "S", defaultValue = "20261031", description = "graine des données simulées")
    private long seed;

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "20000",
            description = "nombre de patients simulés (défaut : 20000)")
    private int patients;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        throw Failure.of("seed " + seed + patients + common);
    }
}
