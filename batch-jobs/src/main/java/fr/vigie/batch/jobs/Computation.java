package fr.vigie.batch.jobs;

import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.registre.Entry;
import fr.vigie.indicators.Catalogue;
import fr.vigie.schema.Fingerprint;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a computation is made from: the same files, definitions, date d'arrêt and program give the same publication, byte for byte, so that what
 * was computed last need not be computed again (decision 0044). The register knows one at most.
 */
final class Computation {

    private final String recipe;

    /**
     * @param root folder of the project, for the program that computes
     * @param counting what the register holds, or will hold once this is done
     */
    Computation(Path root, Order.Refreshing asked, List<Entry> counting, Catalogue catalogue, StopDates stops) {
        List<String> told = new ArrayList<>(program(root));
        told.add(asked.asOf() + " " + asked.depthMonths() + " " + stops.limits());
        told.add(catalogue.text());
        counting.forEach(entry -> told.add(entry.delivery(Optional.empty()).toString()));
        recipe = Fingerprint.of(told);
    }

    /** The publication that says it already. */
    Optional<Integer> publication(JdbcClient register) {
        return register.sql(Resources.text("sql/registre/calcul.sql"))
                .param(recipe)
                .query(Integer.class)
                .optional();
    }

    /** It was done, and this publication says it. */
    void isSaidBy(JdbcClient register, int publication) {
        register.sql(Resources.text("sql/registre/calcul_fait.sql"))
                .param(recipe)
                .param(publication)
                .update();
    }

    /** The lake changes: until a run publishes what it holds, nothing is known of it. */
    static void forget(JdbcClient register) {
        register.sql(Resources.text("sql/registre/calcul_oublie.sql")).update();
    }

    /** The jars of both processes. A copy of the program counts as another: one computation too many, never one too few. */
    private static List<String> program(Path root) {
        List<String> jars = new ArrayList<>();
        for (String process : List.of("pipelines", "batch-jobs")) {
            Path target = root.resolve(process).resolve("target");
            for (Path folder : List.of(target, target.resolve("lib"))) {
                if (Files.isDirectory(folder)) {
                    jars.addAll(jars(folder));
                }
            }
        }
        if (jars.isEmpty()) {
            throw new IllegalStateException("the program is not built");
        }
        return jars;
    }

    private static List<String> jars(Path folder) {
        List<String> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : files) {
                jars.add(jar.getFileName() + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return jars;
    }
}
