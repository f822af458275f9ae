package fr.vigie.pipelines;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a silver table is made from: this program, the contract of the feed, and the deliveries that count. Taken from their content, so that
 * nobody has a number to raise: a table made by another build is made again, which costs one long run after an upgrade.
 *
 * @param method digits that change with the program or the contract
 * @param deliveries digits that change with the deliveries, or with what is known of one
 */
record Recipe(String method, String deliveries) {

    private static final String PROGRAM = program();

    static Recipe of(FeedContract contract, List<Delivery> counting) {
        List<String> method = new ArrayList<>();
        method.add(PROGRAM);
        method.add("key " + contract.key() + " " + contract.factDate());
        for (FeedColumn column : contract.columns()) {
            method.add(column.storedNames() + " " + column.type() + " "
                    + column.type().silverType());
        }
        return new Recipe(
                Fingerprint.of(method),
                Fingerprint.of(counting.stream().map(Recipe::told).toList()));
    }

    private static String told(Delivery delivery) {
        return delivery.id() + ":" + delivery.source() + ":" + delivery.rank() + ":"
                + delivery.completeUntil().map(LocalDate::toString).orElse("") + ":" + delivery.replaced();
    }

    /** As it stands in the mark beside the table. */
    String text() {
        return method + "\n" + deliveries;
    }

    /** Whether a mark says that this program made the table, of these columns. */
    boolean isMethodOf(String mark) {
        return mark.startsWith(method + "\n");
    }

    /** Every class and every SELECT of the worker: which of them decide a row of silver is a list that somebody would have to keep. */
    private static String program() {
        try {
            Path build = Path.of(Recipe.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(build)) {
                return content(build);
            }
            try (FileSystem jar = FileSystems.newFileSystem(build)) {
                return content(jar.getPath("/"));
            }
        } catch (URISyntaxException | IOException unreadable) {
            throw new IllegalStateException("the program cannot read itself", unreadable);
        }
    }

    private static String content(Path root) throws IOException {
        MessageDigest digest = Fingerprint.sha256();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".class")
                            || file.toString().endsWith(".sql"))
                    .sorted(java.util.Comparator.comparing(Path::toString))
                    .forEach(file -> {
                        digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                        try {
                            digest.update(Files.readAllBytes(file));
                        } catch (IOException problem) {
                            throw new UncheckedIOException(problem);
                        }
                    });
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
