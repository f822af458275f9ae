package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Confidentiality;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.superset.Python;
import fr.vigie.batch.superset.SupersetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie doctor}: what this machine lacks, and the remedy. */
@Command(name = "doctor", description = "ce qui manque à cette machine, et le remède")
final class DoctorCommand implements Callable<Integer> {

    private static final int JAVA = 17;
    private static final long MEMORY_BYTES = 4L << 30;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
    private Output.@Nullable Format format;

    @Mixin
    private CommonOptions common = new CommonOptions();

    private final Examination found = new Examination();

    @Override
    public Integer call() throws IOException {
        check(
                "java",
                Runtime.version().feature() >= JAVA,
                Runtime.version().toString(),
                "installez un JDK 17 ou plus récent");
        Path root = WritingCommand.root();
        check(
                "calcul",
                Files.isDirectory(root.resolve("pipelines/target/lib")),
                "modules construits",
                "lancez ./mvnw -DskipTests package");
        Path existing = common.home().root().toAbsolutePath();
        for (Path parent = existing.getParent();
                !Files.exists(existing) && parent != null;
                parent = existing.getParent()) {
            existing = parent;
        }
        InstanceExamination instance = new InstanceExamination(common.home(), Instant.now(), found);
        instance.disk(existing);
        long memory = ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        check(
                "mémoire",
                memory >= MEMORY_BYTES,
                (memory >> 20) + " Mo",
                "4 Go sont conseillés\u202f; réduisez VIGIE_WORKER_MEMORY (défaut 3g)");
        if (instance.format()) {
            confidentiality();
            instance.backup();
            database(instance);
        }
        superset();
        Output.print(new Output.Rows(Examination.COLUMNS, found.rows()), CommonOptions.format(format), System.out);
        return found.isHealthy() ? 0 : 1;
    }

    private void database(InstanceExamination instance) throws IOException {
        try {
            Database database = Database.open(common.home(), common.databaseUrl());
            check("postgresql", true, common.databaseUrl().isPresent() ? "serveur donné" : "serveur embarqué", "");
            instance.database(database, common.databaseUrl().isEmpty());
        } catch (Failure problem) {
            check("postgresql", false, "", problem.sentence());
        }
    }

    /** Looks, then closes: what was open may have been read, and somebody is to know it once. */
    private void confidentiality() {
        Confidentiality instance = new Confidentiality(common.home());
        List<Path> open = instance.openings();
        boolean isMended = instance.close().refused().isEmpty();
        check(
                "confidentialité",
                open.isEmpty(),
                open.isEmpty()
                        ? "rien d’ouvert aux autres comptes"
                        : "ouvert aux autres comptes\u202f: " + CommonOptions.few(open),
                isMended ? "rien à faire, cette commande vient de fermer l’instance" : CommonOptions.STILL_OPEN);
    }

    /** The dashboards are a choice: what they lack makes nobody else ill. */
    private void superset() {
        if (new SupersetServer(common.home()).isInstalled()) {
            found.advise("superset", true, "installé dans l’instance", "");
            return;
        }
        Optional<Python> python = Python.find();
        if (python.isEmpty() || !python.get().hasVenv()) {
            found.advise(
                    "superset",
                    false,
                    python.map(one -> "Python " + one.version() + " sans venv").orElse("facultatif, Python absent"),
                    "pour les tableaux de bord Superset, " + Python.remedy());
        } else {
            found.advise(
                    "superset",
                    python.get().reachesPackages(),
                    "Python " + python.get().version(),
                    "pour les tableaux de bord Superset, donnez accès à l’index de paquets Python (pip config set global.index-url …)");
        }
    }

    private void check(String name, boolean holds, String finding, String remedy) {
        found.check(name, holds, finding, remedy);
    }
}
