package fr.vigie.batch.cli;

import fr.vigie.batch.instance.EmbeddedPostgres;
import fr.vigie.batch.superset.SupersetServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vigie stop}: stops what the instance left running. */
@Command(name = "stop", description = "arrête ce que l’instance a laissé tourner")
final class StopCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        EmbeddedPostgres postgres = new EmbeddedPostgres(common.home());
        if (new SupersetServer(common.home()).stop()) {
            System.err.println("Superset est arrêté.");
        }
        boolean stopped = postgres.isInitialised() && postgres.stop();
        System.err.println(stopped ? "PostgreSQL est arrêté." : "Rien ne tournait.");
        return 0;
    }
}
