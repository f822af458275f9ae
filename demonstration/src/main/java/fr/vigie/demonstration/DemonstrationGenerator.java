package fr.vigie.demonstration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Writes the exchange files (domaine 3.5) of an invented population of Occitanie. One patient is drawn, written and forgotten before the next:
 * memory does not grow with the number of patients, only with that of the professionals. Each patient has a stream of chance of their own, so the
 * first thousand are the same whether a thousand or a million are asked, save for the professionals they meet.
 */
public final class DemonstrationGenerator {

    /** To be shown wherever figures of the demonstration are. */
    public static final String MENTION =
            "Données de démonstration : personnes et faits inventés\u202f; composition des CPTS illustrative, sans valeur conventionnelle.";

    /** The region of the demonstration. */
    public static final String REGION = Territoire.REGION;

    private final DemonstrationParameters parameters;

    public DemonstrationGenerator(DemonstrationParameters parameters) {
        this.parameters = parameters;
    }

    /** The codes of its départements, from the référentiel. */
    public static Set<String> departements() {
        return Territoire.read().departements().keySet();
    }

    /**
     * Writes one file per feed, and one of late corrections, replacing any of the same name.
     *
     * @param folder made when absent
     * @throws IOException when a file cannot be written
     */
    public DemonstrationSummary write(Path folder) throws IOException {
        Territoire territoire = Territoire.read();
        Professionnels professionnels = new Professionnels(parameters, territoire);
        try (FeedFiles files = new FeedFiles(folder, parameters)) {
            World world = new World(parameters, territoire, professionnels, files);
            professionnels.write(files);
            for (int index = 0; index < parameters.patients(); index++) {
                write(world, index);
            }
            return new DemonstrationSummary(files.rows(), files.dirty());
        }
    }

    private static void write(World world, int index) {
        Draws draws = Draws.of(world.parameters().seed(), "patient", index);
        String number = String.format(Locale.ROOT, "%09d", index);
        Dossier dossier = new Dossier(world, Patients.draw(world, number, draws), number, draws);
        Patients.write(dossier);
        Declarations.write(dossier);
        Sejours.write(dossier);
        Passages.write(dossier);
        RendezVousDraw rendezVous = new RendezVousDraw(dossier);
        Orientations orientations = new Orientations(dossier, rendezVous);
        orientations.writeAfterStays();
        orientations.writeRecherches();
        orientations.writeRoutine();
        rendezVous.writeRoutine();
    }
}
