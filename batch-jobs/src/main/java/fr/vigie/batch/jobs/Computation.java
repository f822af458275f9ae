package fr.vigie.batch.jobs;

import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.registre.Entry;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a computation is made from: the same files, definitions, date d'arrêt and program give the same publication, byte for byte, so that what
 * was computed last need not be computed again.
 */
final class Computation {

    private final String recipe;

    /**
     * @param root folder of the project, for the program that computes
     * @param counting what the register will hold
     */
    Computation(Path root, Order.Refreshing asked, List<Entry> counting, StopDates stops) {
        MessageDigest digest = sha256();
        tell(digest, asked.asOf() + " " + asked.depthMonths() + " " + stops.limits());
        counting.stream()
                .map(entry -> entry.delivery(Optional.empty()).toString())
                .sorted()
                .forEach(delivery -> tell(digest, delivery));
        asked.definitions().ifPresent(folder -> tellFiles(digest, folder, ".yaml"));
        for (String program : List.of("pipelines", "batch-jobs")) {
            Path target = root.resolve(program).resolve("target");
            if (Files.isDirectory(target)) {
                tellFiles(digest, target, "-SNAPSHOT.jar");
            }
        }
        recipe = HexFormat.of().formatHex(digest.digest());
    }

    /** The publication that says it already. */
    Optional<Integer> publication(JdbcClient jdbc) {
        return jdbc.sql(Resources.text("sql/registre/calcul.sql"))
                .param(recipe)
                .query(Integer.class)
                .optional();
    }

    /** It was done, and this publication says it. */
    void isSaidBy(JdbcClient jdbc, int publication) {
        jdbc.sql(Resources.text("sql/registre/calcul_fait.sql"))
                .param(recipe)
                .param(publication)
                .update();
    }

    private static void tellFiles(MessageDigest digest, Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : files.filter(one -> one.toString().endsWith(ending) && Files.isRegularFile(one))
                    .sorted()
                    .toList()) {
                tell(digest, folder.relativize(file).toString());
                digest.update(Files.readAllBytes(file));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void tell(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
