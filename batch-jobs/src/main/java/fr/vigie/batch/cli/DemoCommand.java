package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.jobs.Order;
import fr.vigie.batch.jobs.ReferenceFiles;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.demonstration.DemonstrationGenerator;
import fr.vigie.demonstration.DemonstrationParameters;
import fr.vigie.demonstration.DemonstrationSummary;
import fr.vigie.intake.EmptyWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie demo}: the whole chain on the demonstration territory. */
@Command(name = "demo", description = "toute la chaîne sur le territoire de démonstration, puis où regarder")
final class DemoCommand implements Callable<Integer> {

    /** Fixed, so that the demonstration gives the same figures whenever it is run; a month after a quarter, whose returns in 30 days are known. */
    private static final LocalDate END = LocalDate.of(2026, 4, 30);

    /**
     * Since January 2025: the last quarter beside the same one a year before, and a whole year between them. The facts begin two months earlier,
     * and of the quarter in which they begin nothing is published: it would pass for whole.
     */
    private static final int DEPTH_MONTHS = 15;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "20261031",
            description = "graine des données simulées (défaut : 20261031)")
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
        if (patients < 1) {
            throw Failure.usage("--patients attend un nombre d’au moins 1.");
        }
        InstanceHome home = common.home();
        home.create();
        Path folder = home.root().resolve("demonstration").resolve("depot");
        try {
            Files.createDirectories(folder);
            System.err.println("Génération de " + patients + " patients (graine " + seed + ")…");
            DemonstrationSummary made =
                    new DemonstrationGenerator(DemonstrationParameters.upTo(END, seed, patients)).write(folder);
            System.err.println(made.totalRows() + " lignes simulées dans " + folder + ".");
        } catch (IOException problem) {
            throw Failure.of(
                    "Les données de démonstration n’ont pas pu être écrites dans " + folder
                            + "\u202f: vérifiez les droits et la place disponible.",
                    problem);
        }
        List<Path> paths = new ArrayList<>(ReferenceFiles.unpack(home));
        paths.addAll(ReferenceFiles.unpackDemonstration(home));
        paths.add(folder);
        Order.Loading loading = new Order.Loading(
                paths,
                Optional.empty(),
                Optional.empty(),
                Optional.of("DEMO"),
                Optional.of(END),
                EmptyWords.NONE,
                false);
        Order.Refreshing refreshing = new Order.Refreshing(
                END.atTime(23, 59).atZone(StopDates.PARIS).toInstant(),
                DEPTH_MONTHS,
                Optional.empty(),
                "local[*]",
                false);
        int code = WritingCommand.execute(
                common,
                new Order(
                        "demo --seed " + seed + " --patients " + patients,
                        Optional.of(loading),
                        Set.of(),
                        Optional.of(refreshing)),
                null,
                false);
        new DemonstrationReport(common).tell();
        return code;
    }
}
