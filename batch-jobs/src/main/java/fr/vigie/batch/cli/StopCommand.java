package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.EmbeddedPostgres;
import fr.vigie.batch.instance.RunLock;
import fr.vigie.batch.superset.SupersetServer;
import java.util.Optional;
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
        if (postgres.isRunning()) {
            refuseDuringARun();
        }
        if (new SupersetServer(common.home()).stop()) {
            System.err.println("Superset est arrêté.");
        }
        boolean stopped = postgres.isInitialised() && postgres.stop();
        System.err.println(stopped ? "PostgreSQL est arrêté." : "Rien ne tournait.");
        return 0;
    }

    /** Without its database a run would wait, then fail after all its work. */
    private void refuseDuringARun() {
        Optional<String> holder;
        try {
            holder = RunLock.holder(Database.open(common.home(), Optional.empty()));
        } catch (Failure unreachable) {
            // A server that does not answer any more is to be stopped all the same.
            return;
        }
        holder.ifPresent(who -> {
            throw Failure.of("Une écriture est en cours sur cette instance\u202f: " + who
                    + ". Attendez qu’elle finisse, ou interrompez-la, puis relancez «\u00a0vigie stop\u00a0».");
        });
    }
}
