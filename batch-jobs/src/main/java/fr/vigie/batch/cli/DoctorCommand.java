package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Confidentiality;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.superset.Python;
import fr.vigie.batch.superset.SupersetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final long DISK_BYTES = 2L << 30;
    private static final long MEMORY_BYTES = 4L << 30;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
    private Output.@Nullable Format format;

    @Mixin
    private CommonOptions common = new CommonOptions();

    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private boolean isHealthy = true;

    @Override
    public Integer call() throws IOException {
        check(
                "java",
                Runtime.version().feature() >= JAVA,
                Runtime.version().toString(),
                "installez un JDK 17 ou plus récent");
        Path root = RunCommands.root();
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
        long free = Files.getFileStore(existing).getUsableSpace();
        check(
                "disque",
                free >= DISK_BYTES,
                (free >> 20) + " Mo libres",
                "libérez au moins 2 Go, ou choisissez un autre dossier avec --home");
        long memory = ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        check(
                "mémoire",
                memory >= MEMORY_BYTES,
                (memory >> 20) + " Mo",
                "4 Go sont conseillés\u202f; réduisez VIGIE_WORKER_MEMORY (défaut 3g)");
        check(
                "écriture",
                Files.isWritable(existing),
                existing.toString(),
                "donnez les droits d’écriture, ou un autre --home");
        confidentiality();
        try {
            Database.open(common.home(), common.databaseUrl());
            check("postgresql", true, common.databaseUrl().isPresent() ? "serveur donné" : "serveur embarqué", "");
        } catch (Failure problem) {
            check("postgresql", false, "", problem.sentence());
        }
        superset();
        Output.print(
                new Output.Rows(List.of("controle", "etat", "constat", "remede"), rows),
                CommonOptions.format(format),
                System.out);
        return isHealthy ? 0 : 1;
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
        boolean wasHealthy = isHealthy;
        if (new SupersetServer(common.home()).isInstalled()) {
            check("superset", true, "installé dans l’instance", "");
        } else {
            Optional<Python> python = Python.find();
            if (python.isEmpty() || !python.get().hasVenv()) {
                check(
                        "superset",
                        false,
                        python.map(found -> "Python " + found.version() + " sans venv")
                                .orElse("facultatif, Python absent"),
                        "pour les tableaux de bord Superset, " + Python.remedy());
            } else {
                check(
                        "superset",
                        python.get().reachesPackages(),
                        "Python " + python.get().version(),
                        "pour les tableaux de bord Superset, donnez accès à l’index de paquets Python (pip config set global.index-url …)");
            }
        }
        isHealthy = wasHealthy;
    }

    private void check(String name, boolean holds, String finding, String remedy) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(name);
        row.add(holds ? "OK" : "MANQUE");
        row.add(finding);
        row.add(holds ? "" : remedy);
        rows.add(row);
        isHealthy &= holds;
    }
}
